import type { MethodKind } from '../../contract/method-kinds.ts'
import { countInRow, isGuessable, limitKeys, refundProof, reserveProof } from './limits.ts'
import type { LimitRecord } from './ports/limits.ts'
import type { StoreTransaction } from './ports/store.ts'
import { type Reservation, reserve } from './reserve.ts'
import type { Limits } from './settings.ts'

/** A try at a proof that was counted as failed before anything was compared. */
export type ProofAttempt = Reservation & {
  readonly accountId: string
  readonly kind: MethodKind
  /** Until then the next try waits (milliseconds since the epoch); 0 when it need not. */
  readonly blockedUntil: number
  /** Failures of this kind in a row, this one included. */
  readonly inRow: LimitRecord
}

/**
 * Counts a try of a signed-in user. The row is that of the account's recoveries too; the pauses are the
 * sessions' own, else strangers would keep the owner from the portal.
 */
export async function reserveAttempt(
  tx: StoreTransaction,
  { accountId, kind }: { readonly accountId: string; readonly kind: MethodKind },
  limits: Limits,
  now: number,
): Promise<ProofAttempt> {
  const counted = await reserve(tx, limitKeys.failuresInSession(accountId), now, (current) =>
    reserveProof(current, kind, limits, now),
  )
  const inRow = await tx.limits.update(limitKeys.failuresInRow(accountId, kind), now, (current) =>
    counted.allowed && isGuessable(kind) ? countInRow(current, now) : current,
  )
  return { ...counted, accountId, kind, blockedUntil: counted.reserved.blockedUntil, inRow }
}

/** The proof was right: the try is not counted, and the failures of this kind are no row any more. */
export async function refundAttempt(
  tx: StoreTransaction,
  attempt: ProofAttempt,
  now: number,
): Promise<void> {
  const { accountId, kind, before, reserved } = attempt
  await tx.limits.update(limitKeys.failuresInSession(accountId), now, (current) =>
    refundProof(current, before, reserved),
  )
  await tx.limits.update(limitKeys.failuresInRow(accountId, kind), now, (current) => ({
    ...current,
    consecutive: 0,
  }))
}
