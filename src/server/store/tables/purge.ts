import { sql } from 'kysely'
import { recoveryStates } from '../../../contract/recovery.ts'
import { isClosed } from '../../domain/recovery-machine.ts'
import type { Database } from '../schema.ts'

const hourMs = 3_600_000
const dayMs = 24 * hourMs
/** Somebody who comes back late is told "expired" rather than "unknown". */
const recoveriesKeptMs = hourMs
/** Longer than any window that can be configured. */
const limitsKeptMs = 2 * dayMs
/** Failures in a row count across windows; a month without any try ends the row. */
const failuresKeptMs = 30 * dayMs
/** Longer than any recovery that was planned with a key lives. */
const relayKeysKeptMs = dayMs
/** The helpdesk may look up for a month what it has issued; the audit log keeps it for good. */
const passesKeptMs = 30 * dayMs
/** What a phone was asked, for a workstation that asks late. */
const pushRequestsKeptMs = hourMs
/** Rows of one table in one call, so that nobody waits long behind it. */
const batchSize = 1000

const closedStates = recoveryStates.filter(isClosed)

/**
 * Removes what has outlived its use.
 *
 * @returns true when there may be more to remove
 */
export async function purge(db: Database, rowLocks: boolean, now: number): Promise<boolean> {
  const lock = rowLocks ? sql` for update skip locked` : sql``
  const passed = sql`expires_at <= ${now}`
  const idle = sql`
    blocked_until <= ${now} and window_start <= ${now - limitsKeptMs}
    and (consecutive = 0 or window_start <= ${now - failuresKeptMs})`
  const closed = sql`
    state in (${sql.join(closedStates)}) and expires_at <= ${now - recoveriesKeptMs}`
  const retired = sql`retired_at <= ${now - relayKeysKeptMs}`
  // A temporary pass whose time is over proves nothing, and its method goes; its codes go with that.
  const overPasses = sql`
    kind = 'temporaryPass' and id in (select method_id from written_codes where ${passed})`
  const oldPasses = sql`expires_at <= ${now - passesKeptMs}`
  const asked = sql`expires_at <= ${now - pushRequestsKeptMs}`
  const rounds = [
    { table: 'limits', key: ['key'], condition: idle },
    { table: 'recoveries', key: ['id'], condition: closed },
    { table: 'challenges', key: ['subject'], condition: passed },
    { table: 'push_requests', key: ['id'], condition: asked },
    { table: 'relay_keys', key: ['key_id'], condition: retired },
    { table: 'methods', key: ['id'], condition: overPasses },
    { table: 'passes', key: ['id'], condition: oldPasses },
    { table: 'sessions', key: ['token_hash'], condition: passed },
    { table: 'spent', key: ['kind', 'identifier'], condition: passed },
  ]
  let more = false
  for (const { table, key, condition } of rounds) {
    const columns = sql.join(key.map((column) => sql.ref(column)))
    const { numAffectedRows } = await sql`
      delete from ${sql.table(table)} where (${columns}) in (
        select ${columns} from ${sql.table(table)} where ${condition} limit ${batchSize}${lock}
      )`.execute(db)
    more ||= numAffectedRows === BigInt(batchSize)
  }
  return more
}
