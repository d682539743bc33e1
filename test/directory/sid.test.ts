import { expect, test } from 'vitest'
import { sidToString } from '../../src/directory/sid.ts'

const hex = (text: string) => Buffer.from(text, 'hex')

test.each([
  ['nothing', ''],
  ['another revision', '020100000000000100000000'],
  ['cut short', '0105000000000005150000'],
  ['longer than it says', '01010000000000010000000000000000'],
  ['more than 15 parts', `0110${'00'.repeat(6 + 64)}`],
])('refuses %s', (_, bytes) => {
  expect(sidToString(hex(bytes))).toBeNull()
})

// [MS-DTYP] 2.4.2.4 (well-known SIDs), and the domain account of Microsoft's "Security identifiers".
test.each([
  ['010100000000000100000000', 'S-1-1-0'],
  ['01010000000000050a000000', 'S-1-5-10'],
  ['01020000000000052000000020020000', 'S-1-5-32-544'],
  [
    '010500000000000515000000a065cf7e784b9b5fe77c8770091c0100',
    'S-1-5-21-2127521184-1604012920-1887927527-72713',
  ],
])('reads %s', (bytes, text) => {
  expect(sidToString(hex(bytes))).toBe(text)
})
