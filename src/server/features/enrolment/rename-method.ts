import { hasOwnName } from '../../../contract/method-kinds.ts'
import { err, ok, type Result } from '../../../contract/result.ts'
import { checkSession, type NotValid } from '../../domain/check-session.ts'
import type { ServerDependencies } from '../../domain/dependencies.ts'
import type { SessionRecord } from '../../domain/ports/sessions.ts'
import { type NotOpen, openChanges } from './open-changes.ts'

/** Gives one of the user's own devices another name. What is known by an address keeps that. */
export async function renameMethod(
  deps: ServerDependencies,
  session: SessionRecord,
  methodId: string,
  label: string,
): Promise<Result<void, NotOpen | NotValid | { readonly code: 'not_found' }>> {
  const checked = await checkSession(deps, session)
  if (!checked.ok) return checked
  const now = deps.now()
  return deps.store.transaction(async (tx) => {
    const open = await openChanges(tx, session, now)
    if (!open.ok) return open
    const method = open.value.confirmed.find(({ id }) => id === methodId)
    if (method === undefined || !hasOwnName(method.kind)) return err({ code: 'not_found' })
    const { accountId, accountName } = session
    await tx.methods.rename(methodId, label)
    const fields = { accountId, accountName, methodId, kind: method.kind }
    await tx.audit({ event: 'method.renamed', at: now, fields })
    return ok(undefined)
  })
}
