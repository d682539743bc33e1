import { KeyObject, sign } from 'node:crypto'
import {
  calculateJwkThumbprint,
  exportJWK,
  generateKeyPair,
  type JWTHeaderParameters,
  SignJWT,
} from 'jose'
import { describe, expect, test } from 'vitest'
import { createDpopKey, createDpopProof } from '../../src/sealing/dpop.ts'
import { verifyDpopProof } from '../../src/sealing/dpop-verify.ts'

const now = Date.parse('2026-03-01T12:00:00Z')
const request = {
  method: 'POST',
  url: 'https://backend.example/api/v1/recoveries',
  token: 'token',
  now,
}
const expected = { ...request, maxAgeSeconds: 60, maxSkewSeconds: 30 }
const key = await createDpopKey()
const proof = await createDpopProof(key, request)

const pair = await generateKeyPair('ES256', { extractable: true })
const publicJwk = await exportJWK(pair.publicKey)
const privateJwk = await exportJWK(pair.privateKey)
const validClaims = {
  jti: 'a-value-of-16-characters',
  htm: 'POST',
  htu: request.url,
  iat: now / 1000,
  ath: 'PEaenWxYddN6Q_NT1PiOYfz4EsZu7jRXRlpAsNpBU-A',
}
const validHeader = { typ: 'dpop+jwt', alg: 'ES256', jwk: publicJwk }

function forge(claims: object = {}, header: object = {}): Promise<string> {
  return new SignJWT({ ...validClaims, ...claims })
    .setProtectedHeader({ ...validHeader, ...header } as JWTHeaderParameters)
    .sign(pair.privateKey)
}

/** By hand, for what no library signs. */
async function signed(header: object, claims: object): Promise<string> {
  const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
  const input = `${encode(header)}.${encode(claims)}`
  const key = KeyObject.from(pair.privateKey)
  const signature = sign('sha256', Buffer.from(input), { key, dsaEncoding: 'ieee-p1363' })
  return `${input}.${signature.toString('base64url')}`
}

const refusal = (code: string) => ({ ok: false, error: { code } })

describe('a proof is refused', () => {
  test.each([
    ['for another method', { method: 'DELETE' }, 'wrong_method'],
    ['for the same method in small letters', { method: 'post' }, 'wrong_method'],
    ['for another path', { url: `${request.url}/x` }, 'wrong_url'],
    ['for another host', { url: 'https://other.example/api/v1/recoveries' }, 'wrong_url'],
    ['for another port', { url: 'https://backend.example:444/api/v1/recoveries' }, 'wrong_url'],
    ['for another scheme', { url: 'http://backend.example/api/v1/recoveries' }, 'wrong_url'],
    ['when it is older than age and skew', { now: now + 91_000 }, 'clock_skew'],
    ['when it comes from the future', { now: now - 31_000 }, 'clock_skew'],
    ['with another token', { token: 'another' }, 'wrong_token'],
  ])('%s', async (_, changed, code) => {
    expect(verifyDpopProof(proof, { ...expected, ...changed })).toEqual(refusal(code))
  })

  test.each([
    ['typ', { typ: 'JWT' }, 'malformed'],
    ['a missing typ', { typ: undefined }, 'malformed'],
    ['a missing key', { jwk: undefined }, 'wrong_key'],
    ['a private key in the header', { jwk: privateJwk }, 'wrong_key'],
    ['a key with other members', { jwk: { ...publicJwk, kid: 'x' } }, 'wrong_key'],
    ['a key that is not on the curve', { jwk: { ...publicJwk, y: publicJwk.x } }, 'wrong_key'],
    ['somebody else’s key', { jwk: key.publicJwk }, 'wrong_signature'],
  ])('for %s', async (_, header, code) => {
    expect(verifyDpopProof(await forge({}, header), expected)).toEqual(refusal(code))
  })

  test.each([
    ['jti', { jti: undefined }],
    ['a jti that can be guessed', { jti: '1' }],
    ['htm', { htm: undefined }],
    ['htu', { htu: 7 }],
    ['iat', { iat: undefined }],
    ['a fractional iat', { iat: now / 1000 + 0.5 }],
    ['an iat in words', { iat: 'now' }],
    ['an ath that is not text', { ath: 1 }],
  ])('for a wrong claim: %s', async (_, claims) => {
    expect(verifyDpopProof(await forge(claims), expected)).toEqual(refusal('malformed'))
  })

  test('for another body, or without the hash of the body that came along', async () => {
    const bound = await createDpopProof(key, { ...request, body: '{"number":"42"}' })
    const other = verifyDpopProof(bound, { ...expected, body: '{"number":"43"}' })
    expect(other).toEqual(refusal('wrong_body'))
    expect(verifyDpopProof(bound, { ...expected, body: '' })).toEqual(refusal('wrong_body'))
    expect(verifyDpopProof(proof, { ...expected, body: '' })).toEqual(refusal('wrong_body'))
    expect(verifyDpopProof(bound, { ...expected, body: '{"number":"42"}' }).ok).toBe(true)
    const empty = await createDpopProof(key, { ...request, body: '' })
    expect(verifyDpopProof(empty, { ...expected, body: '' }).ok).toBe(true)
  })

  test('without the hash of the token that came along', async () => {
    const bare = await forge({ ath: undefined })
    expect(verifyDpopProof(bare, expected)).toEqual(refusal('wrong_token'))
  })

  test('when it is signed with a shared secret or not at all', async () => {
    const jwk = { kty: 'oct', k: 'AAAA' }
    const symmetric = await new SignJWT(validClaims)
      .setProtectedHeader({ typ: 'dpop+jwt', alg: 'HS256', jwk: jwk as never })
      .sign(new Uint8Array(32))
    expect(verifyDpopProof(symmetric, expected)).toEqual(refusal('wrong_key'))
    const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
    const unsigned = `${encode({ ...validHeader, alg: 'none' })}.${encode(validClaims)}.`
    expect(verifyDpopProof(unsigned, expected)).toEqual(refusal('wrong_key'))
  })

  test('when it names an extension that must be understood', async () => {
    const proof = await signed({ ...validHeader, crit: ['b64'], b64: true }, validClaims)
    expect(verifyDpopProof(proof, expected)).toEqual(refusal('malformed'))
    const plain = await signed(validHeader, validClaims)
    expect(verifyDpopProof(plain, expected)).toMatchObject({ ok: true })
  })

  test('when it has another number of parts', async () => {
    const proof = await forge()
    const unsigned = proof.slice(0, proof.lastIndexOf('.'))
    for (const other of [unsigned, `${proof}.`, `${proof}.AAAA`, `${proof}.AAAA.AAAA`]) {
      expect(verifyDpopProof(other, expected).ok).toBe(false)
    }
  })

  test('when its signature is in ASN.1, or spelt in another way', async () => {
    const [header = '', payload = '', signature = ''] = (await forge()).split('.')
    const der = sign('sha256', Buffer.from(`${header}.${payload}`), KeyObject.from(pair.privateKey))
    for (const other of [der.toString('base64url'), `${signature}=`, `${signature}A`, '']) {
      const proof = [header, payload, other].join('.')
      expect(verifyDpopProof(proof, expected)).toEqual(refusal('wrong_signature'))
    }
  })

  test.each(['', '.', '..', 'a.b.c', 'ä'.repeat(10), 'a'.repeat(100_000)])(
    'when it is not a token at all (%#)',
    async (garbage) => {
      expect(verifyDpopProof(garbage, expected)).toEqual(refusal('malformed'))
    },
  )

  test('when a letter of its payload is changed', async () => {
    const [header, payload, signature] = proof.split('.') as [string, string, string]
    const changed = JSON.parse(Buffer.from(payload, 'base64url').toString())
    const other = Buffer.from(JSON.stringify({ ...changed, iat: changed.iat + 1 }))
    const tampered = [header, other.toString('base64url'), signature].join('.')
    expect(verifyDpopProof(tampered, expected)).toEqual(refusal('wrong_signature'))
  })
})

