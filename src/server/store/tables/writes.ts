import type { Selectable } from 'kysely'
import type { WriteRecord, WriteStore } from '../../domain/ports/writes.ts'
import { changedOne, type Database, type Schema } from '../schema.ts'

export function writeStore(db: Database): WriteStore {
  const entry = (accountId: string, recoveryId: string) =>
    db
      .updateTable('writes')
      .where('account_id', '=', accountId)
      .where('recovery_id', '=', recoveryId)
  return {
    async open(write, now, heldUntil) {
      const { account_id, ...columns } = toRow(write)
      const { numInsertedOrUpdatedRows } = await db
        .insertInto('writes')
        .values({ account_id, ...columns })
        .onConflict((conflict) =>
          conflict
            .column('account_id')
            .doUpdateSet(columns)
            .where((e) => {
              const lapsed = e('writes.lease_until', '<=', now)
              if (heldUntil === undefined) return lapsed
              const isHeld = e('writes.lease_until', '=', heldUntil)
              return lapsed.or(e('writes.recovery_id', '=', write.recoveryId).and(isHeld))
            }),
        )
        .executeTakeFirstOrThrow()
      return numInsertedOrUpdatedRows === 1n
    },
    async find(accountId) {
      const query = db.selectFrom('writes').selectAll().where('account_id', '=', accountId)
      const row = await query.executeTakeFirst()
      return row === undefined ? null : fromRow(row)
    },
    async markSet(accountId, recoveryId, leaseUntil, passwordWrite) {
      const query = entry(accountId, recoveryId)
        .set({ step: 'set', lease_until: leaseUntil, password_write: passwordWrite })
        .where('step', '=', 'intended')
      return changedOne(await query.executeTakeFirstOrThrow())
    },
    async claim(accountId, recoveryId, now, leaseUntil) {
      const query = entry(accountId, recoveryId)
        .set({ lease_until: leaseUntil })
        .where('lease_until', '<=', now)
      return changedOne(await query.executeTakeFirstOrThrow())
    },
    async release(accountId, recoveryId, now, heldUntil) {
      const query = entry(accountId, recoveryId)
        .set({ lease_until: now })
        .where('lease_until', '>', now)
        .where('lease_until', '=', heldUntil)
      return changedOne(await query.executeTakeFirstOrThrow())
    },
    async listLapsed(now, limit) {
      const rows = await db
        .selectFrom('writes')
        .selectAll()
        .where('lease_until', '<=', now)
        .orderBy('lease_until')
        .orderBy('account_id')
        .limit(limit)
        .execute()
      return rows.map(fromRow)
    },
    async close(accountId, recoveryId, heldUntil) {
      const query = db
        .deleteFrom('writes')
        .where('account_id', '=', accountId)
        .where('recovery_id', '=', recoveryId)
        .$if(heldUntil !== undefined, (one) => one.where('lease_until', '=', heldUntil as number))
      const { numDeletedRows } = await query.executeTakeFirstOrThrow()
      return numDeletedRows === 1n
    },
  }
}

function toRow(write: WriteRecord): Selectable<Schema['writes']> {
  return {
    account_id: write.accountId,
    recovery_id: write.recoveryId,
    account_name: write.accountName,
    controller: write.controller,
    step: write.step,
    usn_before: write.usnBefore,
    pwd_last_set_before: write.pwdLastSetBefore,
    password_write: write.passwordWrite,
    started_at: write.startedAt,
    lease_until: write.leaseUntil,
  }
}

function fromRow(row: Selectable<Schema['writes']>): WriteRecord {
  return {
    accountId: row.account_id,
    recoveryId: row.recovery_id,
    accountName: row.account_name,
    controller: row.controller,
    step: row.step,
    usnBefore: row.usn_before,
    pwdLastSetBefore: row.pwd_last_set_before,
    passwordWrite: row.password_write,
    startedAt: row.started_at,
    leaseUntil: row.lease_until,
  }
}
