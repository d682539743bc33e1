import { AndFilter, EqualityFilter } from 'ldapts'
import { ok, type Result } from '../contract/result.ts'
import type { DirectoryConnection } from './connection.ts'
import { bytesOf, textOf } from './entry.ts'
import type { DirectoryError } from './errors.ts'
import { guidToString } from './guid.ts'

export type ListedUser = {
  readonly dn: string
  readonly objectGuid: string
  /** As somebody typed it there. */
  readonly mobile: string | null
}

/**
 * Everybody below a container, in pages.
 *
 * @param base - distinguished name of the container
 */
export async function listUsers(
  connection: DirectoryConnection,
  base: string,
): Promise<Result<ListedUser[], DirectoryError>> {
  const equal = (attribute: string, value: string) => new EqualityFilter({ attribute, value })
  const found = await connection.search({
    ...{ base, scope: 'sub', paged: true },
    filter: new AndFilter({
      filters: [equal('objectCategory', 'person'), equal('objectClass', 'user')],
    }),
    attributes: ['objectGUID', 'mobile'],
  })
  if (!found.ok) return found
  return ok(
    found.value.flatMap((entry) => {
      const objectGuid = guidToString(bytesOf(entry, 'objectGUID')[0] ?? Buffer.alloc(0))
      const mobile = textOf(entry, 'mobile') ?? null
      return objectGuid === null ? [] : [{ dn: entry.dn, objectGuid, mobile }]
    }),
  )
}
