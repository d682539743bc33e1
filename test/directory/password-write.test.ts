import { describe, expect, test } from 'vitest'
import { passwordWriteOf } from '../../src/directory/password-write.ts'

const origin = '767d322e0899804e813034ec87d30a0c'
const unicodePwd = 0x9005a

function item(attribute: number, version: number, usn: bigint): Buffer {
  const bytes = Buffer.alloc(48)
  bytes.writeUInt32LE(attribute, 0)
  bytes.writeUInt32LE(version, 4)
  Buffer.from(origin, 'hex').copy(bytes, 16)
  bytes.writeBigUInt64LE(usn, 32)
  return bytes
}

function entryWith(count: number, items: Buffer[], version = 1) {
  const header = Buffer.alloc(16)
  header.writeUInt32LE(version, 0)
  header.writeUInt32LE(count, 8)
  return entryOf(Buffer.concat([header, ...items]))
}

function entryOf(bytes: Buffer | undefined) {
  const values = bytes === undefined ? [] : [['replpropertymetadata', [bytes]] as const]
  return { dn: 'CN=erika', values: new Map(values) }
}

describe('names no write', () => {
  const items = [item(3, 1, 7n), item(unicodePwd, 5, 4711n)]
  test.each([
    ['the attribute may not be read', entryOf(undefined)],
    ['it is empty', entryOf(Buffer.alloc(0))],
    ['it is of another version', entryWith(2, items, 2)],
    ['it is cut off', entryWith(3, items)],
    ['it claims to be endless', entryWith(0xffffffff, items)],
    ['there was never a password', entryWith(1, [item(3, 1, 7n)])],
  ])('when %s', (_, entry) => {
    expect(passwordWriteOf(entry)).toBeNull()
  })
})

test('names the write by version, origin and counter', () => {
  const entry = entryWith(2, [item(3, 1, 7n), item(unicodePwd, 5, 4711n)])
  expect(passwordWriteOf(entry)).toBe(`5.${origin}.4711`)
})
