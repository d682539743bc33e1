import { err, ok, type Result } from '../../../contract/result.ts'
import { checkSession, type NotValid } from '../../domain/check-session.ts'
import type { ServerDependencies } from '../../domain/dependencies.ts'
import { endRecoveries } from '../../domain/end-recoveries.ts'
import type { SessionRecord } from '../../domain/ports/sessions.ts'
import type { StoreTransaction } from '../../domain/ports/store.ts'
import { recordMethodChange } from '../../domain/record-method-change.ts'
import { type NotOpen, openChanges } from './open-changes.ts'

/** Removes one of the user's own methods. From here on it proves nothing. */
export async function removeMethod(
  deps: ServerDependencies,
  session: SessionRecord,
  methodId: string,
): Promise<Result<void, NotOpen | NotValid | { readonly code: 'not_found' }>> {
  const checked = await checkSession(deps, session)
  if (!checked.ok) return checked
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
    if (method.confirmedAt !== null) {
      await endRecoveries(tx, session.accountId, now)
      await lowerOthers(tx, session)
    }
    return ok(undefined)
  })
}

/** What the method has opened elsewhere ends with it. The session that acts may go on to remove more. */
async function lowerOthers(
  tx: StoreTransaction,
  { accountId, tokenHash }: SessionRecord,
): Promise<void> {
  const current = await tx.sessions.find(tokenHash)
  await tx.sessions.lowerAll(accountId)
  if (current !== null) await tx.sessions.rotate(tokenHash, current)
}
