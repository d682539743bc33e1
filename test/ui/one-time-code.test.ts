import { expect, it } from 'vitest'
import { codeDigits, looksLikeCode } from '../../src/ui/OneTimeCodeField.tsx'

it.each(['', '12345', '123456789', '12345a', '½23456', '１２３４５６', '123456x'])(
  'does not send %j anywhere',
  (typed) => {
    expect(looksLikeCode(typed)).toBe(false)
  },
)

it.each(['123456', '123 456', '123-456', ' 12345678 '])('takes %j as people type it', (typed) => {
  expect(looksLikeCode(typed)).toBe(true)
  expect(codeDigits(typed)).toMatch(/^\d{6,8}$/)
})
