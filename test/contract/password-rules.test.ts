import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  checkPassword,
  forbiddenNameParts,
  meetsRules,
  type PasswordRules,
} from '../../src/contract/password-rules.ts'

const rules: PasswordRules = {
  minLength: 12,
  complexity: true,
  historyLength: 24,
  minAgeSeconds: 86_400,
  nameParts: forbiddenNameParts('adams', 'Alice Adams-Baker'),
}

const failed = (password: string, changes: Partial<PasswordRules> = {}) =>
  checkPassword({ ...rules, ...changes }, password)
    .filter((check) => !check.passed)
    .map((check) => check.rule)

describe('a password is refused', () => {
  it.each([
    ['Short-1', ['min_length']],
    ['only lower case letters', ['complexity']],
    ['lower and 123 digits'.replaceAll(' ', 'x'), ['complexity']],
    ['Correct-ADAMS-horse-1', ['no_name']],
    ['my-Oven-99-bread', []],
    ['The-Baker-Street-9', ['no_name']],
    [`A1-${'x'.repeat(260)}`, ['max_length']],
    ['', ['min_length', 'complexity']],
  ])('%j breaks %j', (password, expected) => {
    expect(failed(password)).toEqual(expected)
  })

  it('counts UTF-16 code units as the directory does, one short of the minimum', () => {
    expect(failed('😀😀😀😀😀A', { complexity: false })).toEqual(['min_length'])
    expect(failed('😀😀😀😀😀😀', { complexity: false })).toEqual([])
  })
})

describe('complexity', () => {
  it.each([
    'Passphrase-with-dash',
    'four Words, no digit',
    'Grüße an alle Lüneburger!',
    '漢字漢字漢字漢字漢字Aa',
    'UPPER lower 12345',
  ])('is met by three categories: %j', (password) => {
    expect(meetsRules(rules, password)).toBe(true)
  })

  it('is not asked where the domain does not ask it, and then names are allowed too', () => {
    expect(failed('aliceadamsalice', { complexity: false })).toEqual([])
  })
})

describe('name parts', () => {
  it('leaves out what is shorter than three characters, as the directory does', () => {
    expect(forbiddenNameParts('jo', 'Jo de la Cruz')).toEqual(['cruz'])
  })

  it('splits the display name at every delimiter of the directory', () => {
    expect(forbiddenNameParts('x1y2', 'One,Two.Three-Four_Five Six#Seven\tEight')).toEqual([
      'x1y2',
      'one',
      'two',
      'three',
      'four',
      'five',
      'six',
      'seven',
      'eight',
    ])
  })
})

describe('for any password', () => {
  it('nothing is trimmed: surrounding spaces count', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 100 }), (password) => {
        const length = password.length
        expect(failed(password, { complexity: false, minLength: length })).toEqual([])
        expect(failed(password, { complexity: false, minLength: length + 1 })).toEqual([
          'min_length',
        ])
      }),
    )
  })

  it('a longer minimum never accepts what a shorter one refused', () => {
    fc.assert(
      fc.property(fc.string(), fc.nat(40), fc.nat(40), (password, one, other) => {
        const [short, long] = [Math.min(one, other), Math.max(one, other)]
        if (meetsRules({ ...rules, minLength: long }, password)) {
          expect(meetsRules({ ...rules, minLength: short }, password)).toBe(true)
        }
      }),
    )
  })
})
