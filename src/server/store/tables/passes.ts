import type { Selectable } from 'kysely'
import type { PassPatch, PassRecord, PassStore } from '../../domain/ports/passes.ts'
import { changedOne, type Database, type Schema } from '../schema.ts'

type Row = Selectable<Schema['passes']>

export function passStore(db: Database): PassStore {
  const newest = () =>
    db.selectFrom('passes').selectAll().orderBy('created_at', 'desc').orderBy('id', 'desc')
  return {
    async insert(pass) {
      await db.insertInto('passes').values(toRow(pass)).execute()
    },
    async find(id) {
      const row = await newest().where('id', '=', id).executeTakeFirst()
      return row === undefined ? null : fromRow(row)
    },
    async list(limit) {
      return (await newest().limit(limit).execute()).map(fromRow)
    },
    async listOf(accountId, states) {
      const query = newest().where('account_id', '=', accountId).where('state', 'in', states)
      return (await query.execute()).map(fromRow)
    },
    async advance(id, from, to, patch = {}) {
      const query = db
        .updateTable('passes')
        .set({ state: to, ...changes(patch) })
        .where('id', '=', id)
        .where('state', 'in', from)
      return changedOne(await query.executeTakeFirstOrThrow())
    },
  }
}

function changes({ methodId, approver, expiresAt, sentBy }: PassPatch): Partial<Row> {
  return {
    ...(methodId === undefined ? {} : { method_id: methodId }),
    ...(expiresAt === undefined ? {} : { expires_at: expiresAt }),
    ...(sentBy === undefined ? {} : { sent_by: sentBy }),
    ...(approver ? { approver_id: approver.accountId, approver_name: approver.accountName } : {}),
  }
}

function toRow(pass: PassRecord): Row {
  const { issuer, approver } = pass
  return {
    ...{ id: pass.id, account_id: pass.accountId, account_name: pass.accountName },
    ...{ state: pass.state, method_id: pass.methodId, minutes: pass.minutes },
    ...{ reason: pass.reason, print_reason: pass.printReason, sent_by: pass.sentBy },
    ...{ issuer_id: issuer.accountId, issuer_name: issuer.accountName, issuer_login: issuer.login },
    approver_id: approver?.accountId ?? null,
    approver_name: approver?.accountName ?? null,
    ...{ created_at: pass.createdAt, expires_at: pass.expiresAt },
  }
}

function fromRow(row: Row): PassRecord {
  const { approver_id: approverId, approver_name: approverName } = row
  return {
    ...{ id: row.id, accountId: row.account_id, accountName: row.account_name },
    ...{ state: row.state, methodId: row.method_id, minutes: row.minutes },
    ...{ reason: row.reason, printReason: row.print_reason, sentBy: row.sent_by },
    issuer: { accountId: row.issuer_id, accountName: row.issuer_name, login: row.issuer_login },
    approver:
      approverId === null || approverName === null
        ? null
        : { accountId: approverId, accountName: approverName },
    ...{ createdAt: row.created_at, expiresAt: row.expires_at },
  }
}
