import type { AuditReader } from '../audit/reader.ts'
import type { Store } from '../domain/ports/store.ts'
import type { Engine } from './engine/engine.ts'
import { openPostgres } from './engine/postgres.ts'
import { openSqlite } from './engine/sqlite.ts'
import { addKeyCheck, type KeyChecks, listKeyChecks } from './key-checks.ts'
import { checkVersion } from './migrations/index.ts'
import type { Database } from './schema.ts'
import type { StoreConfig } from './store-config.ts'
import { createTransactions } from './transaction.ts'

/** The store, its audit log for verification and checkpoints, and what tells its master keys. */
export type OpenStore = Store & { readonly log: AuditReader; readonly keyChecks: KeyChecks }

/**
 * Opens the store. The schema has to be there: call `migrateStore` before.
 *
 * @throws StoreUnavailableError when it cannot be reached, is not migrated, or is newer than this
 * program
 */
export async function openStore(config: StoreConfig): Promise<OpenStore> {
  const engine = await openEngine(config)
  try {
    checkVersion(await engine.version())
  } catch (error) {
    await engine.close()
    throw error
  }
  const run = createTransactions(engine.rowLocks)
  return {
    transaction: (work) => engine.transaction((db) => run(db, work)),
    ping: () => engine.transaction(beat),
    close: () => engine.close(),
    log: { read: (seq, limit) => engine.read(seq, limit) },
    keyChecks: {
      list: () => engine.transaction(async (db) => ({ value: await listKeyChecks(db), audit: [] })),
      add: (check) =>
        engine.transaction(async (db) => ({ value: await addKeyCheck(db, check), audit: [] })),
    },
  }
}

/**
 * Creates the schema or brings it up to date, however many do so at once.
 *
 * @returns the version that was found (0 for none) and the one that is there now
 * @throws StoreUnavailableError when the store cannot be reached or is newer than this program
 */
export async function migrateStore(config: StoreConfig): Promise<{ from: number; to: number }> {
  const engine = await openEngine(config)
  try {
    return await engine.migrate()
  } finally {
    await engine.close()
  }
}

async function openEngine(config: StoreConfig): Promise<Engine> {
  return config.engine === 'sqlite' ? openSqlite(config.file) : openPostgres(config)
}

/** A write that reaches the disk: reading alone does not notice that it is full. */
async function beat(db: Database) {
  await db
    .updateTable('health')
    .set((e) => ({ beat: e('beat', '+', 1) }))
    .where('id', '=', 1)
    .execute()
  return { value: undefined, audit: [] }
}
