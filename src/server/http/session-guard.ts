import type { FastifyInstance, FastifyRequest } from 'fastify'
import { err, ok, type Result } from '../../contract/result.ts'
import type { ServerDependencies } from '../domain/dependencies.ts'
import type { SessionRecord } from '../domain/ports/sessions.ts'
import type { Refusal } from '../domain/refusal.ts'
import { authenticate } from '../features/session/authenticate.ts'
import { sendRefusal } from './problems.ts'
import { sessionToken } from './session-cookie.ts'
import { isOwnOrigin } from './session-origin.ts'

/**
 * What holds for every route that knows a session: SECURITY: requests of other sites are refused before
 * anything is read of them, and no answer is kept by a cache.
 */
export function guardSessionRoutes(
  app: Pick<FastifyInstance, 'addHook'>,
  { settings }: ServerDependencies,
): void {
  app.addHook('onRequest', async (request, reply) => {
    reply.header('cache-control', 'no-store')
    if (isOwnOrigin(request.method, request.headers, settings.origin)) return
    return sendRefusal(reply, { code: 'cross_origin' })
  })
}

/** The session that a request's cookie opens. */
export async function sessionOf(
  deps: ServerDependencies,
  request: FastifyRequest,
): Promise<Result<SessionRecord, Refusal>> {
  const session = await authenticate(deps, sessionToken(request.headers.cookie))
  return session === null ? err({ code: 'session_required' }) : ok(session)
}
