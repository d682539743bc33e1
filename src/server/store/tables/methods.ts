import type { Selectable } from 'kysely'
import type { MethodRecord, MethodStore } from '../../domain/ports/methods.ts'
import { changedOne, type Database, type Schema } from '../schema.ts'

export function methodStore(db: Database): MethodStore {
  const update = (id: string) => db.updateTable('methods').where('id', '=', id)
  return {
    async insert(method) {
      await db.insertInto('methods').values(toRow(method)).execute()
    },
    async find(id) {
      const query = db.selectFrom('methods').selectAll().where('id', '=', id)
      const row = await query.executeTakeFirst()
      return row === undefined ? null : fromRow(row)
    },
    async list(accountId) {
      const rows = await db
        .selectFrom('methods')
        .selectAll()
        .where('account_id', '=', accountId)
        .orderBy('created_at')
        .orderBy('id')
        .execute()
      return rows.map(fromRow)
    },
    async confirm(id, now) {
      const query = update(id).set({ confirmed_at: now }).where('confirmed_at', 'is', null)
      return changedOne(await query.executeTakeFirstOrThrow())
    },
    async spendStep(id, step, now) {
      const query = update(id)
        .set({ last_step: step, last_used_at: now })
        .where('last_step', '<', step)
        // Suspended while the code was being compared: it proves nothing any more.
        .where('suspended_at', 'is', null)
      return changedOne(await query.executeTakeFirstOrThrow())
    },
    async touch(id, now) {
      await update(id).set({ last_used_at: now }).execute()
    },
    async rename(id, label) {
      await update(id).set({ label }).execute()
    },
    async suspend(id, now) {
      const query = update(id).set({ suspended_at: now }).where('suspended_at', 'is', null)
      return changedOne(await query.executeTakeFirstOrThrow())
    },
    async remove(id, accountId) {
      // In the order in which a spend takes them, or the two could wait for each other.
      const owned = db.selectFrom('methods').select('id').where('account_id', '=', accountId)
      await db
        .deleteFrom('written_codes')
        .where('method_id', '=', id)
        .where('method_id', 'in', owned)
        .execute()
      const { numDeletedRows } = await db
        .deleteFrom('methods')
        .where('id', '=', id)
        .where('account_id', '=', accountId)
        .executeTakeFirstOrThrow()
      return numDeletedRows === 1n
    },
  }
}

function toRow(method: MethodRecord): Selectable<Schema['methods']> {
  return {
    id: method.id,
    account_id: method.accountId,
    kind: method.kind,
    label: method.label,
    secret: method.secret,
    created_at: method.createdAt,
    confirmed_at: method.confirmedAt,
    last_used_at: method.lastUsedAt,
    last_step: method.lastStep,
    suspended_at: method.suspendedAt,
  }
}

function fromRow(row: Selectable<Schema['methods']>): MethodRecord {
  return {
    id: row.id,
    accountId: row.account_id,
    kind: row.kind,
    label: row.label,
    secret: row.secret,
    createdAt: row.created_at,
    confirmedAt: row.confirmed_at,
    lastUsedAt: row.last_used_at,
    lastStep: row.last_step,
    suspendedAt: row.suspended_at,
  }
}
