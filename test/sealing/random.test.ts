import { describe, expect, test } from 'vitest'
import { forbiddenNameParts, meetsRules } from '../../src/contract/password-rules.ts'
import {
  deriveKey,
  equalInConstantTime,
  hmacSha256,
  randomCode,
  randomTemporaryPassword,
  randomToken,
  sha256Base64url,
} from '../../src/sealing/random.ts'

test('a token of less than 128 bits is refused', () => {
  expect(() => randomToken(120)).toThrow(RangeError)
  expect(() => randomToken(129)).toThrow(RangeError)
  expect(randomToken()).toMatch(/^[\w-]{22}$/)
  expect(new Set(Array.from({ length: 1000 }, () => randomToken())).size).toBe(1000)
})

test('a code of fewer than six digits is refused', () => {
  expect(() => randomCode(5)).toThrow(RangeError)
  expect(randomCode(6)).toMatch(/^\d{6}$/)
  expect(randomCode(8)).toMatch(/^\d{8}$/)
})

test('each digit of a code is equally likely, zeros in front included', () => {
  const counts = Array.from({ length: 10 }, () => 0)
  const rounds = 20_000
  for (let round = 0; round < rounds; round += 1) {
    const first = Number(randomCode(6).charAt(0))
    counts[first] = (counts[first] ?? 0) + 1
  }
  const share = rounds / 10
  const chiSquared = counts.reduce((sum, count) => sum + (count - share) ** 2 / share, 0)
  // Nine degrees of freedom: an even source is above 40 once in 130,000 runs.
  expect(chiSquared).toBeLessThan(40)
})

describe('a temporary password', () => {
  const samples = Array.from({ length: 500 }, randomTemporaryPassword)

  test('has at least 120 characters and fits into AD', () => {
    for (const password of samples) {
      expect(password.length).toBeGreaterThanOrEqual(120)
      expect(password.length).toBeLessThanOrEqual(255)
    }
  })

  test('meets complexity, whatever the account is called', () => {
    const nameParts = forbiddenNameParts('abc', 'Max Mustermann, Jr. (a1b) 123 xyz')
    const rules = {
      minLength: 120,
      complexity: true,
      historyLength: 24,
      minAgeSeconds: 0,
      nameParts,
    }
    for (const password of samples) expect(meetsRules(rules, password)).toBe(true)
  })

  test('has no three letters or digits in a row, of which a name could be made', () => {
    for (const password of samples) expect(password).not.toMatch(/[^,]{3}/)
  })

  test('holds nothing that the quotes of unicodePwd or a log could trip over', () => {
    for (const password of samples) expect(password).toMatch(/^[A-Za-z0-9,]+$/)
  })

  test('never repeats', () => {
    expect(new Set(samples).size).toBe(samples.length)
  })
})

test('a short master key is refused, and each purpose has its own key', () => {
  const master = Buffer.alloc(32, 7)
  expect(() => deriveKey(master.subarray(1), 'a')).toThrow(RangeError)
  expect(deriveKey(master, 'a')).toHaveLength(32)
  expect(deriveKey(master, 'a')).toEqual(deriveKey(master, 'a'))
  expect(deriveKey(master, 'a')).not.toEqual(deriveKey(master, 'b'))
})

test('values compare by content, whatever their length', () => {
  expect(equalInConstantTime('a', 'a')).toBe(true)
  expect(equalInConstantTime('a', 'b')).toBe(false)
  expect(equalInConstantTime('a', 'aa')).toBe(false)
  expect(equalInConstantTime(Buffer.from('a'), 'a')).toBe(true)
})

// FIPS 180-2 appendix B.1 and RFC 4231 test case 2.
test('the published values of SHA-256 and its HMAC come out', () => {
  const digest = 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'
  expect(Buffer.from(sha256Base64url('abc'), 'base64url').toString('hex')).toBe(digest)
  expect(hmacSha256(Buffer.from('Jefe'), 'what do ya want for nothing?').toString('hex')).toBe(
    '5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843',
  )
})
