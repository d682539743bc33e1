import type { Selectable } from 'kysely'
import type { OutboxRecord, OutboxStore } from '../../domain/ports/outbox-store.ts'
import type { Database, Schema } from '../schema.ts'

/** @param rowLocks - false for SQLite, where a transaction has the whole database to itself */
export function outboxStore(db: Database, rowLocks: boolean): OutboxStore {
  return {
    async put(mail) {
      await db.insertInto('outbox').values(toRow(mail)).execute()
    },
    async takeDue(now, hideUntil, limit) {
      const due = db
        .selectFrom('outbox')
        .select('id')
        .where('next_try_at', '<=', now)
        .orderBy('next_try_at')
        .orderBy('id')
        .limit(limit)
        // Another replica's batch is left to it instead of waited for.
        .$if(rowLocks, (query) => query.forUpdate().skipLocked())
      const rows = await db
        .updateTable('outbox')
        .set({ next_try_at: hideUntil })
        .where('id', 'in', due)
        .returningAll()
        .execute()
      return rows.map(fromRow).sort(byAge)
    },
    async remove(id) {
      await db.deleteFrom('outbox').where('id', '=', id).execute()
    },
    async retry(id, nextTryAt) {
      await db
        .updateTable('outbox')
        .set((e) => ({ next_try_at: nextTryAt, tries: e('tries', '+', 1) }))
        .where('id', '=', id)
        .execute()
    },
    async count() {
      const count = db.fn.countAll<number>().as('count')
      const row = await db.selectFrom('outbox').select(count).executeTakeFirstOrThrow()
      return row.count
    },
  }
}

/** RETURNING promises no order. */
function byAge(a: OutboxRecord, b: OutboxRecord): number {
  return a.createdAt - b.createdAt || (a.id < b.id ? -1 : 1)
}

function toRow(mail: OutboxRecord): Selectable<Schema['outbox']> {
  return {
    id: mail.id,
    sealed: mail.sealed,
    created_at: mail.createdAt,
    next_try_at: mail.nextTryAt,
    tries: mail.tries,
    expires_at: mail.expiresAt,
  }
}

function fromRow(row: Selectable<Schema['outbox']>): OutboxRecord {
  return {
    id: row.id,
    sealed: row.sealed,
    createdAt: row.created_at,
    nextTryAt: row.next_try_at,
    tries: row.tries,
    expiresAt: row.expires_at,
  }
}
