import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import { err, ok, type Result } from '../contract/result.ts'

const version = 'v1'
const nonceBytes = 12
const tagBytes = 16
const keyBytes = 32

/** Encrypts what must rest on disk, under a master key that rests elsewhere. */
export type Envelope = {
  /**
   * @param context - what the value belongs to, e.g. `method:<id>:seed`; it must be given again to open
   */
  seal(plaintext: Uint8Array | string, context: string): string
  open(sealed: string, context: string): Result<Buffer, EnvelopeError>
  /** True when the value is under an older key: open it and seal it anew. */
  needsRotation(sealed: string): boolean
}

/** `unknown_key`: the master key that it was sealed under is not configured any more. */
export type EnvelopeError = { readonly code: 'malformed' | 'unknown_key' | 'refused' }

/**
 * AES-256-GCM with a random 96-bit nonce (NIST SP 800-38D §8.2.2: fine for 2^32 values under one
 * key, far beyond what one organisation stores). Text form: `v1.<key id>.<nonce, ciphertext, tag>`.
 *
 * @param options.currentKeyId - new values are sealed under this key
 * @param options.keys - all keys that stored values may still be under, 32 bytes each
 * @throws when a key has the wrong size, an id is not plain, or the current key is missing
 */
export function createEnvelope(options: {
  currentKeyId: string
  keys: Readonly<Record<string, Uint8Array>>
}): Envelope {
  const keys = new Map(Object.entries(options.keys))
  for (const [id, key] of keys) checkKey(id, key)
  const { currentKeyId } = options
  const currentKey = keys.get(currentKeyId)
  if (currentKey === undefined) throw new TypeError(`there is no master key ${currentKeyId}`)

  return {
    seal: (plaintext, context) =>
      [version, currentKeyId, encrypt(currentKey, currentKeyId, plaintext, context)].join('.'),
    open(sealed, context) {
      const parts = split(sealed)
      if (parts === null) return err({ code: 'malformed' })
      const key = keys.get(parts.keyId)
      if (key === undefined) return err({ code: 'unknown_key' })
      return decrypt(key, parts, context)
    },
    needsRotation: (sealed) => split(sealed)?.keyId !== currentKeyId,
  }
}

function checkKey(id: string, key: Uint8Array): void {
  if (!/^[\w-]{1,32}$/.test(id)) throw new TypeError('a master key id is 1-32 of A-Z a-z 0-9 _ -')
  if (key.length !== keyBytes) throw new TypeError(`master key ${id} must have ${keyBytes} bytes`)
}

function encrypt(key: Uint8Array, keyId: string, plaintext: Uint8Array | string, context: string) {
  const nonce = randomBytes(nonceBytes)
  const cipher = createCipheriv('aes-256-gcm', key, nonce)
  cipher.setAAD(bind(keyId, context))
  const body = [nonce, cipher.update(plaintext), cipher.final(), cipher.getAuthTag()]
  return Buffer.concat(body).toString('base64url')
}

type Parts = { keyId: string; body: Buffer }

function decrypt(key: Uint8Array, { keyId, body }: Parts, context: string) {
  const options = { authTagLength: tagBytes }
  const decipher = createDecipheriv('aes-256-gcm', key, body.subarray(0, nonceBytes), options)
  decipher.setAAD(bind(keyId, context))
  decipher.setAuthTag(body.subarray(-tagBytes))
  try {
    const plaintext = decipher.update(body.subarray(nonceBytes, -tagBytes))
    decipher.final()
    return ok(plaintext)
  } catch {
    return err({ code: 'refused' } as const)
  }
}

function split(sealed: string): Parts | null {
  const [prefix, keyId, text, ...rest] = sealed.split('.')
  if (prefix !== version || !keyId || !text || rest.length > 0) return null
  const body = Buffer.from(text, 'base64url')
  const canonical = body.toString('base64url') === text
  return canonical && body.length >= nonceBytes + tagBytes ? { keyId, body } : null
}

function bind(keyId: string, context: string): Buffer {
  return Buffer.from(JSON.stringify([version, keyId, context]))
}
