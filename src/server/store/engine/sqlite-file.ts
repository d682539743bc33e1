import { chmodSync, closeSync, fsyncSync, openSync, statSync } from 'node:fs'
import { userInfo } from 'node:os'
import { dirname } from 'node:path'
import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite'
import type { CompiledQuery, DatabaseConnection, QueryResult } from 'kysely'
import { StoreUnavailableError } from '../../domain/ports/store-unavailable.ts'
import { storable } from './connection-dialect.ts'
import { patiently } from './sqlite-patience.ts'

/** Far more than we have; it bounds a mistake. */
const mostStatements = 500

const settings = `
  pragma synchronous = full;
  pragma foreign_keys = on;
  pragma trusted_schema = off;
  pragma temp_store = memory;
  pragma wal_autocheckpoint = 4000;
  pragma journal_size_limit = 67108864;
`

/** Opens the file, and makes it when it is missing, for this user alone. */
export async function openSqliteFile(file: string): Promise<DatabaseSync> {
  createFile(file)
  const database = new DatabaseSync(file, { timeout: 0 })
  try {
    await patiently(() => database.exec('pragma journal_mode = wal'))
    await patiently(() => database.exec(settings))
    return database
  } catch (error) {
    database.close()
    throw error
  }
}

/** A second connection that reads as of one moment while the first one writes. */
export function openForReading(file: string): DatabaseSync {
  return new DatabaseSync(file, { readOnly: true, timeout: 0 })
}

/**
 * SECURITY: the file holds sealed seeds and hashed codes, so it is its owner's alone; SQLite gives the
 * write-ahead log the same mode.
 */
function createFile(file: string): void {
  const folder = dirname(file)
  try {
    closeSync(openSync(file, 'ax', 0o600))
    const opened = openSync(folder, 'r')
    fsyncSync(opened)
    closeSync(opened)
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'EEXIST') {
      narrow(file)
      return
    }
    if (code === 'ENOSPC') {
      throw new StoreUnavailableError(
        'full',
        `The disk of the store is full: free ${folder}.`,
        error,
      )
    }
    const message = `The store cannot be created: make sure that ${folder} exists and is writable.`
    throw new StoreUnavailableError('unreachable', message, error)
  }
}

function narrow(file: string): void {
  checkOwner(file)
  if ((statSync(file).mode & 0o077) === 0) return
  try {
    chmodSync(file, 0o600)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EROFS') return
    const message = `Other users may read the store: run "chmod 600 ${file}".`
    throw new StoreUnavailableError('read_only', message, error)
  }
}

/** The usual way to a store that cannot be opened: root has run a command that made it. */
function checkOwner(file: string): void {
  const user = process.geteuid?.() ?? 0
  if (user === 0) return
  for (const path of [file, `${file}-wal`, `${file}-shm`]) {
    const owner = statSync(path, { throwIfNoEntry: false })?.uid
    if (owner === undefined || owner === user) continue
    const who = owner === 0 ? 'root' : `user ${owner}`
    const message = `The store belongs to another user (${who}): run "chown ${userInfo().username} ${path}".`
    throw new StoreUnavailableError('read_only', message)
  }
}

/** Runs Kysely's statements on the file; each text is prepared once. */
export function sqliteConnection(database: DatabaseSync): DatabaseConnection {
  const prepared = new Map<string, { statement: StatementSync; reads: boolean }>()
  const prepare = (sql: string) => {
    const known = prepared.get(sql)
    if (known !== undefined) return known
    if (prepared.size >= mostStatements) prepared.clear()
    const statement = database.prepare(sql)
    const entry = { statement, reads: statement.columns().length > 0 }
    prepared.set(sql, entry)
    return entry
  }
  return {
    async executeQuery<R>({ sql, parameters }: CompiledQuery): Promise<QueryResult<R>> {
      const { statement, reads } = prepare(sql)
      const values = parameters.map(storable) as SQLInputValue[]
      if (reads) return { rows: statement.all(...values) as R[] }
      const { changes } = statement.run(...values)
      return { rows: [], numAffectedRows: BigInt(changes) }
    },
    streamQuery() {
      throw new Error('streaming is not needed here')
    },
  }
}
