import type { LimitRecord, LimitStore } from '../../domain/ports/limits.ts'
import type { Database } from '../schema.ts'

/** Only somebody who removes the row at the same moment makes a second try necessary. */
const mostTries = 5

/** @param rowLocks - false for SQLite, where a transaction has the whole database to itself */
export function limitStore(db: Database, rowLocks: boolean): LimitStore {
  async function read(key: string, lock: boolean): Promise<LimitRecord | null> {
    const row = await db
      .selectFrom('limits')
      .selectAll()
      .where('key', '=', key)
      .$if(lock, (query) => query.forUpdate())
      .executeTakeFirst()
    if (row === undefined) return null
    const { window_start, count, consecutive, blocked_until, note } = row
    return { key, windowStart: window_start, count, consecutive, blockedUntil: blocked_until, note }
  }

  /** Writes what was decided about `current`. False when another row got there first. */
  async function write(key: string, current: LimitRecord | null, next: LimitRecord) {
    const columns = {
      window_start: next.windowStart,
      count: next.count,
      consecutive: next.consecutive,
      blocked_until: next.blockedUntil,
      note: next.note,
    }
    if (current !== null) {
      await db.updateTable('limits').set(columns).where('key', '=', key).execute()
      return true
    }
    const { numInsertedOrUpdatedRows } = await db
      .insertInto('limits')
      .values({ key, ...columns })
      .onConflict((conflict) => conflict.doNothing())
      .executeTakeFirstOrThrow()
    return numInsertedOrUpdatedRows === 1n
  }

  return {
    find: (key) => read(key, false),
    async update(key, now, decide) {
      for (let tries = 0; tries < mostTries; tries += 1) {
        const current = await read(key, rowLocks)
        const fresh = { key, windowStart: now, count: 0, consecutive: 0, blockedUntil: 0, note: '' }
        const next = { ...decide(current ?? fresh), key }
        if (await write(key, current, next)) return next
      }
      throw new Error('a limit was removed each time that it was to be counted')
    },
  }
}
