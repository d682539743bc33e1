import { hmacSha256 } from '../../sealing/random.ts'
import type { Secrets } from '../domain/ports/secrets.ts'

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'
const seedBytes = 20

/**
 * What strangers are compared with, so that they cost what employees cost (P6). Derived, not stored:
 * the same for the same name, and unknown to anybody without the master key.
 *
 * @param codeHash - a hash of something that nobody can type, of the cost of a real one
 */
export function createDecoys(key: Uint8Array, codeHash: string): Pick<Secrets, 'decoy'> {
  return {
    decoy(nameKey) {
      const seed = hmacSha256(key, `totp:${nameKey}`).subarray(0, seedBytes)
      const account = hmacSha256(key, `account:${nameKey}`).toString('base64url')
      return { accountId: `none:${account}`, totpSeed: base32(seed), codeHash }
    },
  }
}

/** RFC 4648 §6; twenty bytes need no padding. */
function base32(bytes: Buffer): string {
  let bits = 0
  let held = 0
  let text = ''
  for (const byte of bytes) {
    held = (held << 8) | byte
    bits += 8
    while (bits >= 5) {
      bits -= 5
      text += alphabet.charAt((held >> bits) & 31)
    }
    held &= (1 << bits) - 1
  }
  return text
}
