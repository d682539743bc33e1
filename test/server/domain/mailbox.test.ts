import { describe, expect, it } from 'vitest'
import { isSameMailbox, maskAddress } from '../../../src/server/domain/mailbox.ts'

describe('the same mailbox in another spelling is recognised', () => {
  it.each([
    ['ada@example.com', 'Ada@Example.COM'],
    ['ada@example.com', 'ada+reset@example.com'],
    ['ada@example.com', ' ada@example.com '],
    ['ada+work@example.com', 'ada+home@example.com'],
    ['ada@müller.example', 'ada@xn--mller-kva.example'],
    ['ada@XN--MLLER-KVA.example', 'ada@MÜLLER.example'],
  ])('%s and %s', (one, other) => {
    expect(isSameMailbox(one, other)).toBe(true)
  })
})

it.each([
  ['ada@example.com', 'ada@example.org'],
  ['ada@example.com', 'adam@example.com'],
  ['ada@example.com', 'ada@mail.example.com'],
  ['ada@müller.example', 'ada@muller.example'],
])('%s and %s are different', (one, other) => {
  expect(isSameMailbox(one, other)).toBe(false)
})

it('a mask keeps the first letter and the domain', () => {
  expect(maskAddress('ada.lovelace@example.com')).toBe('a•••@example.com')
  expect(maskAddress('a@example.com')).toBe('a•••@example.com')
})
