import { endRecoveries } from '../../domain/end-recoveries.ts'
import type { PassOperator, PassRecord, PassState } from '../../domain/ports/passes.ts'
import type { StoreTransaction } from '../../domain/ports/store.ts'

/**
 * One pass for each account: what was issued or asked for before is void, and so is what it has proven in
 * a recovery that is under way.
 */
export async function voidOlder(
  tx: StoreTransaction,
  pass: Pick<PassRecord, 'id' | 'accountId'>,
  by: PassOperator,
  now: number,
): Promise<void> {
  const { accountId } = pass
  await replaceOlder(tx, pass, ['waiting', 'issued'], by, now)
  const methods = await tx.methods.list(accountId)
  const older = methods.filter(({ kind }) => kind === 'temporaryPass')
  for (const { id } of older) await tx.methods.remove(id, accountId)
  if (older.length > 0) await endRecoveries(tx, accountId, now)
}

/** The records of older passes say that another one took their place. */
export async function replaceOlder(
  tx: StoreTransaction,
  { id, accountId }: Pick<PassRecord, 'id' | 'accountId'>,
  states: readonly PassState[],
  by: PassOperator,
  now: number,
): Promise<void> {
  for (const older of await tx.passes.listOf(accountId, states)) {
    if (older.id === id) continue
    if (!(await tx.passes.advance(older.id, states, 'replaced'))) continue
    const operator = { operator: by.accountName, operatorId: by.accountId, login: by.login }
    const named = { accountId, accountName: older.accountName, passId: older.id }
    const fields = { ...named, ...operator, because: 'replaced' } as const
    await tx.audit({ event: 'pass.revoked', at: now, fields })
  }
}
