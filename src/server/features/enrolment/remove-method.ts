import { err, ok, type Result } from '../../../contract/result.ts'
import type { ServerDependencies } from '../../domain/dependencies.ts'
import type { SessionRecord } from '../../domain/ports/store.ts'
import { recordMethodChange } from '../../domain/record-method-change.ts'
import { openChanges, type StepUpRequired } from './open-changes.ts'

/** Removes one of the user's own methods. From here on it proves nothing. */
export async function removeMethod(
  deps: ServerDependencies,
  session: SessionRecord,
  methodId: string,
): Promise<Result<void, StepUpRequired | { readonly code: 'not_found' }>> {
  const now = deps.now()
  return deps.store.transaction(async (tx) => {
    const open = await openChanges(tx, session, now)
    if (!open.ok) return open
    const { confirmed, pending } = open.value
    const method = [...confirmed, ...pending].find(({ id }) => id === methodId)
    if (method === undefined) return err({ code: 'not_found' })
    // What was only begun has never counted: nothing to record or to tell.
    if (method.confirmedAt !== null) {
      await recordMethodChange(deps, tx, 'removed', session, method, now)
    }
    const removed = await tx.methods.remove(methodId, session.accountId)
    if (!removed) throw new Error('a method that is locked was removed by somebody else')
    return ok(undefined)
  })
}
