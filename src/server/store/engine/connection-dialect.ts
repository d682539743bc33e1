import {
  type DatabaseConnection,
  type Dialect,
  type Driver,
  Kysely,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
} from 'kysely'
import type { EngineName } from '../migrations/migration.ts'
import type { Database } from '../schema.ts'

/**
 * Kysely on one connection that belongs to one transaction at a time. Beginning and committing are
 * the engine's: it commits many transactions at once on SQLite, and together with the audit entry on
 * PostgreSQL, which Kysely's own transactions have no place for.
 */
export function databaseOn(connection: DatabaseConnection, engine: EngineName): Database {
  return new Kysely({ dialect: dialects[engine](driverOf(connection)) })
}

const dialects: Record<EngineName, (driver: Driver) => Dialect> = {
  sqlite: (driver) => ({
    createAdapter: () => new ExclusiveSqliteAdapter(),
    createDriver: () => driver,
    createIntrospector: (db) => new SqliteIntrospector(db),
    createQueryCompiler: () => new SqliteQueryCompiler(),
  }),
  postgresql: (driver) => ({
    createAdapter: () => new PostgresAdapter(),
    createDriver: () => driver,
    createIntrospector: (db) => new PostgresIntrospector(db),
    createQueryCompiler: () => new PostgresQueryCompiler(),
  }),
}

/** Kysely would queue every statement behind a mutex; here the connection is nobody else's anyway. */
class ExclusiveSqliteAdapter extends SqliteAdapter {
  override get supportsMultipleConnections(): boolean {
    return true
  }
}

function driverOf(connection: DatabaseConnection): Driver {
  const refuse = async () => {
    throw new Error('transactions are begun and ended by the engine')
  }
  return {
    init: async () => {},
    acquireConnection: async () => connection,
    beginTransaction: refuse,
    commitTransaction: refuse,
    rollbackTransaction: refuse,
    releaseConnection: async () => {},
    destroy: async () => {},
  }
}

/**
 * PostgreSQL has no place for U+0000 in a text and neither engine one for half a surrogate pair.
 * Strangers choose some texts, and none of them is worth an error.
 */
export function storable(value: unknown): unknown {
  if (typeof value !== 'string' || !unstorable.test(value)) return value
  return value.replace(everyUnstorable, '\uFFFD')
}

const unstorable = /[\0\p{Surrogate}]/u
const everyUnstorable = new RegExp(unstorable, 'gu')
