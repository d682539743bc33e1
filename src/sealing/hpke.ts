import {
  AEAD_AES_256_GCM,
  CipherSuite,
  type CryptoKey,
  KDF_HKDF_SHA256,
  KEM_DHKEM_P256_HKDF_SHA256,
  type KeyPair,
} from 'hpke'
import type { Sealed } from '../contract/recovery.ts'
import { err, ok, type Result } from '../contract/result.ts'
import { decodeBase64url, encodeBase64url } from './base64url.ts'

/** RFC 9180 base mode with DHKEM(P-256, HKDF-SHA256), HKDF-SHA256 and AES-256-GCM. */
const suite = new CipherSuite(KEM_DHKEM_P256_HKDF_SHA256, KDF_HKDF_SHA256, AEAD_AES_256_GCM)

/** What a sealed value is for. A value sealed for one use opens for no other. */
export type SealingUse = 'temporary-password' | 'agent-password' | 'new-password'

/** Everything that a sealed value is bound to. The opener states it; nothing of it travels along. */
export type SealingContext = {
  readonly use: SealingUse
  readonly recoveryId: string
  /** objectGUID of the account. */
  readonly accountId: string
  /** The relay key's id, or `sealingKeyId` of the recovery's own key. */
  readonly keyId: string
}

/** Kept by whoever opens; only `publicKey` is handed out. */
export type SealingKeyPair = {
  /** Raw uncompressed point (65 bytes), base64url. */
  readonly publicKey: string
  readonly privateKey: SealingPrivateKey
}
export type SealingPrivateKey = KeyPair<CryptoKey>

/** Why a value did not open. `refused` covers every tampering, by design without a reason. */
export type OpenError = { readonly code: 'malformed' | 'refused' }

/**
 * Makes a key pair to which values can be sealed.
 *
 * @param options.exportable - true for the backend's relay keys, which outlive the process; the key
 *   of a recovery never leaves the memory of the process that made it
 */
export async function generateSealingKeyPair(
  options: { exportable?: boolean } = {},
): Promise<SealingKeyPair> {
  const pair = await suite.GenerateKeyPair(options.exportable ?? false)
  return describe(pair as KeyPair<CryptoKey>)
}

/**
 * SHA-256 of the raw public key, base64url: the key id of a recovery's own key.
 *
 * @throws when `publicKey` is not base64url
 */
export async function sealingKeyId(publicKey: string): Promise<string> {
  const raw = decodeBase64url(publicKey)
  if (raw === null) throw new TypeError('a sealing key is base64url')
  return encodeBase64url(new Uint8Array(await crypto.subtle.digest('SHA-256', raw)))
}

/**
 * Whether a text is a public key that values can be sealed to: a point on P-256 (RFC 9180 §7.1.4).
 * To be asked before a stranger's key is used.
 */
export async function isSealingKey(publicKey: string): Promise<boolean> {
  return (await importPublicKey(publicKey)) !== null
}

/**
 * Seals a value to a public key (RFC 9180 §6.1).
 *
 * @throws when `publicKey` is not a point on P-256: ask `isSealingKey` first for keys of strangers
 */
export async function seal(
  publicKey: string,
  plaintext: Uint8Array | string,
  context: SealingContext,
): Promise<Sealed> {
  const key = await importPublicKey(publicKey)
  if (key === null) throw new TypeError('not a P-256 public key')
  const bytes = typeof plaintext === 'string' ? new TextEncoder().encode(plaintext) : plaintext
  const { encapsulatedSecret, ciphertext } = await suite.Seal(key, bytes, bind(context))
  return { enc: encodeBase64url(encapsulatedSecret), ciphertext: encodeBase64url(ciphertext) }
}

/**
 * Opens a sealed value.
 *
 * @param context - what the opener knows it must be bound to
 * @returns the plaintext; the caller wipes it after use
 */
export async function open(
  privateKey: SealingPrivateKey,
  sealed: Sealed,
  context: SealingContext,
): Promise<Result<Uint8Array, OpenError>> {
  const enc = decodeBase64url(sealed.enc)
  const ciphertext = decodeBase64url(sealed.ciphertext)
  if (enc === null || ciphertext === null) return err({ code: 'malformed' })
  try {
    return ok(await suite.Open(privateKey, enc, ciphertext, bind(context)))
  } catch {
    return err({ code: 'refused' })
  }
}

/**
 * The private key as a JSON Web Key, for storage inside an at-rest envelope and nowhere else.
 *
 * @throws when the pair was not generated as exportable
 */
export async function exportSealingKeyPair(pair: SealingKeyPair): Promise<string> {
  const { kty, crv, x, y, d } = await crypto.subtle.exportKey('jwk', pair.privateKey.privateKey)
  return JSON.stringify({ kty, crv, x, y, d })
}

/** Reads back what `exportSealingKeyPair` wrote. The imported key can be used, not exported. */
export async function importSealingKeyPair(
  text: string,
): Promise<Result<SealingKeyPair, { code: 'malformed' }>> {
  const algorithm = { name: 'ECDH', namedCurve: 'P-256' }
  try {
    const { kty, crv, x, y, d } = JSON.parse(text)
    const publicJwk = { kty, crv, x, y }
    const [privateKey, publicKey] = await Promise.all([
      crypto.subtle.importKey('jwk', { ...publicJwk, d }, algorithm, false, ['deriveBits']),
      crypto.subtle.importKey('jwk', publicJwk, algorithm, true, []),
    ])
    return ok(await describe({ privateKey, publicKey }))
  } catch {
    return err({ code: 'malformed' })
  }
}

async function describe(pair: KeyPair<CryptoKey>): Promise<SealingKeyPair> {
  const raw = await suite.SerializePublicKey(pair.publicKey)
  return { publicKey: encodeBase64url(raw), privateKey: pair }
}

async function importPublicKey(publicKey: string) {
  const raw = decodeBase64url(publicKey)
  if (raw === null) return null
  try {
    return await suite.DeserializePublicKey(raw)
  } catch {
    return null
  }
}

/** A JSON array of strings has one spelling, so no two contexts share their bytes. */
function bind({ use, recoveryId, accountId, keyId }: SealingContext) {
  const text = new TextEncoder()
  return {
    info: text.encode(`latchkey/1 ${use}`),
    aad: text.encode(JSON.stringify([use, recoveryId, accountId, keyId])),
  }
}
