import { expect, test } from 'vitest'
import { fileTimeToMs, intervalToSeconds, parseInteger } from '../../src/directory/filetime.ts'

test.each([undefined, '', '0', '-1', '9223372036854775807', 'soon', '1e3', '0x10'])(
  'takes %j for no time at all',
  (text) => {
    expect(fileTimeToMs(text)).toBeNull()
  },
)

test.each([
  ['116444736000000000', '1970-01-01T00:00:00.000Z'],
  ['133801632000000000', '2025-01-01T00:00:00.000Z'],
  ['133801632000009999', '2025-01-01T00:00:00.000Z'],
  ['1', '1601-01-01T00:00:00.000Z'],
])('reads %s', (text, date) => {
  expect(new Date(fileTimeToMs(text) ?? Number.NaN).toISOString()).toBe(date)
})

test.each([
  [undefined, null],
  ['-9223372036854775808', null],
  ['0', 0],
  ['-864000000000', 86_400],
  ['-36288000000000', 42 * 86_400],
  ['-18000000000', 1800],
])('reads the interval %s as %s seconds', (text, seconds) => {
  expect(intervalToSeconds(text)).toBe(seconds)
})

test('reads integers of any size, and nothing else', () => {
  expect(parseInteger('9223372036854775807')).toBe(9223372036854775807n)
  expect(parseInteger('12.5')).toBeNull()
  expect(parseInteger(' 1')).toBeNull()
})
