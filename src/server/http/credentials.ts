import type { FastifyRequest } from 'fastify'
import { err, ok, type Result } from '../../contract/result.ts'
import { verifyDpopProof } from '../../sealing/dpop-verify.ts'
import type { ServerDependencies } from '../domain/dependencies.ts'
import type { Refusal } from '../domain/refusal.ts'
import type { Credentials } from '../features/recovery/admit.ts'

/** How far the clock of a workstation may be off; the helper corrects itself by our `Date` header. */
const maxSkewSeconds = 300

/**
 * Checks the proof of possession of a request (RFC 9449 §4.3) as far as it can be done without the
 * store: whether it was used before is decided where it has its effect.
 */
export function proofOf(
  { now, settings }: Pick<ServerDependencies, 'now' | 'settings'>,
  request: FastifyRequest,
  signed: { readonly token?: string; readonly body?: string } = {},
): Result<Omit<Credentials, 'tokenHash'>, Refusal> {
  const { dpop } = request.headers
  // Two header fields would have been joined by a comma, which no proof contains (§4.3, item 1).
  if (typeof dpop !== 'string') return err({ code: 'unauthorized' })
  const at = now()
  const [path = ''] = request.url.split('?')
  const verified = verifyDpopProof(dpop, {
    method: request.method,
    url: `${settings.origin}${path}`,
    ...signed,
    ...{ now: at, maxAgeSeconds: 0, maxSkewSeconds },
  })
  if (!verified.ok) {
    return err({ code: verified.error.code === 'clock_skew' ? 'clock_skew' : 'unauthorized' })
  }
  const { jti, thumbprint } = verified.value
  // A proof from the future is acceptable for twice the skew.
  const proofExpiresAt = at + 2 * maxSkewSeconds * 1000
  return ok({ jti, thumbprint, proofExpiresAt, address: request.ip })
}

/** The token of a request and the proof that its sender holds the key that the token is bound to. */
export function credentialsOf(
  deps: Pick<ServerDependencies, 'now' | 'secrets' | 'settings'>,
  request: FastifyRequest,
): Result<Credentials, Refusal> {
  const token = /^DPoP ([\w-]{43})$/i.exec(request.headers.authorization ?? '')?.[1]
  if (token === undefined) return err({ code: 'unauthorized' })
  const proof = proofOf(deps, request, { token })
  return proof.ok ? ok({ ...proof.value, tokenHash: deps.secrets.hashToken(token) }) : proof
}
