import {
  createHash,
  createHmac,
  hkdfSync,
  randomBytes,
  randomInt,
  timingSafeEqual,
} from 'node:crypto'
import { withCheckCharacter, writtenAlphabet, writtenLength } from '../contract/written-code.ts'

/**
 * An unguessable value for tokens and identifiers, base64url.
 *
 * @param bits - at least 128, in whole bytes
 */
export function randomToken(bits = 128): string {
  if (bits < 128 || bits % 8 !== 0) throw new RangeError('a token has at least 128 bits')
  return randomBytes(bits / 8).toString('base64url')
}

/** A code of decimal digits, each equally likely: `randomInt` rejects instead of taking a remainder. */
export function randomCode(digits: number): string {
  if (digits < 6 || digits > 14) throw new RangeError('a code has 6 to 14 digits')
  return randomInt(10 ** digits)
    .toString()
    .padStart(digits, '0')
}

/**
 * A code that people write down, with its check character: 13 or 14 random letters of 5 bits each, so at
 * least 65 bits.
 *
 * @param first - what it begins with, when that tells which one of a set it is: one letter of the
 *   alphabet, no secret
 */
export function randomWrittenCode(first = ''): string {
  const count = writtenLength - 1 - first.length
  const body = Array.from(randomBytes(count), (byte) => writtenAlphabet.charAt(byte % 32))
  return withCheckCharacter(first + body.join(''))
}

/** Two digits that one screen shows and another asks for, without a zero in front. */
export function randomPushNumber(): string {
  return randomInt(10, 100).toString()
}

const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'
const pairs = 42

/**
 * A temporary password: 125 characters, about 500 bits, accepted by every AD policy.
 *
 * A comma after each two letters or digits does two things: it is the special character that
 * complexity wants, and it keeps any part of a name out. [MS-SAMR] 3.1.1.7.2 refuses passwords that
 * contain the account name or a part of the display name of three or more characters; the comma
 * separates parts of display names and cannot occur in a sAMAccountName, so none can match across it.
 * There is no quotation mark, which delimits `unicodePwd` ([MS-ADTS] 3.1.1.3.1.5).
 */
export function randomTemporaryPassword(): string {
  for (;;) {
    const password = Array.from({ length: pairs }, () => randomLetter() + randomLetter()).join(',')
    if (/[A-Z]/.test(password) && /[a-z]/.test(password) && /\d/.test(password)) return password
  }
}

function randomLetter(): string {
  return letters.charAt(randomInt(letters.length))
}

/** SHA-256 as bytes. */
export function sha256(data: Uint8Array | string): Buffer {
  return createHash('sha256').update(data).digest()
}

/** SHA-256 in base64url: how tokens of full strength are stored. */
export function sha256Base64url(data: Uint8Array | string): string {
  return createHash('sha256').update(data).digest('base64url')
}

/** HMAC-SHA-256 as bytes: for values that must be stable without being guessable. */
export function hmacSha256(key: Uint8Array, data: Uint8Array | string): Buffer {
  return createHmac('sha256', key).update(data).digest()
}

/**
 * A 32-byte key for one purpose, from a master key of at least 32 bytes (HKDF-SHA-256, RFC 5869).
 *
 * @param purpose - names the use and its version, e.g. `latchkey/1 stranger-decoys`
 */
export function deriveKey(master: Uint8Array, purpose: string): Buffer {
  if (master.length < 32) throw new RangeError('a master key has at least 32 bytes')
  return Buffer.from(hkdfSync('sha256', master, new Uint8Array(0), purpose, 32))
}

/** Compares two values in a time that depends on neither; lengths may differ. */
export function equalInConstantTime(a: Uint8Array | string, b: Uint8Array | string): boolean {
  return timingSafeEqual(sha256(a), sha256(b))
}
