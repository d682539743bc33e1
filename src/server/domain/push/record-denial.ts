import type { ServerDependencies } from '../dependencies.ts'
import type { StoreTransaction } from '../ports/store.ts'
import type { MethodOwner } from '../record-method-change.ts'
import { quietenAfterDenial } from './push-caps.ts'

/**
 * Records that somebody has said "This wasn't me", and tells the account's owner at every address on
 * file, in the transaction of that answer. Whoever has proven nothing strong reaches no phone for a while.
 *
 * @param recoveryId - null when it was asked for by a portal session
 * @param now - milliseconds since the epoch
 */
export async function recordDenial(
  { outbox }: Pick<ServerDependencies, 'outbox'>,
  tx: StoreTransaction,
  { accountId, accountName, mail }: MethodOwner,
  recoveryId: string | null,
  now: number,
): Promise<void> {
  const fields = { accountId, accountName, recoveryId }
  await quietenAfterDenial(tx, accountId, now)
  await tx.audit({ event: 'push.denied', at: now, fields })
  const content = { template: 'push_denied', accountName, at: now } as const
  await outbox.tellEverywhere(tx, { accountId, mail }, content, now)
}
