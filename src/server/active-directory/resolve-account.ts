import { err, ok, type Result } from '../../contract/result.ts'
import {
  type DirectoryConnection,
  type DirectoryError,
  findUser,
  mailAddressesAmong,
  membershipAttributes,
  membershipsOf,
} from '../../directory/index.ts'
import type { FoundAccount } from '../domain/ports/directory.ts'
import { mailboxesOf } from './mailboxes.ts'
import type { ActiveDirectoryOptions } from './options.ts'

const attributes = [
  ...['sAMAccountName', 'userPrincipalName', 'displayName', 'mail', 'proxyAddresses', 'mobile'],
  ...membershipAttributes,
]

/**
 * Who is meant by a typed name. Always one search and one read: of the account, or, for a stranger, of
 * the domain itself (P6).
 *
 * @returns null for nobody and for more than one
 */
export async function resolveAccount(
  connection: DirectoryConnection,
  accountTyped: string,
  options: Pick<ActiveDirectoryOptions, 'baseDn' | 'domain' | 'netbiosName'>,
): Promise<Result<FoundAccount | null, DirectoryError>> {
  const { baseDn, domain, netbiosName } = options
  const found = await findUser(connection, accountTyped, { baseDn, domains: [netbiosName, domain] })
  if (!found.ok && found.error.code !== 'not_found' && found.error.code !== 'ambiguous') {
    return found
  }
  const dn = found.ok ? found.value.dn : baseDn
  const read = await connection.search({ base: dn, attributes })
  if (!read.ok) return read.error.code === 'not_found' ? ok(null) : err(read.error)
  const [entry] = read.value
  if (!found.ok || !entry) return ok(null)
  const texts = (name: string) => (entry.values.get(name.toLowerCase()) ?? []).map(String)
  const text = (name: string) => texts(name)[0] ?? null
  const accountName = text('sAMAccountName')
  if (accountName === null) return ok(null)
  const mail = text('mail')
  const names = { sAMAccountName: accountName, userPrincipalName: text('userPrincipalName'), mail }
  const proxyAddresses = mailAddressesAmong(texts('proxyAddresses'))
  return ok({
    accountId: found.value.objectGuid,
    dn,
    accountName,
    displayName: text('displayName') ?? accountName,
    mail,
    mailboxes: mailboxesOf({ ...names, proxyAddresses }, domain),
    mobile: text('mobile'),
    // Of nobody who may not be read anything is ever written: that is asked anew, and refused, then.
    ...(membershipsOf(entry) ?? { sid: '', groupSids: [] }),
  })
}
