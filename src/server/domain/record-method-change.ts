import type { ServerDependencies } from './dependencies.ts'
import type { MethodRecord } from './ports/methods.ts'
import type { ResolvedAccount } from './ports/recoveries.ts'
import type { StoreTransaction } from './ports/store.ts'

/** Whose method it is, and the address that the directory has for them. */
export type MethodOwner = Pick<ResolvedAccount, 'accountId' | 'accountName' | 'mail'>

/**
 * Records a change to somebody's methods and tells them at every address on file, in the transaction
 * of the change. To be called before a removal, so that the address that goes hears of it too.
 *
 * @param now - milliseconds since the epoch
 */
export async function recordMethodChange(
  { outbox }: Pick<ServerDependencies, 'outbox'>,
  tx: StoreTransaction,
  change: 'added' | 'removed' | 'suspended',
  { accountId, accountName, mail }: MethodOwner,
  { id: methodId, kind }: Pick<MethodRecord, 'id' | 'kind'>,
  now: number,
): Promise<void> {
  const fields = { accountId, accountName, methodId, kind }
  await tx.audit({ event: `method.${change}`, at: now, fields })
  const content = { template: `method_${change}`, accountName, kind, at: now } as const
  await outbox.tellEverywhere(tx, { accountId, mail }, content, now)
}
