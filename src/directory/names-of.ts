import { ok, type Result } from '../contract/result.ts'
import type { DirectoryConnection } from './connection.ts'
import { textOf } from './entry.ts'
import type { DirectoryError } from './errors.ts'

/** Names an object by its security identifier ([MS-ADTS] 3.1.1.3.1.2.4). */
export function nameBySid(sid: string): string {
  return `<SID=${sid}>`
}

const attributes = ['sAMAccountName', 'cn', 'name', 'distinguishedName']

/**
 * What an object is called in the directory.
 *
 * @param dn - a distinguished name, or what `nameBySid` makes
 * @returns null when there is none
 */
export async function namesOf(
  connection: DirectoryConnection,
  dn: string,
): Promise<Result<readonly string[] | null, DirectoryError>> {
  const found = await connection.search({ base: dn, attributes })
  if (!found.ok) return isAbsent(found.error) ? ok(null) : found
  const [entry] = found.value
  if (entry === undefined) return ok(null)
  return ok([entry.dn, ...attributes.flatMap((attribute) => textOf(entry, attribute) ?? [])])
}

/** Also what is in another domain, and what is no distinguished name (RFC 4511 appendix A: 34). */
function isAbsent({ code, detail }: DirectoryError): boolean {
  return code === 'not_found' || code === 'referral' || detail.startsWith('LDAP 34:')
}
