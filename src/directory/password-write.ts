import { bytesOf, type Entry } from './entry.ts'

/** Attribute that holds where each attribute of an object was written last. */
export const replicationMetadata = 'replPropertyMetaData'

/** `unicodePwd`, 1.2.840.113556.1.4.90, as an ATTRTYP ([MS-DRSR] 5.16.4). */
const unicodePwd = 0x9005a

const headerLength = 16
const itemLength = 48

/**
 * Which write of the password is in place: its version, and the database and the counter of the domain
 * controller that made it. The same on every controller, and another one after each reset or change,
 * whatever became of `pwdLastSet`.
 *
 * The layout is PROPERTY_META_DATA_VECTOR ([MS-DRSR] 5.162), little-endian.
 *
 * @returns null when the attribute may not be read, or is not laid out as expected
 */
export function passwordWriteOf(entry: Entry): string | null {
  const bytes = bytesOf(entry, replicationMetadata)[0]
  if (bytes === undefined || bytes.length < headerLength || bytes.readUInt32LE(0) !== 1) return null
  const end = headerLength + bytes.readUInt32LE(8) * itemLength
  if (bytes.length < end) return null
  for (let at = headerLength; at < end; at += itemLength) {
    if (bytes.readUInt32LE(at) !== unicodePwd) continue
    const version = bytes.readUInt32LE(at + 4)
    const origin = bytes.toString('hex', at + 16, at + 32)
    return `${version}.${origin}.${bytes.readBigUInt64LE(at + 32)}`
  }
  return null
}
