import type { Selectable } from 'kysely'
import type { SessionRecord, SessionStore } from '../../domain/ports/sessions.ts'
import { changedOne, type Database, type Schema } from '../schema.ts'

export function sessionStore(db: Database): SessionStore {
  return {
    async insert(session) {
      await db.insertInto('sessions').values(toRow(session)).execute()
    },
    async find(tokenHash) {
      const query = db.selectFrom('sessions').selectAll().where('token_hash', '=', tokenHash)
      const row = await query.executeTakeFirst()
      return row === undefined ? null : fromRow(row)
    },
    async touch(tokenHash, now) {
      const update = db.updateTable('sessions').set({ last_seen_at: now })
      await update.where('token_hash', '=', tokenHash).execute()
    },
    async rotate(tokenHash, next) {
      const update = db.updateTable('sessions').set(toRow(next))
      const query = update.where('token_hash', '=', tokenHash)
      return changedOne(await query.executeTakeFirstOrThrow())
    },
    async remove(tokenHash) {
      const query = db.deleteFrom('sessions').where('token_hash', '=', tokenHash)
      const { numDeletedRows } = await query.executeTakeFirstOrThrow()
      return numDeletedRows === 1n
    },
    async removeAll(accountId) {
      const query = db.deleteFrom('sessions').where('account_id', '=', accountId)
      return Number((await query.executeTakeFirstOrThrow()).numDeletedRows)
    },
    async lowerAll(accountId) {
      const update = db.updateTable('sessions').set({ stepped_up_at: null })
      await update.where('account_id', '=', accountId).execute()
    },
  }
}

function toRow(session: SessionRecord): Selectable<Schema['sessions']> {
  return {
    token_hash: session.tokenHash,
    account_id: session.accountId,
    dn: session.dn,
    account_name: session.accountName,
    display_name: session.displayName,
    mail: session.mail,
    created_at: session.createdAt,
    last_seen_at: session.lastSeenAt,
    expires_at: session.expiresAt,
    stepped_up_at: session.steppedUpAt,
  }
}

function fromRow(row: Selectable<Schema['sessions']>): SessionRecord {
  return {
    tokenHash: row.token_hash,
    accountId: row.account_id,
    dn: row.dn,
    accountName: row.account_name,
    displayName: row.display_name,
    mail: row.mail,
    createdAt: row.created_at,
    lastSeenAt: row.last_seen_at,
    expiresAt: row.expires_at,
    steppedUpAt: row.stepped_up_at,
  }
}
