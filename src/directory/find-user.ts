import { AndFilter, EqualityFilter, type Filter, OrFilter } from 'ldapts'
import { err, ok, type Result } from '../contract/result.ts'
import type { DirectoryConnection } from './connection.ts'
import { bytesOf } from './entry.ts'
import { type DirectoryError, directoryError } from './errors.ts'
import { guidToString } from './guid.ts'

/** A user, by the two names that stay valid: the place in the tree, and the GUID that never changes. */
export type FoundUser = { readonly dn: string; readonly objectGuid: string }

export type FindOptions = {
  /** Where to search: the domain, or one OU. */
  readonly baseDn: string
  /** What may stand before `\` or after `@` for this domain: its NetBIOS name and its DNS name. */
  readonly domains: readonly string[]
}

/** No attribute that we compare with is longer (userPrincipalName: 1024, but nobody types that). */
const maxNameLength = 256
/** No sAMAccountName holds a backslash. Searched for all the same: a miss costs what a hit does (P6). */
const nobody = '\\'

/**
 * Finds the one user whom a typed name means: `name`, `DOMAIN\name`, a user principal name or a mail
 * address. The case does not matter.
 *
 * @returns `not_found` for nobody, `ambiguous` for more than one: never a guess
 */
export async function findUser(
  connection: DirectoryConnection,
  name: string,
  options: FindOptions,
): Promise<Result<FoundUser, DirectoryError>> {
  const found = await connection.search({
    base: options.baseDn,
    scope: 'sub',
    filter: userFilter(name, options.domains),
    attributes: ['objectGUID'],
    sizeLimit: 2,
  })
  if (!found.ok) return found
  const [user, another] = found.value
  if (!user) return err(directoryError('not_found', 'no user has this name'))
  if (another) return err(directoryError('ambiguous', 'more than one user has this name'))
  const objectGuid = guidToString(bytesOf(user, 'objectGUID')[0] ?? Buffer.alloc(0))
  if (!objectGuid) return err(directoryError('protocol_error', 'a user without objectGUID'))
  return ok({ dn: user.dn, objectGuid })
}

/**
 * The search for a typed name. What was typed becomes the value of an equality test and is sent as
 * bytes: there is no filter text that it could break out of.
 */
export function userFilter(name: string, domains: readonly string[]): Filter {
  const person = [equal('objectCategory', 'person'), equal('objectClass', 'user')]
  return new AndFilter({ filters: [...person, nameFilter(name, domains)] })
}

function nameFilter(name: string, domains: readonly string[]): Filter {
  if (!mayBeName(name)) return equal('sAMAccountName', nobody)
  const backslash = name.indexOf('\\')
  if (backslash >= 0) {
    const known = isOneOf(domains, name.slice(0, backslash))
    return equal('sAMAccountName', known ? name.slice(backslash + 1) : nobody)
  }
  const at = name.lastIndexOf('@')
  if (at < 0) return equal('sAMAccountName', name)
  const filters = [equal('userPrincipalName', name), equal('mail', name)]
  // Every account also has the implicit name account@domain ([MS-ADTS] 5.1.1.1.1).
  if (isOneOf(domains, name.slice(at + 1))) filters.push(equal('sAMAccountName', name.slice(0, at)))
  return new OrFilter({ filters })
}

function mayBeName(name: string): boolean {
  // Control characters: some servers take NUL for the end of the value and would find a shorter name.
  return name !== '' && name.length <= maxNameLength && !/\p{Control}/u.test(name)
}

function equal(attribute: string, value: string): EqualityFilter {
  return new EqualityFilter({ attribute, value })
}

function isOneOf(domains: readonly string[], domain: string): boolean {
  return domains.some((known) => known.toLowerCase() === domain.toLowerCase())
}
