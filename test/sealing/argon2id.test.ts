import { describe, expect, test } from 'vitest'
import { hashCode, verifyCode } from '../../src/sealing/argon2id.ts'

const pepper = Buffer.alloc(32, 1)
const stored = await hashCode('042917', pepper)

describe('a code is refused', () => {
  test('when it is another', async () => {
    expect(await verifyCode(stored, '042918', pepper)).toBe(false)
  })

  test('with another pepper: a stolen table alone cannot be searched', async () => {
    expect(await verifyCode(stored, '042917', Buffer.alloc(32, 2))).toBe(false)
  })

  test.each([
    ['nothing', ''],
    ['another algorithm', stored.replace('argon2id', 'argon2i')],
    ['a cost beyond reason', stored.replace('m=19456', 'm=4194304')],
    ['too many passes', stored.replace('t=2', 't=99')],
    ['a cut tag', stored.slice(0, -1)],
  ])('when the stored hash is %s', async (_, text) => {
    expect(await verifyCode(text, '042917', pepper)).toBe(false)
  })
})

test('the right code is accepted, and the stored form says how it was made', async () => {
  expect(await verifyCode(stored, '042917', pepper)).toBe(true)
  expect(stored).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/)
  expect(await hashCode('042917', pepper)).not.toBe(stored)
})

test('the published hash of the reference implementation is understood', async () => {
  const reference =
    '$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc'
  expect(await verifyCode(reference, 'password', Buffer.alloc(0))).toBe(true)
  expect(await verifyCode(reference, 'passwore', Buffer.alloc(0))).toBe(false)
})
