import fc from 'fast-check'
import { expect, test } from 'vitest'
import { encodePassword } from '../../src/directory/write-password.ts'

test.each([
  ['an empty password', '', 'empty_password'],
  ['half a surrogate pair', 'abc\ud800def', 'password_refused'],
  ['NUL', 'abc\0def', 'password_refused'],
])('refuses %s', (_, password, code) => {
  expect(encodePassword(password)).toMatchObject({ ok: false, error: { code } })
})

test('writes "newPassword" as the example of Microsoft’s article 263991 does', () => {
  const encoded = encodePassword('newPassword')
  expect(encoded.ok && encoded.value.toString('base64')).toBe(
    'IgBuAGUAdwBQAGEAcwBzAHcAbwByAGQAIgA=',
  )
})

test('keeps every other password exactly as it was typed', () => {
  const unit = fc.string({ unit: 'binary', minLength: 1 }).filter((text) => !text.includes('\0'))
  fc.assert(
    fc.property(unit, (password) => {
      const encoded = encodePassword(password)
      expect(encoded.ok && encoded.value.toString('utf16le')).toBe(`"${password}"`)
    }),
  )
})
