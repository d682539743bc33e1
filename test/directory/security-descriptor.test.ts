import fc from 'fast-check'
import { expect, test } from 'vitest'
import { deniesPasswordChange } from '../../src/directory/security-descriptor.ts'

const account = 'S-1-5-21-2127521184-1604012920-1887927527-72713'
const accountSid = '010500000000000515000000a065cf7e784b9b5fe77c8770091c0100'
const everyone = '010100000000000100000000'
const self = '01010000000000050a000000'
const administrators = '01020000000000052000000020020000'
const changePassword = '531a72ab2f1ed011981900aa0040529b'
const resetPassword = '709529006d24d011a76800aa006e0529'

/** One entry of the list ([MS-DTYP] 2.4.4.2 and 2.4.4.3). */
function entry(type: number, flags: number, mask: number, sid: string, right?: string): Buffer {
  const object = type === 5 || type === 6
  const head = Buffer.alloc(object ? 12 : 8)
  head.writeUInt8(type, 0)
  head.writeUInt8(flags, 1)
  head.writeUInt32LE(mask, 4)
  if (object) head.writeUInt32LE(right ? 1 : 0, 8)
  const bytes = Buffer.concat([head, Buffer.from(right ?? '', 'hex'), Buffer.from(sid, 'hex')])
  bytes.writeUInt16LE(bytes.length, 2)
  return bytes
}

/** A self-relative security descriptor with nothing but an access list ([MS-DTYP] 2.4.6). */
function descriptor(...entries: Buffer[]): Buffer {
  const head = Buffer.alloc(28)
  head.writeUInt8(1, 0)
  head.writeUInt32LE(20, 16)
  head.writeUInt16LE(entries.length, 24)
  return Buffer.concat([head, ...entries])
}

test('cannot say what it cannot read', () => {
  expect(deniesPasswordChange(undefined, account)).toBeNull()
  expect(deniesPasswordChange(Buffer.alloc(3), account)).toBeNull()
  expect(
    deniesPasswordChange(descriptor(entry(6, 0, 0x100, self)).subarray(0, 40), account),
  ).toBeNull()
})

test.each([
  ['everyone', entry(6, 0, 0x100, everyone, changePassword)],
  ['the account itself', entry(6, 0, 0x100, self, changePassword)],
  ['its own SID', entry(6, 0, 0x100, accountSid, changePassword)],
  ['every extended right, to everyone', entry(6, 0, 0x100, everyone)],
  ['everything, to everyone', entry(1, 0, 0xf01ff, everyone)],
])('finds the right denied to %s', (_, denied) => {
  const allowed = entry(5, 0, 0x100, everyone, changePassword)
  expect(deniesPasswordChange(descriptor(allowed, denied), account)).toBe(true)
})

test.each([
  ['allows', entry(5, 0, 0x100, self, changePassword)],
  ['denies another right', entry(6, 0, 0x100, everyone, resetPassword)],
  ['denies it to somebody else', entry(6, 0, 0x100, administrators, changePassword)],
  ['is only for what lies below', entry(6, 8, 0x100, everyone, changePassword)],
  ['denies only writing', entry(1, 0, 0x20, everyone)],
])('ignores an entry that %s', (_, harmless) => {
  expect(deniesPasswordChange(descriptor(harmless), account)).toBe(false)
})

test('a descriptor without a list allows everything', () => {
  expect(deniesPasswordChange(Buffer.alloc(20), account)).toBe(false)
})

test('never throws, whatever the bytes', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), fc.nat(30), (bytes, listAt) => {
      const damaged = Buffer.concat([Buffer.alloc(20), bytes])
      damaged.writeUInt32LE(listAt, 16)
      expect([true, false, null]).toContain(deniesPasswordChange(damaged, account))
    }),
  )
})
