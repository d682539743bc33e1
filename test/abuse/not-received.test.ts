import { randomBytes } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { findSecret, formsOf } from './not-received-forms.ts'

const secret = 'Grüße & 100 % "Käse" + Öl \\ 7 <ok> 🙂'
const noise = () => randomBytes(1 + Math.floor(Math.random() * 5000))

/** The search is only worth something if it finds what is there. */
describe('the search for a secret', () => {
  test('finds nothing in noise, nor another secret', () => {
    expect(findSecret(noise(), secret)).toEqual([])
    expect(findSecret(Buffer.from(`${secret} and more`), `${secret}!`)).toEqual([])
  })

  test.each(formsOf(secret))('finds $name in the middle of noise', ({ name, bytes }) => {
    expect(findSecret(Buffer.concat([noise(), bytes, noise()]), secret)).toContain(name)
  })

  test.each([0, 1, 2, 3, 4, 5])('finds base64 of it with %i bytes before', (before) => {
    for (const encoding of ['base64', 'base64url'] as const) {
      for (const text of ['utf8', 'utf16le'] as const) {
        const bytes = [randomBytes(before), Buffer.from(secret, text), randomBytes(40)]
        const wrapped = Buffer.from(`{"x":"${Buffer.concat(bytes).toString(encoding)}"}`)
        expect(findSecret(wrapped, secret)).not.toEqual([])
      }
    }
  })

  test('finds what JSON, forms and addresses make of it', () => {
    const made = [
      JSON.stringify({ password: secret }),
      JSON.stringify({ body: JSON.stringify({ password: secret }) }),
      new URLSearchParams({ password: secret }).toString(),
      `https://example.com/?password=${encodeURIComponent(secret)}`,
    ]
    for (const text of made) expect(findSecret(Buffer.from(text), secret)).not.toEqual([])
  })
})
