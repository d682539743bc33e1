import { webcrypto } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { auditSigner, auditVerifier } from '../../src/sealing/audit-signature.ts'

const signer = auditSigner(new Uint8Array(32).fill(7))
const verifier = auditVerifier(signer.publicKeyPem)
const signature = signer.sign('text')

describe('a signature is refused', () => {
  test.each([
    ['for another text', 'texts', signature],
    ['of another key', 'text', auditSigner(new Uint8Array(32).fill(8)).sign('text')],
    ['when it is empty', 'text', ''],
    ['when it is cut', 'text', signature.slice(0, -4)],
    ['in another spelling', 'text', `${signature}=`],
    ['when it is not base64url', 'text', '!'.repeat(86)],
  ])('%s', (_, text, given) => {
    expect(verifier.verify(text, given)).toBe(false)
  })

  test('when it is over the bare text, without saying what it is for', async () => {
    const der = Buffer.from(signer.publicKeyPem.split('\n')[1] as string, 'base64')
    const key = await webcrypto.subtle.importKey('spki', der, 'Ed25519', false, ['verify'])
    const bytes = Buffer.from(signature, 'base64url')
    const check = (text: string) =>
      webcrypto.subtle.verify('Ed25519', key, bytes, new TextEncoder().encode(text))
    expect(await check('text')).toBe(false)
    expect(await check('latchkey audit checkpoint v1\ntext')).toBe(true)
  })
})

test('a key of another kind is refused', () => {
  const pem = `-----BEGIN PUBLIC KEY-----
MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEYD54V/vp+54P9DXarYqx4MPcm+HK
RIQzNasYSoRQHQ/6S6Ps8tpMcT+KvIIC8W/e9k0W7Cm72M1P9jU7SLf/vg==
-----END PUBLIC KEY-----`
  expect(() => auditVerifier(pem)).toThrow('not an Ed25519 public key')
  expect(() => auditSigner(new Uint8Array(16))).toThrow(RangeError)
})

test('the same master key gives the same signing key, on every server', () => {
  const again = auditSigner(new Uint8Array(32).fill(7))
  expect(again.publicKeyPem).toBe(signer.publicKeyPem)
  expect(again.keyId).toBe(verifier.keyId)
  expect(verifier.verify('text', again.sign('text'))).toBe(true)
})
