import { type Argon2Parameters, argon2, randomBytes, timingSafeEqual } from 'node:crypto'
import { promisify } from 'node:util'

const deriveTag = promisify(argon2)

/**
 * RFC 9106 §4 recommends t=3, p=4, m=64 MiB where memory is scarce. That is meant for passwords that
 * live for years. A one-time code of a million values lives ten minutes and five tries, and no cost
 * per guess would save it for longer, so one lane, two passes over 19 MiB suffice: ten to twenty
 * milliseconds, and many requests at once do not exhaust the server. What does protect a stolen
 * table is the pepper, the secret input K of RFC 9106 §3.1, which is not in the database.
 */
const cost = { memory: 19_456, passes: 2, parallelism: 1 }
const tagLength = 32
const saltLength = 16

const phc =
  /^\$argon2id\$v=19\$m=(\d{1,7}),t=(\d{1,2}),p=(\d{1,2})\$([A-Za-z0-9+/]{11,86})\$([A-Za-z0-9+/]{43})$/

/**
 * Hashes a short secret for storage (Argon2id, RFC 9106). Backend only: needs Node 24.7.
 *
 * @param pepper - a key from `deriveKey`, not stored next to the hash
 * @returns the PHC string `$argon2id$v=19$m=…,t=…,p=…$salt$tag`
 */
export async function hashCode(code: string, pepper: Uint8Array): Promise<string> {
  const nonce = randomBytes(saltLength)
  const tag = await deriveTag('argon2id', parameters(code, nonce, pepper, cost))
  const { memory, passes, parallelism } = cost
  const head = `$argon2id$v=19$m=${memory},t=${passes},p=${parallelism}`
  return `${head}$${plainBase64(nonce)}$${plainBase64(tag)}`
}

/** Compares a code with its stored hash. A hash that cannot be read matches nothing. */
export async function verifyCode(
  stored: string,
  code: string,
  pepper: Uint8Array,
): Promise<boolean> {
  const match = phc.exec(stored)
  if (match === null) return false
  const [, m, t, p, salt, tag] = match
  const used = { memory: Number(m), passes: Number(t), parallelism: Number(p) }
  // A stored row must not be able to make the server spend more than RFC 9106's own recommendation.
  if (used.memory > 65_536 || used.passes > 4 || used.parallelism > 4) return false
  const nonce = Buffer.from(salt as string, 'base64')
  const actual = await deriveTag('argon2id', parameters(code, nonce, pepper, used))
  return timingSafeEqual(actual, Buffer.from(tag as string, 'base64'))
}

function parameters(
  code: string,
  nonce: Buffer,
  pepper: Uint8Array,
  { memory, passes, parallelism }: typeof cost,
): Argon2Parameters {
  return { message: code, nonce, parallelism, tagLength, memory, passes, secret: pepper }
}

function plainBase64(bytes: Buffer): string {
  return bytes.toString('base64').replaceAll('=', '')
}
