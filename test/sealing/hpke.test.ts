import { createDecipheriv, createECDH, createHmac, type ECDH } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  exportSealingKeyPair,
  generateSealingKeyPair,
  importSealingKeyPair,
  isSealingKey,
  open,
  type SealingContext,
  seal,
  sealingKeyId,
} from '../../src/sealing/hpke.ts'

const password = 'Übergroße Kröten 7 tanzen'
const keys = await generateSealingKeyPair()
const context: SealingContext = {
  use: 'new-password',
  recoveryId: 'recovery-1',
  accountId: '6f9619ff-8b86-d011-b42d-00cf4fc964ff',
  keyId: await sealingKeyId(keys.publicKey),
}
const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes)

describe('a sealed value is refused when it', () => {
  test.each([
    ['was sealed for another use', { use: 'temporary-password' as const }],
    ['belongs to another recovery', { recoveryId: 'recovery-2' }],
    ['belongs to another account', { accountId: '6f9619ff-8b86-d011-b42d-00cf4fc96400' }],
    ['names another key', { keyId: 'another-key' }],
  ])('%s', async (_, moved) => {
    const sealed = await seal(keys.publicKey, password, context)
    const opened = await open(keys.privateKey, sealed, { ...context, ...moved })
    expect(opened).toEqual({ ok: false, error: { code: 'refused' } })
  })

  test('was sealed to another key', async () => {
    const other = await generateSealingKeyPair()
    const sealed = await seal(other.publicKey, password, context)
    expect(await open(keys.privateKey, sealed, context)).toMatchObject({ ok: false })
  })

  test('has any single bit flipped, in the key or in the ciphertext', async () => {
    const sealed = await seal(keys.publicKey, password, context)
    const parts = fc.constantFrom('enc' as const, 'ciphertext' as const)
    await fc.assert(
      fc.asyncProperty(parts, fc.nat(), async (part, position) => {
        const bytes = Buffer.from(sealed[part], 'base64url')
        const bit = position % (bytes.length * 8)
        bytes[bit >> 3] = (bytes[bit >> 3] ?? 0) ^ (1 << (bit & 7))
        const flipped = { ...sealed, [part]: bytes.toString('base64url') }
        expect(await open(keys.privateKey, flipped, context)).toMatchObject({ ok: false })
      }),
      { numRuns: 200 },
    )
  })

  test('has its context shifted between fields', async () => {
    const sealed = await seal(keys.publicKey, password, { ...context, recoveryId: 'ab' })
    const shifted = { ...context, recoveryId: 'a', accountId: `b${context.accountId}` }
    expect(await open(keys.privateKey, sealed, shifted)).toMatchObject({ ok: false })
  })

  test.each([
    ['is not base64url', '!!!!'],
    ['is of an impossible length', 'AAAAA'],
  ])('%s', async (_, ciphertext) => {
    const sealed = await seal(keys.publicKey, password, context)
    const opened = await open(keys.privateKey, { ...sealed, ciphertext }, context)
    expect(opened).toEqual({ ok: false, error: { code: 'malformed' } })
  })

  test('is empty or shorter than its tag', async () => {
    const sealed = await seal(keys.publicKey, password, context)
    for (const ciphertext of ['', 'AAAA']) {
      expect(await open(keys.privateKey, { ...sealed, ciphertext }, context)).toMatchObject({
        ok: false,
      })
    }
  })

  test('spells the same bytes in a second way', async () => {
    // 17 bytes are 23 letters, and the last two bits of the last letter mean nothing.
    const sealed = await seal(keys.publicKey, 'x', context)
    const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
    const last = letters.indexOf(sealed.ciphertext.at(-1) as string)
    const respelt = sealed.ciphertext.slice(0, -1) + letters.charAt(last | 1)
    expect(Buffer.from(respelt, 'base64url')).toEqual(Buffer.from(sealed.ciphertext, 'base64url'))
    const opened = await open(keys.privateKey, { ...sealed, ciphertext: respelt }, context)
    expect(opened).toEqual({ ok: false, error: { code: 'malformed' } })
  })
})

describe('a public key is refused when it', () => {
  const point = Buffer.from(keys.publicKey, 'base64url')
  const offCurve = Buffer.from(point)
  offCurve[64] = (offCurve[64] ?? 0) ^ 1
  test.each([
    ['is empty', ''],
    ['is not base64url', 'not a key'],
    ['is cut', point.subarray(0, 64).toString('base64url')],
    ['is the point at infinity', Buffer.alloc(1).toString('base64url')],
    ['is not on the curve', offCurve.toString('base64url')],
  ])('%s', async (_, key) => {
    expect(await isSealingKey(key)).toBe(false)
    await expect(seal(key, password, context)).rejects.toThrow('P-256')
  })
})

test('what is sealed opens to the same bytes, for every value', async () => {
  await fc.assert(
    fc.asyncProperty(fc.string({ unit: 'binary', maxLength: 256 }), async (value) => {
      const sealed = await seal(keys.publicKey, value, context)
      const opened = await open(keys.privateKey, sealed, context)
      if (!opened.ok) throw new Error(opened.error.code)
      expect(text(opened.value)).toBe(value)
    }),
    { numRuns: 50 },
  )
})

test('the same value never looks the same twice', async () => {
  const [first, second] = [
    await seal(keys.publicKey, password, context),
    await seal(keys.publicKey, password, context),
  ]
  expect(first.enc).not.toBe(second.enc)
  expect(first.ciphertext).not.toBe(second.ciphertext)
})

test('the key of a recovery cannot be exported', async () => {
  await expect(exportSealingKeyPair(keys)).rejects.toThrow()
})

