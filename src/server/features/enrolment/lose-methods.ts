import type { MethodKind } from '../../../contract/method-kinds.ts'
import { err, ok, type Result } from '../../../contract/result.ts'
import { checkSession, type NotValid } from '../../domain/check-session.ts'
import type { ServerDependencies } from '../../domain/dependencies.ts'
import { endRecoveries } from '../../domain/end-recoveries.ts'
import type { SessionRecord } from '../../domain/ports/sessions.ts'
import type { StoreTransaction } from '../../domain/ports/store.ts'
import { type NotOpen, openChanges } from './open-changes.ts'

/** The session that goes on, under another token. */
export type AfterLoss = { readonly token: string; readonly session: SessionRecord }

/**
 * A phone, a key or a sheet of codes is gone: everything that was on it is removed at once, and every
 * other session ends, since one may be open on what was lost. All of it or nothing.
 */
export async function loseMethods(
  deps: ServerDependencies,
  session: SessionRecord,
  methodIds: readonly string[],
): Promise<Result<AfterLoss, NotOpen | NotValid | { readonly code: 'not_found' }>> {
  const checked = await checkSession(deps, session)
  if (!checked.ok) return checked
  const now = deps.now()
  const { accountId, accountName, mail } = session
  const token = deps.secrets.newToken()
  const next = { ...session, tokenHash: deps.secrets.hashToken(token), lastSeenAt: now }
  return deps.store.transaction(async (tx) => {
    const open = await openChanges(tx, session, now)
    if (!open.ok) return open
    const lost = open.value.confirmed.filter(({ id }) => methodIds.includes(id))
    if (lost.length !== new Set(methodIds).size) return err({ code: 'not_found' })
    const kinds: readonly MethodKind[] = [...new Set(lost.map(({ kind }) => kind))]
    // Before the removal, so that an address that goes hears of it too.
    const content = { template: 'methods_lost', accountName, kinds, at: now } as const
    await deps.outbox.tellEverywhere(tx, { accountId, mail }, content, now)
    for (const { id: methodId, kind } of lost) {
      await tx.methods.remove(methodId, accountId)
      const fields = { accountId, accountName, methodId, kind }
      await tx.audit({ event: 'method.removed', at: now, fields })
    }
    await endRecoveries(tx, accountId, now)
    await keepOnly(tx, next, now)
    return ok({ token, session: next })
  })
}

/** Ends all sessions of the account but this one. */
async function keepOnly(tx: StoreTransaction, session: SessionRecord, now: number): Promise<void> {
  const { accountId, accountName } = session
  const ended = await tx.sessions.removeAll(accountId)
  await tx.sessions.insert(session)
  if (ended < 2) return
  const fields = { accountId, accountName, reason: 'device_lost' } as const
  await tx.audit({ event: 'session.ended', at: now, fields })
}
