import { hashCode, verifyCode } from '../../sealing/argon2id.ts'
import type { Envelope } from '../../sealing/envelope.ts'
import { isSealingKey, seal, sealingKeyId } from '../../sealing/hpke.ts'
import {
  deriveKey,
  equalInConstantTime,
  hmacSha256,
  randomCode,
  randomPushNumber,
  randomTemporaryPassword,
  randomToken,
  randomWrittenCode,
  sha256Base64url,
} from '../../sealing/random.ts'
import { networkOf } from '../domain/network-address.ts'
import type { Secrets } from '../domain/ports/secrets.ts'
import { createDecoys } from './decoys.ts'
import { createMethodSecrets } from './method-secrets.ts'
import { createRecoverySecrets } from './recovery-secrets.ts'
import { createRelayKeys } from './relay-keys.ts'

const tokenBits = 256
const idBits = 128
const codeDigits = 6

/**
 * The cryptography of the features, from `src/sealing`.
 *
 * @param masterKey - the current master key, from which one key for each purpose is derived
 */
export async function createSecrets(masterKey: Uint8Array, envelope: Envelope): Promise<Secrets> {
  const pepper = deriveKey(masterKey, 'latchkey/1 code-pepper')
  const blindKey = deriveKey(masterKey, 'latchkey/1 limit-keys')
  const decoyHash = await hashCode(randomToken(), pepper)
  return {
    newToken: () => randomToken(tokenBits),
    newId: () => randomToken(idBits),
    newCode: () => randomCode(codeDigits),
    newWrittenCode: randomWrittenCode,
    newPushNumber: randomPushNumber,
    newTemporaryPassword: randomTemporaryPassword,
    hashToken: sha256Base64url,
    equal: equalInConstantTime,
    hashCode: (code) => hashCode(code, pepper),
    verifyCode: (codeHash, code) => verifyCode(codeHash, code, pepper),
    blind: (kind, value) =>
      hmacSha256(blindKey, `${kind}:${normalise(kind, value)}`).toString('base64url'),
    ...createDecoys(deriveKey(masterKey, 'latchkey/1 stranger-decoys'), decoyHash),
    ...createMethodSecrets(envelope),
    ...createRecoverySecrets(envelope),
    isSealingKey,
    sealFor: async (publicKey, plaintext, context) =>
      seal(publicKey, plaintext, { ...context, keyId: await sealingKeyId(publicKey) }),
    ...createRelayKeys(envelope),
  }
}

/**
 * Names and mailboxes are the same in every spelling that the directory takes for the same, and an
 * address is as good as any other that its network may use.
 */
function normalise(kind: 'name' | 'mailbox' | 'address', value: string): string {
  return kind === 'address' ? networkOf(value) : value.normalize('NFKC').trim().toLowerCase()
}
