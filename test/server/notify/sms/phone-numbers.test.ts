import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createPhoneNumbers } from '../../../../src/server/notify/sms/phone-numbers.ts'

const german = createPhoneNumbers({ defaultCountry: 'DE', countries: ['DE'] })
const many = createPhoneNumbers({ defaultCountry: 'DE', countries: ['DE', 'GB', 'US'] })

describe('no message goes', () => {
  test.each([
    ['to a country that is not listed', '+43 664 1234567'],
    ['to an island that shares the calling code of one that is', '+1 876 555 0123'],
    ['to an island beside the United Kingdom', '+44 7624 123456'],
    ['to a satellite', '+881 6 12345678'],
    ['to a premium number', '0900 1234567'],
    ['to a shared-cost number', '0180 5 123456'],
    ['to a toll-free number', '0800 1234567'],
    ['to a personal number', '+44 70 1234 5678'],
    ['to a pager', '+44 7640 123456'],
    ['to a fixed line', '+49 30 1234567'],
  ])('%s', (_, typed) => {
    expect(many.read(typed)).toEqual({ ok: false, error: { code: 'not_allowed' } })
  })

  test('anywhere, where nothing is configured', () => {
    const nowhere = createPhoneNumbers({ defaultCountry: null, countries: [] })
    expect(nowhere.read('+49 170 1234567').ok).toBe(false)
    expect(nowhere.read('0170 1234567')).toMatchObject({ error: { code: 'malformed' } })
  })
})

test.each([
  '',
  'hello',
  '12',
  '+4917012345',
  '+49 1701234567890',
  'tel 0170 1234567',
  '0170 1234567 and more',
  '+49 170 1234567;ext=5',
  '+49 170 1234567\nBcc: +49 900 1234567',
  '0170 1234567, 0170 7654321',
])('%j is no number', (typed) => {
  expect(german.read(typed)).toEqual({ ok: false, error: { code: 'malformed' } })
})

test.each(['0170 1234567', '(0170) 123-45-67', '0049 170 1234567', '+49 (0) 170 1234567'])(
  '%s is one number, however it is written',
  (typed) => {
    const value = { e164: '+491701234567', prefix: '49', readable: '+49 170 1234567' }
    expect(german.read(typed)).toEqual({ ok: true, value })
  },
)

test('numbers of listed countries are taken, also where mobile and fixed lines look alike', () => {
  expect(many.read('+44 7400 123456')).toMatchObject({ value: { prefix: '44' } })
  expect(many.read('+1 201 555 0123')).toMatchObject({ value: { prefix: '1' } })
})

test('a mask shows where it is and how it ends, and nothing between', () => {
  const read = german.read('0170 1234512')
  expect(read.ok && german.mask(read.value)).toBe('+49 ••• ••12')
})

test('whatever is typed, what is taken is a German mobile number in E.164 that reads back the same', () => {
  const digits = fc.string({ unit: fc.constantFrom(...'0123456789+ -()/.;,ab\n'), maxLength: 24 })
  fc.assert(
    fc.property(fc.oneof(fc.string(), digits), (typed) => {
      const read = german.read(typed)
      if (!read.ok) return
      expect(read.value.e164).toMatch(/^\+491[5-7]\d{8,10}$/)
      expect(german.read(read.value.e164)).toEqual(read)
    }),
    { numRuns: 2000 },
  )
})
