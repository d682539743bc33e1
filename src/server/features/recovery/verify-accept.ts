import { remainingProofs } from '../../../contract/proofs.ts'
import type { RecoveryStatus } from '../../../contract/recovery.ts'
import { err, ok, type Result } from '../../../contract/result.ts'
import type { ServerDependencies } from '../../domain/dependencies.ts'
import { forgetFailures, limitKeys, refundProof } from '../../domain/limits.ts'
import type { Match } from '../../domain/methods/verifier.ts'
import { noteUse } from '../../domain/note-use.ts'
import type { StoreTransaction } from '../../domain/ports/store.ts'
import { transition } from '../../domain/recovery-machine.ts'
import type { Refusal } from '../../domain/refusal.ts'
import { statusOf } from './status-of.ts'
import { dropWayOfPass } from './verify-pass.ts'
import type { Attempt } from './verify-reserve.ts'

/**
 * Spends a proof that is right, and lets the recovery go on when enough are together: all in one
 * transaction.
 *
 * @returns null when the proof was spent before: then it is as good as a wrong one
 */
export async function acceptProof(
  tx: StoreTransaction,
  deps: ServerDependencies,
  attempt: Attempt,
  match: Match,
): Promise<Result<RecoveryStatus, Refusal> | null> {
  const now = deps.now()
  const { recovery, offer, accountId } = attempt
  const asked = attempt.account?.decision
  // A proof of nobody, or of whom nothing was decided, is none.
  if (asked === undefined || !(await match.spend(tx, now))) return null
  // Holds the recovery's row, so that of two proofs at the same moment the second sees the first.
  await tx.recoveries.refundAttempt(recovery.id)
  if (offer.kind === 'temporaryPass') await dropWayOfPass(tx, recovery.id, accountId)
  const offers = await tx.offers.list(recovery.id)
  const after = offers.map((one) =>
    one.offerId === offer.offerId ? { ...one, provenAt: one.provenAt ?? now } : one,
  )
  const proven = after.filter(({ provenAt }) => provenAt !== null).map(({ kind }) => kind)
  const remaining = remainingProofs(proven, asked)
  await settleCounters(tx, attempt, remaining === 0, now)
  // Both false only when another request of the same recovery was faster.
  if (!(await tx.offers.prove(recovery.id, offer.offerId, now))) return err({ code: 'wrong_state' })
  const { from, to } = transition('enough_proofs')
  if (remaining === 0 && !(await tx.recoveries.advance(recovery.id, from, to, {}, now))) {
    return err({ code: 'wrong_state' })
  }
  if (attempt.account !== null) await noteUse(deps, tx, attempt.account, offer.kind, now)
  await tx.audit({
    event: 'recovery.proof_accepted',
    at: now,
    fields: { recoveryId: recovery.id, accountId, kind: offer.kind, remaining },
  })
  const current = await tx.recoveries.find(recovery.id)
  return ok(statusOf(current ?? recovery, after, deps))
}

/**
 * Takes this attempt back from the counters. Only once everything is proven the failures of others are
 * forgotten too: one weak proof must not buy new guesses at the strong one.
 */
async function settleCounters(
  tx: StoreTransaction,
  { counters, accountId, offer }: Attempt,
  isComplete: boolean,
  now: number,
): Promise<void> {
  for (const { key, before, reserved } of counters) {
    await tx.limits.update(key, now, (current) =>
      isComplete ? forgetFailures(current) : refundProof(current, before, reserved),
    )
  }
  const rowKey = limitKeys.failuresInRow(accountId, offer.kind)
  if ((await tx.limits.find(rowKey)) === null) return
  await tx.limits.update(rowKey, now, forgetFailures)
}
