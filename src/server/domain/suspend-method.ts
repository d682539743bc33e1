import type { ServerDependencies } from './dependencies.ts'
import { endRecoveries } from './end-recoveries.ts'
import type { MethodRecord } from './ports/methods.ts'
import type { StoreTransaction } from './ports/store.ts'
import { type MethodOwner, recordMethodChange } from './record-method-change.ts'

/**
 * Takes a method out of use after too many failures in a row, tells its owner, and ends what rests on it:
 * recoveries, and changes that are open in sessions. Does nothing when it was suspended before.
 *
 * @param now - milliseconds since the epoch
 */
export async function suspendMethod(
  deps: Pick<ServerDependencies, 'outbox'>,
  tx: StoreTransaction,
  owner: MethodOwner,
  method: Pick<MethodRecord, 'id' | 'kind'>,
  now: number,
): Promise<void> {
  if (!(await tx.methods.suspend(method.id, now))) return
  await recordMethodChange(deps, tx, 'suspended', owner, method, now)
  await tx.sessions.lowerAll(owner.accountId)
  await endRecoveries(tx, owner.accountId, now)
}
