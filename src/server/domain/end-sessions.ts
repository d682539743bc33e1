import type { ResolvedAccount } from './ports/recoveries.ts'
import type { StoreTransaction } from './ports/store.ts'

/**
 * Ends all portal sessions of an account whose password was reset: they were opened with the one that
 * counts no more.
 *
 * @param now - milliseconds since the epoch
 */
export async function endSessions(
  tx: StoreTransaction,
  { accountId, accountName }: Pick<ResolvedAccount, 'accountId' | 'accountName'>,
  now: number,
): Promise<void> {
  if ((await tx.sessions.removeAll(accountId)) === 0) return
  const fields = { accountId, accountName, reason: 'password_reset' } as const
  await tx.audit({ event: 'session.ended', at: now, fields })
}
