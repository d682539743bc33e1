import { AndFilter, EqualityFilter } from 'ldapts'
import { err, ok, type Result } from '../contract/result.ts'
import { type AccessEntry, accessEntries, concernsRight } from './access-list.ts'
import type { DirectoryConnection } from './connection.ts'
import { bytesOf, textsOf } from './entry.ts'
import { type DirectoryError, directoryError } from './errors.ts'
import { discretionaryAclControl } from './security-descriptor.ts'

/** What an account may do to the password of one user. */
export type DelegatedRights = {
  /** The user that was looked at. */
  readonly dn: string
  /** Null when the access list may not be read. */
  readonly resetPassword: boolean | null
  readonly writePwdLastSet: boolean
  readonly writeLockoutTime: boolean
}

/** The extended right Reset Password ([MS-ADTS] 5.1.3.2.1). */
const resetPassword = '00299570-246d-11d0-a768-00aa006e0529'
/** SIDs that stand for everybody who has signed in, without being listed in `tokenGroups`. */
const everybody = ['S-1-1-0', 'S-1-5-11']

/**
 * Reads what the account of this connection may do to the users of an OU, on the first one found. It
 * only reads: nothing is tried.
 *
 * @param accountSids the account's own SID and those of its groups
 * @returns null when nobody is below the OU
 */
export async function readDelegatedRights(
  connection: DirectoryConnection,
  ou: string,
  accountSids: readonly string[],
): Promise<Result<DelegatedRights | null, DirectoryError>> {
  const filters = [
    new EqualityFilter({ attribute: 'objectCategory', value: 'person' }),
    new EqualityFilter({ attribute: 'objectClass', value: 'user' }),
  ]
  const found = await connection.search({
    base: ou,
    scope: 'sub',
    filter: new AndFilter({ filters }),
    attributes: ['distinguishedName'],
    sizeLimit: 1,
  })
  if (!found.ok) return found
  const [first] = found.value
  if (!first) return ok(null)
  const read = await connection.search({
    base: first.dn,
    // Constructed for the account that asks ([MS-ADTS] 3.1.1.4.5.22).
    attributes: ['nTSecurityDescriptor', 'allowedAttributesEffective'],
    control: discretionaryAclControl(),
  })
  if (!read.ok) return read
  const [user] = read.value
  if (!user) return err(directoryError('not_found', `nothing at ${first.dn}`))
  const writable = textsOf(user, 'allowedAttributesEffective').map((name) => name.toLowerCase())
  const entries = accessEntries(bytesOf(user, 'nTSecurityDescriptor')[0])
  return ok({
    dn: first.dn,
    resetPassword: entries === null ? null : mayReset(entries, [...accountSids, ...everybody]),
    writePwdLastSet: writable.includes('pwdlastset'),
    writeLockoutTime: writable.includes('lockouttime'),
  })
}

/** The first entry that speaks of the right to one of the SIDs decides ([MS-ADTS] 5.1.3.3.4). */
function mayReset(
  entries: readonly AccessEntry[] | 'everything',
  sids: readonly string[],
): boolean {
  if (entries === 'everything') return true
  const deciding = entries.find((entry) => concernsRight(entry, resetPassword, sids))
  return deciding?.allows ?? false
}
