import { type CryptoKey, SignJWT } from 'jose'
import { encodeBase64url } from './base64url.ts'

/** The key of one recovery: it signs every request, and is forgotten with the recovery. */
export type DpopKey = {
  readonly privateKey: CryptoKey
  readonly publicJwk: { kty: 'EC'; crv: 'P-256'; x: string; y: string }
}

export type ProofClaims = {
  jti: string
  htm: string
  htu: string
  iat: number
  ath?: string
  /** Ours, as RFC 9449 §4.2 allows: SHA-256 of the body, for requests whose body matters as much. */
  bdh?: string
}

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
 * @param request.body - signed as well, when given; empty for a request without one
 * @param request.now - the server's time as far as known, in milliseconds
 */
export async function createDpopProof(
  key: DpopKey,
  request: {
    method: string
    url: string
    token?: string
    body?: string
    now: number
    jti?: string
  },
): Promise<string> {
  const claims: ProofClaims = {
    jti: request.jti ?? crypto.randomUUID(),
    htm: request.method,
    htu: withoutQuery(request.url),
    iat: Math.floor(request.now / 1000),
  }
  if (request.token !== undefined) claims.ath = await sha256(request.token)
  if (request.body !== undefined) claims.bdh = await sha256(request.body)
  return await new SignJWT(claims)
    .setProtectedHeader({ typ: 'dpop+jwt', alg: 'ES256', jwk: key.publicJwk })
    .sign(key.privateKey)
}

/** RFC 9449 §4.2: `htu` has neither query nor fragment. */
export function withoutQuery(url: string): string {
  const parsed = new URL(url)
  return parsed.origin + parsed.pathname
}

async function sha256(text: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text))
  return encodeBase64url(new Uint8Array(digest))
}
