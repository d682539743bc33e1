import { expect } from 'vitest'
import type { StoreTransaction } from '../../../src/server/domain/ports/store.ts'
import { StoreUnavailableError } from '../../../src/server/domain/ports/store-unavailable.ts'
import { now, recovery } from './records.ts'

/** A change as the product makes them: a row, and its entry in the audit log. */
export async function record(tx: StoreTransaction, id: string): Promise<void> {
  await tx.recoveries.insert(recovery(id))
  const fields = { recoveryId: id, accountId: null }
  await tx.audit({ event: 'recovery.expired', at: now, fields })
}

/** What the store said when it could not do something, which it must not have done. */
export async function fault(action: Promise<unknown>): Promise<StoreUnavailableError> {
  const error = await action.then(
    () => null,
    (cause: unknown) => cause,
  )
  expect(error).toBeInstanceOf(StoreUnavailableError)
  return error as StoreUnavailableError
}
