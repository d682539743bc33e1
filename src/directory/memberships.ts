import { bytesOf, type Entry } from './entry.ts'
import { sidToString } from './sid.ts'

/** Who an account is to access rights: itself, and every group that it belongs to. */
export type Memberships = {
  readonly sid: string
  /** Every group that the account belongs to, nested ones and the primary one too. */
  readonly groupSids: readonly string[]
}

/** What `membershipsOf` reads. Groups are computed in a search of the one entry alone. */
export const membershipAttributes = ['objectSid', 'tokenGroups']

/**
 * The memberships of an entry ([MS-ADTS] 3.1.1.4.5.19).
 *
 * @returns null when they may not be read. SECURITY: everybody has a primary group, so an empty list
 *   means "may not be read", not "none"
 */
export function membershipsOf(entry: Entry): Memberships | null {
  const sid = sidToString(bytesOf(entry, 'objectSid')[0] ?? Buffer.alloc(0))
  const groupSids = bytesOf(entry, 'tokenGroups').map(sidToString)
  const areRead = groupSids.length > 0 && groupSids.every((group) => group !== null)
  return sid === null || !areRead ? null : { sid, groupSids }
}
