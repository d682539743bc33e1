import type { ServerDependencies } from '../../domain/dependencies.ts'
import { endRecoveries } from '../../domain/end-recoveries.ts'
import type { MethodRecord, SessionRecord, StoreTransaction } from '../../domain/ports/store.ts'
import { recordMethodChange } from '../../domain/record-method-change.ts'

/** Takes a method out of use after too many failures in a row, and tells its owner. */
export async function suspendMethod(
  deps: ServerDependencies,
  tx: StoreTransaction,
  session: SessionRecord,
  method: MethodRecord,
  now: number,
): Promise<void> {
  if (!(await tx.methods.suspend(method.id, now))) return
  await recordMethodChange(deps, tx, 'suspended', session, method, now)
  await endRecoveries(tx, session.accountId, now)
}