test('a proof of our own is accepted, with the thumbprint of its key', async () => {
  const verified = verifyDpopProof(proof, expected)
  if (!verified.ok) throw new Error(verified.error.code)
  expect(verified.value.thumbprint).toBe(await calculateJwkThumbprint(key.publicJwk))
  expect(verified.value.jti).toMatch(/^[\w-]{36}$/)
})

test('query and fragment do not matter, nor how the address is spelt', async () => {
  const spelt = 'HTTPS://Backend.example:443/api/v1/recoveries?page=2#top'
  expect(verifyDpopProof(proof, { ...expected, url: spelt })).toMatchObject({ ok: true })
})

test('a clock within the allowed skew is accepted, either way', async () => {
  for (const offset of [-30_000, 0, 90_000]) {
    const verified = verifyDpopProof(proof, { ...expected, now: now + offset })
    expect(verified).toMatchObject({ ok: true })
  }
})

test('the key cannot be taken out', async () => {
  await expect(crypto.subtle.exportKey('jwk', key.privateKey as never)).rejects.toThrow()
})

// RFC 9449 §7.1: the request for a protected resource, its proof, and the thumbprint of §6.1.
test('the example of the RFC is accepted', async () => {
  const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
  const header = {
    typ: 'dpop+jwt',
    alg: 'ES256',
    jwk: {
      kty: 'EC',
      x: 'l8tFrhx-34tV3hRICRDY9zCkDlpBhF42UQUfWVAWBFs',
      y: '9VE4jf_Ok_o64zbTTlcuNJajHmt6v9TDVrU0CdvGRDA',
      crv: 'P-256',
    },
  }
  const payload = {
    jti: 'e1j3V_bKic8-LAEB',
    htm: 'GET',
    htu: 'https://resource.example.org/protectedresource',
    iat: 1562262618,
    ath: 'fUHyO2r2Z3DZ53EsNrWBb0xWXoaNy59IiKCAqksmQEo',
  }
  const signature =
    '2oW9RP35yRqzhrtNP86L-Ey71EOptxRimPPToA1plemAgR6pxHF8y6-yqyVnmcw6Fy1dqd-jfxSYoMxhAJpLjA'
  const verified = verifyDpopProof(`${encode(header)}.${encode(payload)}.${signature}`, {
    method: 'GET',
    url: payload.htu,
    token: 'Kz~8mXK1EalYznwH-LC-1fBAo.4Ljp~zsPE_NeO.gxU',
    now: 1562262618_000,
    maxAgeSeconds: 60,
    maxSkewSeconds: 30,
  })
  const value = { jti: payload.jti, thumbprint: '0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I' }
  expect(verified).toEqual({ ok: true, value })
})
