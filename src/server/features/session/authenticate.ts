import type { ServerDependencies } from '../../domain/dependencies.ts'
import type { SessionRecord } from '../../domain/ports/sessions.ts'
import { isAlive, needsTouch } from '../../domain/session-rules.ts'

/**
 * The session that a token opens, or null. One that has ended is removed, so that it stays ended
 * whatever the clock does next.
 */
export async function authenticate(
  deps: ServerDependencies,
  token: string | null,
): Promise<SessionRecord | null> {
  if (token === null) return null
  const tokenHash = deps.secrets.hashToken(token)
  const now = deps.now()
  return deps.store.transaction(async (tx) => {
    const session = await tx.sessions.find(tokenHash)
    if (session === null) return null
    if (!isAlive(session, now)) {
      await tx.sessions.remove(tokenHash)
      return null
    }
    if (needsTouch(session, now)) await tx.sessions.touch(tokenHash, now)
    return session
  })
}
