import { randomBytes } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createEnvelope } from '../../src/sealing/envelope.ts'

const old = randomBytes(32)
const current = randomBytes(32)
const before = createEnvelope({ currentKeyId: '2025', keys: { 2025: old } })
const envelope = createEnvelope({ currentKeyId: '2026', keys: { 2025: old, 2026: current } })
const sealed = envelope.seal('JBSWY3DPEHPK3PXP', 'method:1:seed')
const refusal = (code: string) => ({ ok: false, error: { code } })

describe('a stored value is refused', () => {
  test('in another place', () => {
    expect(envelope.open(sealed, 'method:2:seed')).toEqual(refusal('refused'))
  })

  test('under the name of another key', () => {
    const renamed = sealed.replace('v1.2026.', 'v1.2025.')
    expect(envelope.open(renamed, 'method:1:seed')).toEqual(refusal('refused'))
  })

  test('when its key is gone', () => {
    expect(before.open(sealed, 'method:1:seed')).toEqual(refusal('unknown_key'))
  })

  test.each(['', 'v1', 'v1.2026.', 'v2.2026.AAAA', 'v1.2026.AAAA', 'v1.2026.!', `${sealed}.x`])(
    'when it reads %j',
    (text) => {
      expect(envelope.open(text, 'method:1:seed')).toEqual(refusal('malformed'))
    },
  )

  test('when any bit of it is flipped', () => {
    const body = Buffer.from(sealed.split('.')[2] as string, 'base64url')
    fc.assert(
      fc.property(fc.nat({ max: body.length * 8 - 1 }), (bit) => {
        const flipped = Buffer.from(body)
        flipped[bit >> 3] = (flipped[bit >> 3] ?? 0) ^ (1 << (bit & 7))
        const text = `v1.2026.${flipped.toString('base64url')}`
        expect(envelope.open(text, 'method:1:seed')).toEqual(refusal('refused'))
      }),
    )
  })
})

describe('a set of keys is refused', () => {
  test.each([
    ['without the current one', { currentKeyId: 'b', keys: { a: current } }],
    ['when one is too short', { currentKeyId: 'a', keys: { a: current.subarray(1) } }],
    ['when an id could be confused', { currentKeyId: 'a.b', keys: { 'a.b': current } }],
  ])('%s', (_, options) => {
    expect(() => createEnvelope(options)).toThrow(TypeError)
  })
})

test('what was sealed opens again, bytes and text, and never looks the same twice', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), fc.string(), (value, context) => {
      const opened = envelope.open(envelope.seal(value, context), context)
      expect(opened.ok && [...opened.value]).toEqual([...value])
    }),
  )
  expect(envelope.seal('x', 'y')).not.toBe(envelope.seal('x', 'y'))
})

test('values under an older key still open, and ask to be sealed anew', () => {
  const older = before.seal('seed', 'method:1:seed')
  const opened = envelope.open(older, 'method:1:seed')
  expect(opened.ok && opened.value.toString()).toBe('seed')
  expect(envelope.needsRotation(older)).toBe(true)
  expect(envelope.needsRotation(sealed)).toBe(false)
})
