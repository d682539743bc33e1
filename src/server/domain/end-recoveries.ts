import type { RecoveryRecord } from './ports/recoveries.ts'
import type { StoreTransaction } from './ports/store.ts'
import { transition } from './recovery-machine.ts'

/** A code is good for one method of one recovery, and nothing else. */
export function recoverySubject(recoveryId: string, offerId: string): string {
  return `recovery:${recoveryId}:${offerId}`
}

/**
 * A method of the account is gone or suspended, so nothing that it has proven counts, and no code that
 * was mailed for it: recoveries in which something was proven are given up, and of the others the codes
 * are void. To be called in the transaction of the change.
 *
 * SECURITY: whoever has proven nothing is told nothing: that their recovery ended with it would say that
 * there is such an account (P6).
 *
 * @param now - milliseconds since the epoch
 */
export async function endRecoveries(
  tx: StoreTransaction,
  accountId: string,
  now: number,
): Promise<void> {
  for (const { id: recoveryId, expiresAt } of await tx.recoveries.listOpen(accountId)) {
    const offers = await tx.offers.list(recoveryId)
    for (const { offerId } of offers)
      await tx.challenges.remove(recoverySubject(recoveryId, offerId))
    if (offers.every(({ provenAt }) => provenAt === null)) continue
    await endRecovery(tx, { id: recoveryId, expiresAt }, accountId, now)
  }
}

/**
 * Gives one recovery up, whatever it has come to. Does nothing when it has ended.
 *
 * @param now - milliseconds since the epoch
 */
export async function endRecovery(
  tx: StoreTransaction,
  { id: recoveryId, expiresAt }: Pick<RecoveryRecord, 'id' | 'expiresAt'>,
  accountId: string,
  now: number,
): Promise<void> {
  const { from, to } = transition('abandon')
  if (!(await tx.recoveries.advance(recoveryId, from, to))) return
  await tx.audit({ event: 'recovery.abandoned', at: now, fields: { recoveryId, accountId } })
  // A temporary password that is in place is left to the sweeper at once.
  const entry = await tx.writes.find(accountId)
  if (entry?.recoveryId === recoveryId && entry.step === 'set') {
    await tx.writes.release(accountId, recoveryId, now, expiresAt)
  }
}
