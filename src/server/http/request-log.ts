import type { FastifyInstance } from 'fastify'
import type { RequestLine } from '../log.ts'

/** Hands each answered request to the log, and its id to the caller, so that both can be matched. */
export function logRequests(app: FastifyInstance, write: (line: RequestLine) => void): void {
  app.addHook('onRequest', async (request, reply) => {
    reply.header('x-request-id', request.id)
  })
  app.addHook('onResponse', async (request, reply) => {
    write({
      method: request.method,
      route: request.routeOptions.url ?? '(none)',
      status: reply.statusCode,
      durationMs: Math.round(reply.elapsedTime),
      requestId: request.id,
      code: request.problemCode,
    })
  })
}
