import type { Database } from './schema.ts'

/** Something known, sealed under a master key when that was first used with this store. */
export type KeyCheck = { readonly keyId: string; readonly sealed: string }

/** By them a server notices that it was given another master key under the same id. */
export interface KeyChecks {
  list(): Promise<KeyCheck[]>
  /** Adds one for a key that has none; the first one stays, however many come at once. */
  add(check: KeyCheck): Promise<void>
}

export async function listKeyChecks(db: Database): Promise<KeyCheck[]> {
  const rows = await db.selectFrom('key_checks').selectAll().orderBy('key_id').execute()
  return rows.map(({ key_id, sealed }) => ({ keyId: key_id, sealed }))
}

export async function addKeyCheck(db: Database, { keyId, sealed }: KeyCheck): Promise<void> {
  await db
    .insertInto('key_checks')
    .values({ key_id: keyId, sealed })
    .onConflict((conflict) => conflict.column('key_id').doNothing())
    .execute()
}
