import helmet from '@fastify/helmet'
import rateLimit from '@fastify/rate-limit'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { networkOf } from '../domain/network-address.ts'
import { sendRefusal } from './problems.ts'

/** SECURITY: the portal's pages bring everything along; nothing else may run, load or frame them. */
const contentSecurityPolicy = {
  useDefaults: false,
  directives: {
    defaultSrc: ["'none'"],
    scriptSrc: ["'self'"],
    styleSrc: ["'self'"],
    imgSrc: ["'self'"],
    fontSrc: ["'self'"],
    connectSrc: ["'self'"],
    manifestSrc: ["'self'"],
    formAction: ["'self'"],
    baseUri: ["'none'"],
    frameAncestors: ["'none'"],
  },
}

/** SECURITY: authenticators answer this origin alone, and no page asks for anything else. */
const permissionsPolicy = [
  ...['publickey-credentials-get=(self)', 'publickey-credentials-create=(self)'],
  ...['camera=()', 'display-capture=()', 'geolocation=()', 'hid=()', 'microphone=()', 'midi=()'],
  ...['payment=()', 'serial=()', 'usb=()'],
].join(', ')

/** Headers of every answer, and a brake for each network address. */
export async function secure(app: FastifyInstance, requestsFromAddress: number): Promise<void> {
  await app.register(helmet, {
    contentSecurityPolicy,
    strictTransportSecurity: { maxAge: 365 * 24 * 3600, includeSubDomains: false },
    referrerPolicy: { policy: 'no-referrer' },
  })
  app.addHook('onRequest', async (_, reply) => {
    reply.header('permissions-policy', permissionsPolicy)
  })
  await app.register(rateLimit, {
    max: requestsFromAddress,
    timeWindow: 60_000,
    // The same network as for every other limit.
    keyGenerator: ({ ip }: FastifyRequest) => networkOf(ip),
    // How much is left is nobody's business (and the same for everybody).
    addHeaders: without,
    addHeadersOnExceeding: without,
    errorResponseBuilder: (_: FastifyRequest, { ttl }: { ttl: number }) =>
      Object.assign(new Error('too many requests'), {
        statusCode: 429,
        retryAfterSeconds: Math.max(1, Math.ceil(ttl / 1000)),
      }),
  })
}

const without = {
  'x-ratelimit-limit': false,
  'x-ratelimit-remaining': false,
  'x-ratelimit-reset': false,
  'retry-after': false,
}

/**
 * Behind a proxy: SECURITY: a request counts only when a trusted proxy says that it came encrypted.
 * Whoever reaches this port by another way gets nothing but the liveness probe.
 */
export function requireTrustedProxy(app: FastifyInstance): void {
  app.addHook('onRequest', async (request, reply) => {
    if (request.protocol === 'https' || request.url === '/healthz') return
    return sendRefusal(reply, { code: 'invalid_request', fields: ['x-forwarded-proto'] })
  })
}
