import type { MethodKind } from '../../contract/method-kinds.ts'
import type { ServerDependencies } from './dependencies.ts'
import type { StoreTransaction } from './ports/store.ts'
import type { MethodOwner } from './record-method-change.ts'

/** With that many recovery codes left their owner is told, by mail and in the portal. */
export const fewCodes = 2

/**
 * What follows from a proof that was spent: an owner with few recovery codes left is told to make new
 * ones, and the helpdesk's record of a temporary pass says that it was used. In the same transaction.
 *
 * @param now - milliseconds since the epoch
 */
export async function noteUse(
  { outbox }: Pick<ServerDependencies, 'outbox'>,
  tx: StoreTransaction,
  { accountId, accountName, mail }: MethodOwner,
  kind: MethodKind,
  now: number,
): Promise<void> {
  if (kind === 'recoveryCode') {
    const kinds = new Map((await tx.methods.list(accountId)).map((one) => [one.id, one.kind]))
    const open = await tx.writtenCodes.listOpen(accountId, now)
    const left = open.filter(({ methodId }) => kinds.get(methodId) === kind).length
    if (left > fewCodes) return
    const content = { template: 'recovery_codes_low', accountName, left, at: now } as const
    await outbox.tellEverywhere(tx, { accountId, mail }, content, now)
  }
  if (kind === 'temporaryPass') {
    for (const { id: passId } of await tx.passes.listOf(accountId, ['issued'])) {
      if (!(await tx.passes.advance(passId, ['issued'], 'used'))) continue
      await tx.audit({ event: 'pass.used', at: now, fields: { accountId, accountName, passId } })
    }
  }
}
