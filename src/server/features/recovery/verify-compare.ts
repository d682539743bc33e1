import type { Proof } from '../../../contract/methods.ts'
import type { ServerDependencies } from '../../domain/dependencies.ts'
import type { MethodRecord } from '../../domain/ports/methods.ts'
import { isUsable } from './identify.ts'
import { mailboxesOf } from './mailboxes.ts'
import type { Attempt } from './verify-reserve.ts'

/** What has to be spent for a proof that is right. */
export type Match =
  | { readonly kind: 'totp'; readonly method: MethodRecord; readonly step: number }
  | { readonly kind: 'email'; readonly subject: string; readonly codeHash: string }

/**
 * Compares what was shown with what is on file. Where nothing is on file, with a decoy of the same
 * cost; a hit on the decoy is a miss.
 */
export async function compareProof(
  deps: ServerDependencies,
  attempt: Attempt,
  proof: Proof,
): Promise<Match | null> {
  const match =
    proof.kind === 'totp'
      ? compareTotp(deps, attempt, proof.code)
      : await compareEmail(deps, attempt, proof.code)
  return attempt.isBlockedSilently ? null : match
}

function compareTotp(deps: ServerDependencies, attempt: Attempt, code: string): Match | null {
  const { secrets, totp } = deps
  const now = deps.now()
  const enrolled = attempt.methods.filter((method) => method.kind === 'totp' && isUsable(method))
  if (enrolled.length === 0) {
    totp.match(secrets.decoy(attempt.recovery.nameKey).totpSeed, code, now)
    return null
  }
  for (const method of enrolled) {
    const seed = secrets.openMethodSecret(method)
    const step = seed === null ? null : totp.match(seed, code, now)
    if (step !== null) return { kind: 'totp', method, step }
  }
  return null
}

async function compareEmail(
  deps: ServerDependencies,
  attempt: Attempt,
  code: string,
): Promise<Match | null> {
  const { challenge, account, methods, recovery } = attempt
  const codeHash = challenge?.codeHash ?? deps.secrets.decoy(recovery.nameKey).codeHash
  const matches = await deps.secrets.verifyCode(codeHash, code)
  // SECURITY: a challenge without anybody to receive it is a decoy, and proves nothing when guessed.
  const isReal = challenge !== null && mailboxesOf(deps, account, methods).length > 0
  return matches && isReal ? { kind: 'email', subject: challenge.subject, codeHash } : null
}
