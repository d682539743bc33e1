import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { BreachedParameters, BreachedSuffixes } from '../../../contract/breached.ts'
import type { ServerDependencies } from '../../domain/dependencies.ts'
import { lookUpBreached } from '../../features/passwords/look-up-breached.ts'
import { refusals, sendRefusal } from '../problems.ts'

/**
 * The list of leaked passwords, a bucket at a time. Nobody proves anything: it is public, and asked by
 * helpers that must not say for whom. Each network address has as many requests in a minute as for
 * everything else, counted apart.
 */
export const passwordRoutes: FastifyPluginAsyncZod<{ dependencies: ServerDependencies }> = async (
  app,
  { dependencies: deps },
) => {
  app.get(
    '/passwords/breached/:prefix',
    {
      schema: {
        querystring: z.strictObject({}),
        params: BreachedParameters,
        response: { 200: BreachedSuffixes, ...refusals },
        produces: ['text/plain'],
      },
      config: {
        rateLimit: { max: deps.settings.limits.requestsFromAddress, timeWindow: 60_000 },
      },
    },
    async (request, reply) => {
      reply.header('cache-control', 'no-store')
      const found = await lookUpBreached(deps, request.params.prefix)
      if (!found.ok) return sendRefusal(reply, found.error)
      return reply.code(200).type('text/plain; charset=utf-8').send(found.value)
    },
  )
}
