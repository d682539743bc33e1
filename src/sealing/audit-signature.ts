import {
  createHash,
  createPrivateKey,
  createPublicKey,
  type KeyObject,
  sign,
  verify,
} from 'node:crypto'
import { deriveKey } from './random.ts'

/** Signs checkpoints of the audit log. */
export type AuditSigner = {
  /** RFC 7638 thumbprint of the public key. */
  readonly keyId: string
  /** For auditors to keep: with it they need neither the server nor its master key. */
  readonly publicKeyPem: string
  /** @returns an Ed25519 signature (RFC 8032), base64url */
  sign(text: string): string
}

/** Verifies checkpoints of the audit log. */
export type AuditVerifier = {
  readonly keyId: string
  verify(text: string, signature: string): boolean
}

const purpose = 'latchkey/1 audit checkpoints'
/** RFC 8410 §7: the bytes before the 32-byte seed of an Ed25519 private key in PKCS #8. */
const pkcs8Prefix = Buffer.from('302e020100300506032b657004220420', 'hex')
/** Ed25519 signs bytes of any meaning; this keeps a checkpoint from being taken for something else. */
const domain = 'latchkey audit checkpoint v1\n'

/**
 * The signing key of the master key: every replica has it, and there is no file to lose. The log in
 * the database cannot be signed anew by somebody who has only the database.
 *
 * @param master - at least 32 bytes
 */
export function auditSigner(master: Uint8Array): AuditSigner {
  const seed = deriveKey(master, purpose)
  const key = Buffer.concat([pkcs8Prefix, seed])
  const privateKey = createPrivateKey({ key, format: 'der', type: 'pkcs8' })
  const publicKey = createPublicKey(privateKey)
  return {
    keyId: thumbprint(publicKey),
    publicKeyPem: publicKey.export({ type: 'spki', format: 'pem' }).toString(),
    sign: (text) => sign(null, Buffer.from(domain + text), privateKey).toString('base64url'),
  }
}

/** @throws when the text is not an Ed25519 public key in PEM */
export function auditVerifier(publicKeyPem: string): AuditVerifier {
  const publicKey = createPublicKey(publicKeyPem)
  if (publicKey.asymmetricKeyType !== 'ed25519') throw new TypeError('not an Ed25519 public key')
  return {
    keyId: thumbprint(publicKey),
    verify(text, signature) {
      const bytes = Buffer.from(signature, 'base64url')
      if (bytes.toString('base64url') !== signature) return false
      return verify(null, Buffer.from(domain + text), publicKey, bytes)
    },
  }
}

/** RFC 8037 §2 names the members of an Ed25519 key that RFC 7638 hashes, in this order. */
function thumbprint(publicKey: KeyObject): string {
  const { crv, kty, x } = publicKey.export({ format: 'jwk' })
  return createHash('sha256').update(JSON.stringify({ crv, kty, x })).digest('base64url')
}
