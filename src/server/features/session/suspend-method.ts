import type { ServerDependencies } from '../../domain/dependencies.ts'
import type { MethodRecord, SessionRecord, StoreTransaction } from '../../domain/ports/store.ts'

/** Takes a method out of use after too many failures in a row, and tells its owner. */
export async function suspendMethod(
  deps: ServerDependencies,
  tx: StoreTransaction,
  session: SessionRecord,
  { id: methodId, kind }: MethodRecord,
  now: number,
): Promise<void> {
  const { accountId, accountName } = session
  if (!(await tx.methods.suspend(methodId, now))) return
  const fields = { accountId, accountName, methodId, kind }
  await tx.audit({ event: 'method.suspended', at: now, fields })
  const content = { template: 'method_suspended', accountName, kind, at: now } as const
  await deps.outbox.tellEverywhere(tx, session, content, now)
}
