import type { PolicyDocument } from '../../../contract/policy.ts'
import { abilitiesFrom } from '../../config/abilities.ts'
import { checkPolicy } from '../../domain/policy/check.ts'
import { diff } from '../../domain/policy/diff.ts'
import { applyPolicy } from '../../features/policy/apply.ts'
import type { OpenParts } from '../../open-parts.ts'
import { loginName } from '../operator.ts'
import { complain, type ExitCode, say } from '../terminal.ts'
import { policyFrom, sayChecked, sayRemarks } from './file.ts'
import { asWarnings, lookUpWith, together } from './look-up.ts'

const longestReason = 200

/** Whether a reason says something; the audit log keeps it. */
export function isReason(reason: string | undefined): reason is string {
  const length = reason?.trim().length ?? 0
  if (length >= 3 && length <= longestReason) return true
  complain(
    `Why? Say it with --reason, in 3 to ${longestReason} characters: the audit log keeps it.`,
  )
  return false
}

/** `policy apply FILE`. */
export async function apply(parts: OpenParts, path: string, reason: string): Promise<ExitCode> {
  const document = policyFrom(path)
  return document === null ? 1 : change(parts, document, reason)
}

/** `policy rollback VERSION`. */
export async function rollback(
  parts: OpenParts,
  wanted: string,
  reason: string,
): Promise<ExitCode> {
  const number = /^[1-9]\d{0,8}$/.test(wanted) ? Number(wanted) : 0
  const { store } = parts.dependencies
  const version = await store.transaction((tx) => tx.policies.find(number))
  if (version === null) {
    complain(`There is no version ${wanted}: see "latchkey-server policy history".`)
    return 1
  }
  return change(parts, version.document, reason, version.version)
}

async function change(
  parts: OpenParts,
  document: PolicyDocument,
  reason: string,
  restores?: number,
): Promise<ExitCode> {
  const { config, dependencies } = parts
  const abilities = abilitiesFrom(config.file)
  const named = await lookUpWith(parts, document)
  // What is put back held before: a group that is gone since is no reason to keep what is worse.
  const looked = restores === undefined ? named : asWarnings(named)
  if (!sayChecked(together(checkPolicy(document, abilities), looked))) return 1
  const before = await dependencies.policies.latest()
  const changes = diff(before.document, document)
  if (changes.length === 0 && before.version > 0) {
    say(`That is what version ${before.version} says already. Nothing was applied.`)
    return 0
  }
  const applied = await applyPolicy(dependencies, abilities, {
    ...{ document, reason: reason.trim(), basedOn: before.version },
    author: loginName(),
    ...(restores === undefined ? {} : { restores }),
  })
  if (!applied.ok) {
    if (applied.error.code === 'not_sound') sayRemarks(applied.error.problems)
    else complain('Somebody else has applied a policy just now. Look at it, and try again.')
    return 1
  }
  for (const line of changes) say(line)
  say(`Version ${applied.value.version} holds now, on every server within seconds.`)
  return 0
}
