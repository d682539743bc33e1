import { guidToString } from './guid.ts'
import { sidToString } from './sid.ts'

/** One entry of a discretionary access list ([MS-DTYP] 2.4.4), as far as rights are concerned. */
export type AccessEntry = {
  readonly allows: boolean
  readonly mask: number
  /** The right, attribute or property set that it is limited to; null: it is not. */
  readonly objectType: string | null
  readonly trustee: string | null
}

const allowTypes = [0x00, 0x05]
const denyTypes = [0x01, 0x06]
const objectTypes = [0x05, 0x06]
const inheritOnly = 0x08

/** RIGHT_DS_CONTROL_ACCESS: grants or denies extended rights ([MS-ADTS] 5.1.3.2). */
const controlAccess = 0x100

/**
 * Whether an entry grants or denies an extended right to one of the SIDs.
 *
 * @param right - the right's GUID, lower case; an entry without an object type speaks of all of them
 */
export function concernsRight(
  { mask, objectType, trustee }: AccessEntry,
  right: string,
  sids: readonly string[],
): boolean {
  const isOfRight = objectType === null || objectType === right
  return (mask & controlAccess) !== 0 && isOfRight && trustee !== null && sids.includes(trustee)
}

/**
 * The entries of a self-relative security descriptor that apply to the object itself, in their order.
 *
 * @returns null when the descriptor is missing or not understood, `everything` when there is no list:
 *   then everybody may do everything
 */
export function accessEntries(
  descriptor: Buffer | undefined,
): readonly AccessEntry[] | 'everything' | null {
  if (!descriptor || descriptor.length < 20) return null
  const listAt = descriptor.readUInt32LE(16)
  if (listAt === 0) return 'everything'
  if (listAt + 8 > descriptor.length) return null
  const entries: AccessEntry[] = []
  let at = listAt + 8
  for (let left = descriptor.readUInt16LE(listAt + 4); left > 0; left -= 1) {
    if (at + 8 > descriptor.length) return null
    const size = descriptor.readUInt16LE(at + 2)
    if (size < 16 || at + size > descriptor.length) return null
    const entry = readEntry(descriptor.subarray(at, at + size))
    if (entry) entries.push(entry)
    at += size
  }
  return entries
}

function readEntry(bytes: Buffer): AccessEntry | null {
  const [type = 0, flags = 0] = bytes
  const allows = allowTypes.includes(type)
  if ((flags & inheritOnly) !== 0 || !(allows || denyTypes.includes(type))) return null
  const mask = bytes.readUInt32LE(4)
  if (!objectTypes.includes(type)) {
    return { allows, mask, objectType: null, trustee: sidToString(bytes.subarray(8)) }
  }
  const present = bytes.readUInt32LE(8)
  const hasObject = (present & 1) !== 0
  const objectType = hasObject ? guidToString(bytes.subarray(12, 28)) : null
  const sidAt = 12 + (hasObject ? 16 : 0) + ((present & 2) !== 0 ? 16 : 0)
  return { allows, mask, objectType, trustee: sidToString(bytes.subarray(sidAt)) }
}
