import type { PolicyDocument } from '../../../contract/policy.ts'
import { err, ok, type Result } from '../../../contract/result.ts'
import type { ServerDependencies } from '../../domain/dependencies.ts'
import { type Abilities, checkPolicy, type Remark } from '../../domain/policy/check.ts'
import type { PolicyVersion } from '../../domain/ports/policies.ts'

export type ApplyRequest = {
  readonly document: PolicyDocument
  readonly author: string
  readonly reason: string
  /** The version that was looked at before: nobody overwrites what they have not seen. */
  readonly basedOn: number
  /** The older version that is put back. */
  readonly restores?: number
}

export type ApplyError =
  | { readonly code: 'not_sound'; readonly problems: readonly Remark[] }
  /** Somebody else has applied one meanwhile. */
  | { readonly code: 'outdated' }

type Needed = Pick<ServerDependencies, 'now' | 'secrets' | 'store'>

/**
 * Makes a document the policy that holds, as a version of its own; in one transaction with its audit
 * entry. Nothing is ever overwritten: to go back is to apply an older one once more.
 */
export async function applyPolicy(
  { now, secrets, store }: Needed,
  abilities: Abilities,
  { document, author, reason, basedOn, restores }: ApplyRequest,
): Promise<Result<PolicyVersion, ApplyError>> {
  const { problems } = checkPolicy(document, abilities)
  if (problems.length > 0) return err({ code: 'not_sound', problems })
  const createdAt = now()
  const version = { version: basedOn + 1, document, author, reason, createdAt }
  const digest = digestOf({ secrets }, document)
  return store.transaction(async (tx) => {
    if ((await tx.policies.newestVersion()) !== basedOn || !(await tx.policies.append(version))) {
      return err({ code: 'outdated' })
    }
    const fields = { version: version.version, digest, author, reason }
    await tx.audit(
      restores === undefined
        ? { event: 'policy.applied', at: createdAt, fields }
        : { event: 'policy.rolled_back', at: createdAt, fields: { ...fields, restored: restores } },
    )
    return ok(version)
  })
}

/** Names the content of a document: SHA-256, base64url. */
export function digestOf(
  { secrets }: Pick<ServerDependencies, 'secrets'>,
  document: PolicyDocument,
): string {
  return secrets.hashToken(JSON.stringify(document))
}
