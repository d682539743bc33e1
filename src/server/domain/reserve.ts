import type { Verdict } from './limits.ts'
import type { LimitRecord } from './ports/limits.ts'
import type { StoreTransaction } from './ports/store.ts'

/** One counter before and after something was counted on it. */
export type Reservation = {
  readonly allowed: boolean
  readonly before: LimitRecord
  readonly reserved: LimitRecord
}

/**
 * Counts one try under a key and says whether it may go on: decided and written under a row lock.
 *
 * @param now - milliseconds since the epoch
 */
export async function reserve(
  tx: StoreTransaction,
  key: string,
  now: number,
  decide: (current: LimitRecord) => Verdict,
): Promise<Reservation> {
  let decided: { before: LimitRecord; allowed: boolean } | undefined
  const reserved = await tx.limits.update(key, now, (current) => {
    const { next, allowed } = decide(current)
    decided = { before: current, allowed }
    return next
  })
  if (decided === undefined) throw new Error('a limit was written without a decision')
  return { ...decided, reserved }
}
