import type { Selectable } from 'kysely'
import type { PushRequestRecord, PushRequestStore } from '../../domain/ports/push-requests.ts'
import { changedOne, type Database, type Schema } from '../schema.ts'

export function pushRequestStore(db: Database): PushRequestStore {
  const requests = db.selectFrom('push_requests').selectAll()
  const newest = requests.orderBy('created_at', 'desc').orderBy('id', 'desc').limit(1)
  const one = (row: Selectable<Schema['push_requests']> | undefined) =>
    row === undefined ? null : fromRow(row)
  return {
    async insert(request) {
      await db.insertInto('push_requests').values(toRow(request)).execute()
    },
    async find(id) {
      return one(await requests.where('id', '=', id).executeTakeFirst())
    },
    async latest(subject) {
      return one(await newest.where('subject', '=', subject).executeTakeFirst())
    },
    async pending(accountId, now) {
      const query = newest
        .where('account_id', '=', accountId)
        .where('state', '=', 'pending')
        .where('expires_at', '>', now)
      return one(await query.executeTakeFirst())
    },
    async withdraw(subject) {
      await db
        .updateTable('push_requests')
        .set({ state: 'expired' })
        .where('subject', '=', subject)
        .where('state', 'in', ['pending', 'approved'])
        .execute()
    },
    async advance(id, from, to, now) {
      const query = db
        .updateTable('push_requests')
        .set({ state: to })
        .where('id', '=', id)
        .where('state', '=', from)
        .where('expires_at', '>', now)
      return changedOne(await query.executeTakeFirstOrThrow())
    },
  }
}

function toRow(request: PushRequestRecord): Selectable<Schema['push_requests']> {
  return {
    id: request.id,
    subject: request.subject,
    recovery_id: request.recoveryId,
    offer_id: request.offerId,
    account_id: request.accountId,
    number: request.number,
    state: request.state,
    purpose: request.purpose,
    place: request.place,
    is_after_strong: request.isAfterStrong ? 1 : 0,
    created_at: request.createdAt,
    expires_at: request.expiresAt,
  }
}

function fromRow(row: Selectable<Schema['push_requests']>): PushRequestRecord {
  return {
    id: row.id,
    subject: row.subject,
    recoveryId: row.recovery_id,
    offerId: row.offer_id,
    accountId: row.account_id,
    number: row.number,
    state: row.state,
    purpose: row.purpose,
    place: row.place,
    isAfterStrong: row.is_after_strong === 1,
    createdAt: row.created_at,
    expiresAt: row.expires_at,
  }
}
