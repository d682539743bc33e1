import type { ServerDependencies } from '../../domain/dependencies.ts'
import type { SessionRecord } from '../../domain/ports/sessions.ts'

/** Ends a session. Its token opens nothing from here on. */
export async function signOut(deps: ServerDependencies, session: SessionRecord): Promise<void> {
  const { accountId, accountName, tokenHash } = session
  await deps.store.transaction(async (tx) => {
    const ended = await tx.sessions.remove(tokenHash)
    if (!ended) return
    await tx.audit({
      event: 'session.closed',
      at: deps.now(),
      fields: { accountId, accountName },
    })
  })
}
