import type { Selectable } from 'kysely'
import type { RelayKeyRecord, RelayKeyStore } from '../../domain/ports/relay-keys.ts'
import { changedOne, type Database, type Schema } from '../schema.ts'

export function relayKeyStore(db: Database): RelayKeyStore {
  const keys = db.selectFrom('relay_keys').selectAll()
  return {
    async insert(key) {
      await db
        .insertInto('relay_keys')
        .values({
          key_id: key.keyId,
          public_key: key.publicKey,
          private_key: key.privateKey,
          created_at: key.createdAt,
          retired_at: key.retiredAt,
        })
        .execute()
    },
    async find(keyId) {
      const row = await keys.where('key_id', '=', keyId).executeTakeFirst()
      return row === undefined ? null : fromRow(row)
    },
    async current() {
      const row = await keys
        .where('retired_at', 'is', null)
        .orderBy('created_at', 'desc')
        .orderBy('key_id', 'desc')
        .limit(1)
        .executeTakeFirst()
      return row === undefined ? null : fromRow(row)
    },
    async retire(keyId, now) {
      const query = db
        .updateTable('relay_keys')
        .set({ retired_at: now })
        .where('key_id', '=', keyId)
        .where('retired_at', 'is', null)
      return changedOne(await query.executeTakeFirstOrThrow())
    },
  }
}

function fromRow(row: Selectable<Schema['relay_keys']>): RelayKeyRecord {
  return {
    keyId: row.key_id,
    publicKey: row.public_key,
    privateKey: row.private_key,
    createdAt: row.created_at,
    retiredAt: row.retired_at,
  }
}
