import { createPublicKey, type KeyObject, verify } from 'node:crypto'
import { decodeProtectedHeader } from 'jose'
import { err, ok, type Result } from '../contract/result.ts'
import { decodeBase64url } from './base64url.ts'
import { type ProofClaims, withoutQuery } from './dpop.ts'
import { sha256Base64url } from './random.ts'

export type DpopErrorCode =
  | 'malformed'
  | 'wrong_key'
  | 'wrong_signature'
  | 'wrong_method'
  | 'wrong_url'
  | 'clock_skew'
  | 'wrong_token'
  | 'wrong_body'

type PublicKey = { crv: 'P-256'; kty: 'EC'; x: string; y: string }

const maxProofLength = 2048

/**
 * Checks a proof in every respect of RFC 9449 §4.3 but two: that it came in exactly one header field,
 * and that its `jti` was not seen before. Both belong to the caller.
 *
 * @param expected.url - the URL that was called, as the client sees it
 * @param expected.token - the access token of the request; its hash must be in the proof
 * @param expected.body - what was sent; its hash must be in the proof, also when it is empty
 * @param expected.maxAgeSeconds - how old a proof may be
 * @param expected.maxSkewSeconds - how far the client's clock may be off, either way
 * @returns the proof's `jti` and the RFC 7638 thumbprint of its key, to compare with the token's
 */
export function verifyDpopProof(
  proof: string,
  expected: {
    method: string
    url: string
    token?: string
    body?: string
    now: number
    maxAgeSeconds: number
    maxSkewSeconds: number
  },
): Result<{ jti: string; thumbprint: string }, { code: DpopErrorCode }> {
  const jwk = readPublicKey(proof)
  if (typeof jwk === 'string') return err({ code: jwk })
  const claims = readSignedClaims(proof, jwk)
  if (typeof claims === 'string') return err({ code: claims })
  if (claims.htm !== expected.method) return err({ code: 'wrong_method' })
  if (!sameUrl(claims.htu, expected.url)) return err({ code: 'wrong_url' })
  const age = expected.now / 1000 - claims.iat
  const { maxAgeSeconds, maxSkewSeconds } = expected
  if (age > maxAgeSeconds + maxSkewSeconds || age < -maxSkewSeconds) {
    return err({ code: 'clock_skew' })
  }
  if (expected.token !== undefined && claims.ath !== sha256Base64url(expected.token)) {
    return err({ code: 'wrong_token' })
  }
  if (expected.body !== undefined && claims.bdh !== sha256Base64url(expected.body)) {
    return err({ code: 'wrong_body' })
  }
  return ok({ jti: claims.jti, thumbprint: thumbprintOf(jwk) })
}

function readPublicKey(proof: string): PublicKey | 'malformed' | 'wrong_key' {
  if (proof.length > maxProofLength) return 'malformed'
  let header: ReturnType<typeof decodeProtectedHeader>
  try {
    header = decodeProtectedHeader(proof)
  } catch {
    return 'malformed'
  }
  // RFC 7515 §4.1.11: an extension that must be understood, and none is known here.
  if (header.typ !== 'dpop+jwt' || 'crit' in header) return 'malformed'
  const { jwk } = header
  if (header.alg !== 'ES256' || typeof jwk !== 'object' || jwk === null) return 'wrong_key'
  // SECURITY: a closed list of members, so that no private or symmetric key slips through.
  const { kty, crv, x, y, ...others } = jwk
  const known = kty === 'EC' && crv === 'P-256' && typeof x === 'string' && typeof y === 'string'
  return known && Object.keys(others).length === 0 ? { crv: 'P-256', kty: 'EC', x, y } : 'wrong_key'
}

/**
 * RFC 7515 §5.2 for the one algorithm that is accepted. On the spot, by `node:crypto`: Web Crypto takes
 * each check to another thread and imports the key anew, and a backend does this with every request.
 */
function readSignedClaims(proof: string, jwk: PublicKey) {
  const key = importKey(jwk)
  if (key === null) return 'wrong_key' as const
  const parts = proof.split('.')
  const [header, payload = '', signature = ''] = parts
  const signed = new TextEncoder().encode(`${header}.${payload}`)
  const decoded = decodeBase64url(signature)
  const isSigned =
    parts.length === 3 &&
    decoded !== null &&
    verify('sha256', signed, { key, dsaEncoding: 'ieee-p1363' }, decoded)
  if (!isSigned) return 'wrong_signature' as const
  const bytes = decodeBase64url(payload)
  if (bytes === null) return 'malformed' as const
  try {
    const claims: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
    return isProofClaims(claims) ? claims : ('malformed' as const)
  } catch {
    return 'malformed' as const
  }
}

/** @returns null for what is no point on the curve */
function importKey(jwk: PublicKey): KeyObject | null {
  try {
    return createPublicKey({ key: jwk, format: 'jwk' })
  } catch {
    return null
  }
}

function isProofClaims(value: unknown): value is ProofClaims {
  if (typeof value !== 'object' || value === null) return false
  const { jti, htm, htu, iat, ath, bdh } = value as Record<string, unknown>
  return (
    typeof jti === 'string' &&
    jti.length >= 16 &&
    jti.length <= 128 &&
    typeof htm === 'string' &&
    typeof htu === 'string' &&
    Number.isSafeInteger(iat) &&
    (ath === undefined || typeof ath === 'string') &&
    (bdh === undefined || typeof bdh === 'string')
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

/**
 * RFC 7638 §3: the members that make up the key, in the order of their names, without white space.
 * Hashed on the spot: for a hundred bytes, Web Crypto's trip to another thread takes far longer.
 */
function thumbprintOf({ crv, kty, x, y }: PublicKey): string {
  return sha256Base64url(JSON.stringify({ crv, kty, x, y }))
}
