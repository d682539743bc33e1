/**
 * Names an object by its GUID wherever a distinguished name is asked for ([MS-ADTS] 3.1.1.3.1.2.4): it
 * stays the same object when it is moved or renamed, and nobody else can take its place.
 *
 * @param objectGuid - as `guidToString` writes it
 */
export function nameByGuid(objectGuid: string): string {
  return `<GUID=${objectGuid}>`
}

/**
 * A GUID in its string form, lower case ([MS-DTYP] 2.3.4.2 and 2.3.4.3): the first three groups are
 * stored little-endian, the last two as they are read.
 *
 * @returns null when there are not 16 bytes
 */
export function guidToString(bytes: Buffer): string | null {
  if (bytes.length !== 16) return null
  const swapped = Buffer.from(bytes)
  swapped.subarray(0, 4).swap32()
  swapped.subarray(4, 6).swap16()
  swapped.subarray(6, 8).swap16()
  const hex = swapped.toString('hex')
  const groups = [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20)]
  return [...groups, hex.slice(20)].join('-')
}