test('a relay key survives storage, and cannot be exported again', async () => {
  const relay = await generateSealingKeyPair({ exportable: true })
  const sealed = await seal(relay.publicKey, password, context)
  const restored = await importSealingKeyPair(await exportSealingKeyPair(relay))
  if (!restored.ok) throw new Error(restored.error.code)
  expect(restored.value.publicKey).toBe(relay.publicKey)
  const opened = await open(restored.value.privateKey, sealed, context)
  expect(opened.ok && text(opened.value)).toBe(password)
  await expect(exportSealingKeyPair(restored.value)).rejects.toThrow()
})

test.each(['', 'null', '{}', '{"kty":"EC","crv":"P-256","x":"AA","y":"AA","d":"AA"}'])(
  'a stored key is refused when it reads %j',
  async (stored) => {
    expect(await importSealingKeyPair(stored)).toEqual({ ok: false, error: { code: 'malformed' } })
  },
)

describe('against RFC 9180', () => {
  // Appendix A.3.1: DHKEM(P-256, HKDF-SHA256), HKDF-SHA256, AES-128-GCM, base mode, sequence 0.
  const hex = (value: string) => Buffer.from(value, 'hex')
  const vector = {
    info: hex('4f6465206f6e2061204772656369616e2055726e'),
    enc: hex(
      '04a92719c6195d5085104f469a8b9814d5838ff72b60501e2c4466e5e67b325ac98536d7b61a1af4b78e5b7f951c0900be863c403ce65c9bfcb9382657222d18c4',
    ),
    skRm: hex('f3ce7fdae57e1a310d87f1ebbde6f328be0a99cdbcadf4d6589cf29de4b8ffd2'),
    aad: hex('436f756e742d30'),
    plaintext: hex('4265617574792069732074727574682c20747275746820626561757479'),
    ciphertext: hex(
      '5ad590bb8baa577f8619db35a36311226a896e7342a6d836d8b7bcd2f20b6c7f9076ac232e3ab2523f39513434',
    ),
  }

  test('an independent opener agrees with the published vector', () => {
    const receiver = createECDH('prime256v1')
    receiver.setPrivateKey(vector.skRm)
    const opened = openIndependently(receiver, vector, 'aes-128-gcm')
    expect(opened).toEqual(vector.plaintext)
  })

  // The vectors of the RFC have AES-256-GCM only with P-521, so our suite is checked through the
  // independent opener, which differs from the one above in two bytes of the suite id and the key size.
  test('the same opener, with AES-256-GCM, opens what we seal', async () => {
    const receiver = createECDH('prime256v1')
    const publicKey = receiver.generateKeys().toString('base64url')
    const sealed = await seal(publicKey, password, context)
    const { use, recoveryId, accountId, keyId } = context
    const parts = {
      enc: Buffer.from(sealed.enc, 'base64url'),
      ciphertext: Buffer.from(sealed.ciphertext, 'base64url'),
      info: Buffer.from('latchkey/1 new-password'),
      aad: Buffer.from(JSON.stringify([use, recoveryId, accountId, keyId])),
    }
    expect(text(openIndependently(receiver, parts, 'aes-256-gcm'))).toBe(password)
  })
})

type Message = { enc: Buffer; ciphertext: Buffer; info: Buffer; aad: Buffer }
const aeads = { 'aes-128-gcm': { id: 1, size: 16 }, 'aes-256-gcm': { id: 2, size: 32 } } as const

/** RFC 9180 §4.1 (Decap), §5.1 (KeySchedule) and §5.2 (Open), written from the text, base mode only. */
function openIndependently(receiver: ECDH, message: Message, aead: keyof typeof aeads): Buffer {
  const kem = Buffer.concat([Buffer.from('KEM'), Buffer.from([0, 0x10])])
  const suite = Buffer.from([0, 0x10, 0, 1, 0, aeads[aead].id])
  const hpke = Buffer.concat([Buffer.from('HPKE'), suite])
  const kemContext = Buffer.concat([message.enc, receiver.getPublicKey()])
  const eaePrk = extract(kem, '', 'eae_prk', receiver.computeSecret(message.enc))
  const shared = expand(kem, eaePrk, 'shared_secret', kemContext, 32)
  const pskIdHash = extract(hpke, '', 'psk_id_hash', Buffer.alloc(0))
  const infoHash = extract(hpke, '', 'info_hash', message.info)
  const schedule = Buffer.concat([Buffer.from([0]), pskIdHash, infoHash])
  const secret = extract(hpke, shared, 'secret', Buffer.alloc(0))
  const key = expand(hpke, secret, 'key', schedule, aeads[aead].size)
  const nonce = expand(hpke, secret, 'base_nonce', schedule, 12)
  const decipher = createDecipheriv(aead, key, nonce)
  decipher.setAAD(message.aad).setAuthTag(message.ciphertext.subarray(-16))
  return Buffer.concat([decipher.update(message.ciphertext.subarray(0, -16)), decipher.final()])
}

function extract(suite: Buffer, salt: Buffer | '', label: string, input: Buffer): Buffer {
  const labeled = Buffer.concat([Buffer.from('HPKE-v1'), suite, Buffer.from(label), input])
  return createHmac('sha256', salt === '' ? Buffer.alloc(32) : salt)
    .update(labeled)
    .digest()
}

function expand(suite: Buffer, prk: Buffer, label: string, info: Buffer, length: number): Buffer {
  const size = Buffer.from([0, length])
  const labeled = Buffer.concat([size, Buffer.from('HPKE-v1'), suite, Buffer.from(label), info])
  // RFC 5869 §2.3 for one block, which is all that is asked for here.
  return createHmac('sha256', prk)
    .update(labeled)
    .update(Buffer.from([1]))
    .digest()
    .subarray(0, length)
}
