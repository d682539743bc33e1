/**
 * A security identifier in its string form ([MS-DTYP] 2.4.2.1 and 2.4.2.2): `S-1-5-21-…-1104`.
 *
 * @returns null when the bytes are not a SID
 */
export function sidToString(bytes: Buffer): string | null {
  const count = bytes[1]
  if (bytes[0] !== 1 || count === undefined || count > 15 || bytes.length !== 8 + 4 * count) {
    return null
  }
  const authority = bytes.readUIntBE(2, 6)
  const parts = Array.from({ length: count }, (_, index) => bytes.readUInt32LE(8 + 4 * index))
  return ['S', 1, authority, ...parts].join('-')
}
