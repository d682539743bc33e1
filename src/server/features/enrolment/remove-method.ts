import { err, ok, type Result } from '../../../contract/result.ts'
import { addressesOnFile } from '../../domain/addresses-on-file.ts'
import type { ServerDependencies } from '../../domain/dependencies.ts'
import type { SessionRecord } from '../../domain/ports/store.ts'
import { openChanges, type StepUpRequired } from './open-changes.ts'

/** Removes one of the user's own methods. From here on it proves nothing. */
export async function removeMethod(
  deps: ServerDependencies,
  session: SessionRecord,
  methodId: string,
): Promise<Result<void, StepUpRequired | { readonly code: 'not_found' }>> {
  const now = deps.now()
  const { accountId, accountName, mail } = session
  return deps.store.transaction(async (tx) => {
    const open = await openChanges(tx, session, now)
    if (!open.ok) return open
    const { confirmed, pending } = open.value
    const method = [...confirmed, ...pending].find(({ id }) => id === methodId)
    if (method === undefined || !(await tx.methods.remove(methodId, accountId))) {
      return err({ code: 'not_found' })
    }
    // What was only begun has never counted: nothing to record or to tell.
    if (method.confirmedAt === null) return ok(undefined)
    const fields = { accountId, accountName, methodId, kind: method.kind }
    await tx.audit({ event: 'method.removed', at: now, fields })
    const to = addressesOnFile(deps.secrets, mail, confirmed)
    if (to.length > 0) {
      const { kind } = method
      const content = { template: 'method_removed', accountName, kind, at: now } as const
      await deps.outbox.put(tx, { to, content, now })
    }
    return ok(undefined)
  })
}
