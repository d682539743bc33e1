import type { IneligibleReason } from '../../contract/problems.ts'
import { err, ok, type Result } from '../../contract/result.ts'
import {
  type DirectoryConnection,
  type DirectoryError,
  type ListedUser,
  listUsers,
  nameByGuid,
  readAccountFacts,
} from '../../directory/index.ts'
import type { Person } from '../domain/policy/decide.ts'
import { ineligibleReason } from './eligibility.ts'

/** Somebody below an enabled OU, with all that a policy can tell people apart by. */
export type ListedPerson = Person & {
  readonly accountId: string
  readonly accountName: string
  readonly ineligible: IneligibleReason | null
  readonly mail: string | null
  readonly mobile: string | null
}

/** Reads under way at once, on one connection: groups are computed for one account a time. */
const readsAtOnce = 12

/**
 * Everybody below the enabled OUs. One read each, since AD computes nested groups for one object only
 * ([MS-ADTS] 3.1.1.4.5.19): some seconds for a few thousand people.
 *
 * @param onRead - how many have been read, and of how many
 */
export async function listPeople(
  connection: DirectoryConnection,
  enabledOus: readonly string[],
  now: number,
  onRead: (read: number, all: number) => void = () => {},
): Promise<Result<ListedPerson[], DirectoryError>> {
  const users = new Map<string, ListedUser>()
  for (const ou of enabledOus) {
    const listed = await listUsers(connection, ou)
    if (!listed.ok) return listed
    for (const user of listed.value) users.set(user.objectGuid, user)
  }
  const waiting = [...users.values()]
  const people: ListedPerson[] = []
  const all = waiting.length
  let fault: DirectoryError | null = null
  const work = async () => {
    for (let user = waiting.pop(); user !== undefined && fault === null; user = waiting.pop()) {
      const read = await readPerson(connection, user, enabledOus, now)
      if (!read.ok) fault = read.error
      else if (read.value !== null) people.push(read.value)
      onRead(all - waiting.length, all)
    }
  }
  await Promise.all(Array.from({ length: readsAtOnce }, work))
  if (fault !== null) return err(fault)
  return ok(people.sort((one, other) => (one.accountName < other.accountName ? -1 : 1)))
}

/** Null for somebody who was removed meanwhile. */
async function readPerson(
  connection: DirectoryConnection,
  { objectGuid, mobile }: ListedUser,
  enabledOus: readonly string[],
  now: number,
): Promise<Result<ListedPerson | null, DirectoryError>> {
  const facts = await readAccountFacts(connection, { dn: nameByGuid(objectGuid) }, now)
  if (!facts.ok) return facts.error.code === 'not_found' ? ok(null) : facts
  const { dn, sid, groupSids, sAMAccountName, mail } = facts.value
  return ok({
    ...{ accountId: objectGuid, accountName: sAMAccountName },
    ...{ dn, sid, groupSids, mail, mobile },
    ineligible: ineligibleReason(facts.value, enabledOus),
  })
}
