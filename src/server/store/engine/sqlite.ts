import type { DatabaseSync, StatementSync } from 'node:sqlite'
import { type AuditEntry, type AuditHead, link } from '../../audit/chain.ts'
import { outstanding } from '../migrations/index.ts'
import { words } from '../migrations/migration.ts'
import { databaseOn } from './connection-dialect.ts'
import type { Engine } from './engine.ts'
import { explainSqliteError } from './sqlite-faults.ts'
import { openForReading, openSqliteFile, sqliteConnection } from './sqlite-file.ts'
import { patiently } from './sqlite-patience.ts'
import { createQueue } from './sqlite-queue.ts'

/** SQLite in a file of this machine, which several processes may have open. */
export async function openSqlite(file: string): Promise<Engine> {
  const database = await attempt(file, () => openSqliteFile(file))
  const db = databaseOn(sqliteConnection(database), 'sqlite')
  const queue = createQueue(database, file)
  let chain: ReturnType<typeof chainOn> | undefined
  let reader: ReturnType<typeof readerOn> | undefined

  return {
    rowLocks: false,
    transaction: (work) =>
      queue.add(async () => {
        const { value, audit } = await work(db)
        if (audit.length > 0) {
          chain ??= chainOn(database)
          chain.append(audit)
        }
        return value
      }),
    read: (seq, limit) =>
      attempt(file, async () => {
        reader ??= readerOn(openForReading(file))
        return reader.read(seq, limit)
      }),
    migrate: () => attempt(file, () => migrate(database)),
    version: () => attempt(file, () => patiently(() => readVersion(database))),
    async close() {
      await queue.close()
      reader?.close()
      database.close()
    },
  }
}

async function attempt<T>(file: string, action: () => Promise<T>): Promise<T> {
  try {
    return await action()
  } catch (error) {
    throw explainSqliteError(error, file)
  }
}

function chainOn(database: DatabaseSync) {
  const readHead = database.prepare('select seq, hash from audit_head where id = 1')
  const insert = database.prepare('insert into audit_entries (seq, body, hash) values (?, ?, ?)')
  const moveHead = database.prepare('update audit_head set seq = ?, hash = ? where id = 1')
  return {
    /** Inside a transaction, which has the file to itself: nobody can move the head meanwhile. */
    append(bodies: readonly string[]): void {
      const head = row<AuditHead>(readHead)
      let last: AuditHead = head
      for (const entry of link(head, bodies)) {
        insert.run(entry.seq, entry.body, entry.hash)
        last = entry
      }
      moveHead.run(last.seq, last.hash)
    },
  }
}

function readerOn(database: DatabaseSync) {
  const readHead = database.prepare('select seq, hash from audit_head where id = 1')
  const readEntries = database.prepare(
    'select seq, body, hash from audit_entries where seq > ? order by seq limit ?',
  )
  return {
    read(seq: number, limit: number) {
      database.exec('begin')
      try {
        const head = row<AuditHead>(readHead)
        const entries = readEntries.all(seq, limit) as unknown as AuditEntry[]
        return { entries, head: { seq: head.seq, hash: head.hash } }
      } finally {
        database.exec('commit')
      }
    },
    close: () => database.close(),
  }
}

function row<T>(statement: StatementSync): T {
  const found = statement.get()
  if (found === undefined) throw new Error('the head of the audit log is missing')
  return found as unknown as T
}

/** In one transaction, which waits for another process that does the same. */
async function migrate(database: DatabaseSync): Promise<{ from: number; to: number }> {
  await patiently(() => database.exec('begin immediate'))
  try {
    const from = readVersion(database)
    if (from === 0) {
      database.exec('create table migrations (version integer primary key, name text) strict')
    }
    const steps = outstanding(from)
    for (const { version, name, statements } of steps) {
      for (const statement of statements(words.sqlite)) database.exec(statement)
      database.prepare('insert into migrations (version, name) values (?, ?)').run(version, name)
    }
    database.exec('commit')
    return { from, to: steps.at(-1)?.version ?? from }
  } catch (error) {
    if (database.isTransaction) database.exec('rollback')
    throw error
  }
}

function readVersion(database: DatabaseSync): number {
  const table = "select 1 from sqlite_schema where type = 'table' and name = 'migrations'"
  if (database.prepare(table).get() === undefined) return 0
  const query = database.prepare('select coalesce(max(version), 0) as version from migrations')
  return row<{ version: number }>(query).version
}
