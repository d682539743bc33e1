import type { StoreTransaction } from '../../domain/ports/store.ts'
import type { Database } from '../schema.ts'

/** One-time identifiers. The first insert wins; the key keeps any other out. */
export function spentIdentifiers(db: Database): { spend: StoreTransaction['spend'] } {
  return {
    async spend(kind, identifier, expiresAt) {
      const { numInsertedOrUpdatedRows } = await db
        .insertInto('spent')
        .values({ kind, identifier, expires_at: expiresAt })
        .onConflict((conflict) => conflict.doNothing())
        .executeTakeFirstOrThrow()
      return numInsertedOrUpdatedRows === 1n
    },
  }
}
