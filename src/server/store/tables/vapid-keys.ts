import type { VapidKeyStore } from '../../domain/ports/vapid-keys.ts'
import type { Database } from '../schema.ts'

/** There is one row. */
const id = 1

export function vapidKeyStore(db: Database): VapidKeyStore {
  return {
    async find() {
      const row = await db
        .selectFrom('vapid_keys')
        .selectAll()
        .where('id', '=', id)
        .executeTakeFirst()
      if (row === undefined) return null
      return { publicKey: row.public_key, privateKey: row.private_key, createdAt: row.created_at }
    },
    async insert({ publicKey, privateKey, createdAt }) {
      await db
        .insertInto('vapid_keys')
        .values({ id, public_key: publicKey, private_key: privateKey, created_at: createdAt })
        .onConflict((conflict) => conflict.doNothing())
        .execute()
    },
  }
}
