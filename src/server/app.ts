import { randomUUID } from 'node:crypto'
import { type FastifyInstance, fastify } from 'fastify'
import {
  serializerCompiler,
  validatorCompiler,
  type ZodTypeProvider,
} from 'fastify-type-provider-zod'
import type { ServerDependencies } from './domain/dependencies.ts'
import { createErrorHandler } from './http/error-handler.ts'
import { describeApi } from './http/openapi.ts'
import { servePortal } from './http/portal.ts'
import { sendRefusal } from './http/problems.ts'
import { logRequests } from './http/request-log.ts'
import { meRoutes } from './http/routes/me.ts'
import { passwordRoutes } from './http/routes/passwords.ts'
import { phoneRoutes } from './http/routes/phone.ts'
import { probeRoutes } from './http/routes/probes.ts'
import { recoveryRoutes } from './http/routes/recoveries.ts'
import { sessionRoutes } from './http/routes/session.ts'
import { requireTrustedProxy, secure } from './http/security.ts'
import type { RequestLine } from './log.ts'

export type AppOptions = {
  readonly version: string
  /** The server's own certificate. Null: a trusted proxy speaks HTTPS. */
  readonly tls: { readonly cert: string; readonly key: string } | null
  readonly trustedProxies: readonly string[]
  readonly portalFolder: string
  readonly onRequest: (line: RequestLine) => void
}

/** The largest request is a relayed password: far below this. */
const bodyLimit = 16 * 1024

/** Builds the server with everything but the port. */
export async function buildApp(
  deps: ServerDependencies,
  options: AppOptions,
): Promise<FastifyInstance> {
  const { tls, trustedProxies, version } = options
  const app = fastify({
    ...(tls === null ? {} : { https: { ...tls, minVersion: 'TLSv1.2' } }),
    trustProxy: trustedProxies.length > 0 ? [...trustedProxies] : false,
    bodyLimit,
    routerOptions: { maxParamLength: 100 },
    requestTimeout: 15_000,
    connectionTimeout: 60_000,
    forceCloseConnections: 'idle',
    genReqId: () => randomUUID(),
    // Our own lines say what is needed, and nothing else.
    logger: false,
  } as object) as unknown as FastifyInstance
  app.setValidatorCompiler(validatorCompiler)
  app.setSerializerCompiler(serializerCompiler)
  app.setErrorHandler(createErrorHandler(deps.log))
  logRequests(app, options.onRequest)
  if (tls === null) requireTrustedProxy(app)
  await secure(app, deps.settings.limits.requestsFromAddress)
  app.setNotFoundHandler({ preHandler: app.rateLimit() }, (_, reply) => {
    sendRefusal(reply, { code: 'not_found' })
  })
  await describeApi(app, version, deps.settings.origin)
  const typed = app.withTypeProvider<ZodTypeProvider>()
  await typed.register(probeRoutes, { dependencies: deps })
  for (const routes of [phoneRoutes, recoveryRoutes, passwordRoutes, sessionRoutes, meRoutes]) {
    await typed.register(routes, { prefix: '/api/v1', dependencies: deps })
  }
  await servePortal(app, options.portalFolder)
  return app
}
