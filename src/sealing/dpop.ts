import {
  type CryptoKey,
  calculateJwkThumbprint,
  compactVerify,
  decodeProtectedHeader,
  importJWK,
  type JWK,
  SignJWT,
} from 'jose'
import { err, ok, type Result } from '../contract/result.ts'
import { encodeBase64url } from './base64url.ts'

/** The key of one recovery: it signs every request, and is forgotten with the recovery. */
export type DpopKey = {
  readonly privateKey: CryptoKey
  readonly publicJwk: { kty: 'EC'; crv: 'P-256'; x: string; y: string }
}

export type DpopErrorCode =
  | 'malformed'
  | 'wrong_key'
  | 'wrong_signature'
  | 'wrong_method'
  | 'wrong_url'
  | 'clock_skew'
  | 'wrong_token'

type ProofClaims = { jti: string; htm: string; htu: string; iat: number; ath?: string }

const maxProofLength = 2048

/** Makes a key for proofs. SECURITY: it cannot be exported, not even by this process. */
export async function createDpopKey(): Promise<DpopKey> {
  const algorithm = { name: 'ECDSA', namedCurve: 'P-256' }
  const pair = await crypto.subtle.generateKey(algorithm, false, ['sign', 'verify'])
  const { x, y } = await crypto.subtle.exportKey('jwk', pair.publicKey)
  const publicJwk = { kty: 'EC', crv: 'P-256', x: x as string, y: y as string } as const
  return { privateKey: pair.privateKey, publicJwk }
}

/**
 * Signs a proof for one request (RFC 9449 §4.2).
 *
 * @param request.url - the URL as it is sent; query and fragment are left out of the proof
 * @param request.token - the access token of the request, if it carries one
 * @param request.now - the server's time as far as known, in milliseconds
 */
export async function createDpopProof(
  key: DpopKey,
  request: { method: string; url: string; token?: string; now: number; jti?: string },
): Promise<string> {
  const claims: ProofClaims = {
    jti: request.jti ?? crypto.randomUUID(),
    htm: request.method,
    htu: withoutQuery(request.url),
    iat: Math.floor(request.now / 1000),
  }
  if (request.token !== undefined) claims.ath = await sha256(request.token)
  return await new SignJWT(claims)
    .setProtectedHeader({ typ: 'dpop+jwt', alg: 'ES256', jwk: key.publicJwk })
    .sign(key.privateKey)
}

/**
 * Checks a proof in every respect of RFC 9449 §4.3 but two: that it came in exactly one header field,
 * and that its `jti` was not seen before. Both belong to the caller.
 *
 * @param expected.url - the URL that was called, as the client sees it
 * @param expected.token - the access token of the request; its hash must be in the proof
 * @param expected.maxAgeSeconds - how old a proof may be
 * @param expected.maxSkewSeconds - how far the client's clock may be off, either way
 * @returns the proof's `jti` and the RFC 7638 thumbprint of its key, to compare with the token's
 */
export async function verifyDpopProof(
  proof: string,
  expected: {
    method: string
    url: string
    token?: string
    now: number
    maxAgeSeconds: number
    maxSkewSeconds: number
  },
): Promise<Result<{ jti: string; thumbprint: string }, { code: DpopErrorCode }>> {
  const jwk = readPublicKey(proof)
  if (typeof jwk === 'string') return err({ code: jwk })
  const claims = await readSignedClaims(proof, jwk)
  if (typeof claims === 'string') return err({ code: claims })
  if (claims.htm !== expected.method) return err({ code: 'wrong_method' })
  if (!sameUrl(claims.htu, expected.url)) return err({ code: 'wrong_url' })
  const age = expected.now / 1000 - claims.iat
  const { maxAgeSeconds, maxSkewSeconds } = expected
  if (age > maxAgeSeconds + maxSkewSeconds || age < -maxSkewSeconds) {
    return err({ code: 'clock_skew' })
  }
  if (expected.token !== undefined && claims.ath !== (await sha256(expected.token))) {
    return err({ code: 'wrong_token' })
  }
  return ok({ jti: claims.jti, thumbprint: await calculateJwkThumbprint(jwk) })
}

function readPublicKey(proof: string): JWK | 'malformed' | 'wrong_key' {
  if (proof.length > maxProofLength) return 'malformed'
  let header: ReturnType<typeof decodeProtectedHeader>
  try {
    header = decodeProtectedHeader(proof)
  } catch {
    return 'malformed'
  }
  if (header.typ !== 'dpop+jwt') return 'malformed'
  const { jwk } = header
  if (header.alg !== 'ES256' || typeof jwk !== 'object' || jwk === null) return 'wrong_key'
  // SECURITY: a closed list of members, so that no private or symmetric key slips through.
  const { kty, crv, x, y, ...others } = jwk
  const known = kty === 'EC' && crv === 'P-256' && typeof x === 'string' && typeof y === 'string'
  return known && Object.keys(others).length === 0 ? { kty, crv, x, y } : 'wrong_key'
}

async function readSignedClaims(proof: string, jwk: JWK) {
  const key = await importJWK(jwk, 'ES256').catch(() => null)
  if (key === null) return 'wrong_key' as const
  let payload: Uint8Array
  try {
    payload = (await compactVerify(proof, key, { algorithms: ['ES256'] })).payload
  } catch {
    return 'wrong_signature' as const
  }
  try {
    const claims: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(payload))
    return isProofClaims(claims) ? claims : ('malformed' as const)
  } catch {
    return 'malformed' as const
  }
}

function isProofClaims(value: unknown): value is ProofClaims {
  if (typeof value !== 'object' || value === null) return false
  const { jti, htm, htu, iat, ath } = value as Record<string, unknown>
  return (
    typeof jti === 'string' &&
    jti.length >= 16 &&
    jti.length <= 128 &&
    typeof htm === 'string' &&
    typeof htu === 'string' &&
    Number.isSafeInteger(iat) &&
    (ath === undefined || typeof ath === 'string')
  )
}

/** RFC 9449 §4.3: compared after syntax-based and scheme-based normalisation, without the query. */
function sameUrl(claimed: string, called: string): boolean {
  if (claimed === called) return true
  try {
    return withoutQuery(claimed) === withoutQuery(called)
  } catch {
    return false
  }
}

function withoutQuery(url: string): string {
  const parsed = new URL(url)
  return parsed.origin + parsed.pathname
}

async function sha256(text: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text))
  return encodeBase64url(new Uint8Array(digest))
}
