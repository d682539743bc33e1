import type { CompiledQuery, DatabaseConnection, QueryResult } from 'kysely'
import pg, { type PoolClient } from 'pg'
import type { AuditEntry, AuditHead } from '../../audit/chain.ts'
import { StoreUnavailableError } from '../../domain/ports/store-unavailable.ts'
import type { Database } from '../schema.ts'
import type { PostgresqlConfig } from '../store-config.ts'
import { databaseOn, storable } from './connection-dialect.ts'
import type { Engine, Outcome } from './engine.ts'
import { createFlusher } from './flush.ts'
import { clientConfig, parseUrl, serverName } from './postgres-config.ts'
import { explainPostgresError } from './postgres-faults.ts'
import { migrate, readVersion } from './postgres-migrate.ts'

const append = { name: 'audit_append', text: 'select audit_append($1::text[], $2::boolean)' }
const readAudit = {
  name: 'audit_read',
  text: `select h.seq as head_seq, h.hash as head_hash, e.seq, e.body, e.hash
    from audit_head h left join lateral (
      select * from audit_entries where seq > $1 order by seq limit $2
    ) e on true
    where h.id = 1 order by e.seq`,
}

/** PostgreSQL, shared by any number of servers. */
export function openPostgres(config: PostgresqlConfig): Engine {
  const url = parseUrl(config.url)
  const server = serverName(url)
  const client = clientConfig(config, url)
  const explain = (error: unknown) => explainPostgresError(error, server)
  const pool = new pg.Pool({ ...client, pipeline: true, max: config.maxConnections ?? 10 })
  const flusher = createFlusher(client, explain)
  const sessions = new WeakMap<PoolClient, Session>()
  const underWay = new Set<Promise<unknown>>()
  let closed = false

  // A connection that is lost says so in the query that is under way; a listener keeps Node alive.
  pool.on('error', () => {})
  pool.on('connect', (client) => {
    client.on('error', () => {})
    sessions.set(client, openSession(client))
  })

  /** Lends a connection, and takes it back only when it is fit for somebody else. */
  async function withClient<T>(action: (client: PoolClient) => Promise<T>): Promise<T> {
    let client: PoolClient | undefined
    try {
      client = await pool.connect()
      return await action(client)
    } catch (error) {
      throw explain(error)
    } finally {
      client?.release(client.getTransactionStatus() !== 'I')
    }
  }

  async function transaction<T>(work: (db: Database) => Promise<Outcome<T>>): Promise<T> {
    // Before the transaction begins: see flush.ts.
    const ticket = flusher.ticket()
    let relaxed = false
    const value = await withClient(async (client) => {
      const session = sessions.get(client) as Session
      try {
        const outcome = await work(session.db)
        relaxed = ticket !== null && underWay.size > 1 && outcome.audit.length > 0
        if (outcome.audit.length > 0) await session.begin()
        if (session.hasBegun()) await commit(client, outcome, relaxed)
        return outcome.value
      } catch (error) {
        // When even this fails, the connection is not lent again.
        if (session.hasBegun()) await client.query('rollback').catch(() => {})
        throw error
      } finally {
        session.end()
      }
    })
    if (relaxed) await ticket?.flush()
    return value
  }

  /** Closing waits for what is under way, and for what waits for a connection. */
  function track<T>(action: () => Promise<T>): Promise<T> {
    if (closed) return Promise.reject(new StoreUnavailableError('closed', 'The store is closed.'))
    const running = action().finally(() => underWay.delete(running))
    underWay.add(running)
    return running
  }

  return {
    rowLocks: true,
    transaction: (work) => track(() => transaction(work)),
    read: (seq, limit) => track(() => withClient((client) => read(client, seq, limit))),
    migrate: () => track(() => withClient(migrate)),
    version: () => track(() => withClient(readVersion)),
    async close() {
      closed = true
      await Promise.allSettled(underWay)
      await pool.end()
      await flusher.close()
    },
  }
}

/**
 * Both are sent at once, so the chain is locked for no longer than the server itself needs. If the
 * first one fails, the second one rolls back.
 */
async function commit(client: PoolClient, { audit }: Outcome<unknown>, relaxed: boolean) {
  const appending =
    audit.length === 0 ? null : client.query({ ...append, values: [audit, relaxed] })
  const [appended, committed] = await Promise.allSettled([appending, client.query('commit')])
  if (appended.status === 'rejected') throw appended.reason
  if (committed.status === 'rejected') throw committed.reason
  if (committed.value.command !== 'COMMIT') throw new Error('the transaction had failed before')
}

async function read(client: PoolClient, seq: number, limit: number) {
  type Row = AuditEntry & { head_seq: number; head_hash: string }
  const { rows } = await client.query<Row>({ ...readAudit, values: [seq, limit] })
  const [first] = rows
  if (first === undefined) throw new Error('the head of the audit log is missing')
  const head: AuditHead = { seq: first.head_seq, hash: first.head_hash }
  const entries = first.seq === null ? [] : rows.map(({ seq, body, hash }) => ({ seq, body, hash }))
  return { entries, head }
}

const names = new Map<string, string>()
/** Statements vary only by the length of a list; the bound is for a mistake. */
const mostNames = 500

/** Named statements are parsed and planned once for each connection. */
function nameOf(text: string): { name?: string } {
  const known = names.get(text)
  if (known !== undefined) return { name: known }
  if (names.size >= mostNames) return {}
  const name = `latchkey_${names.size}`
  names.set(text, name)
  return { name }
}

/** A connection, and whether a transaction has begun on it. */
type Session = {
  readonly db: Database
  readonly begin: () => Promise<unknown>
  readonly hasBegun: () => boolean
  readonly end: () => void
}

/**
 * A transaction begins with the first statement that is more than reading. At READ COMMITTED each
 * statement sees what is committed when it starts, in a transaction or not, so what only reads needs
 * none, and saves the server two of three statements.
 */
function openSession(client: PoolClient): Session {
  let beginning: Promise<unknown> | null = null
  const begin = () => {
    beginning ??= client.query('begin isolation level read committed')
    return beginning
  }
  return {
    db: databaseOn(postgresConnection(client, begin), 'postgresql'),
    begin,
    hasBegun: () => beginning !== null,
    end() {
      beginning = null
    },
  }
}

/** A `with` may write, and `for update` locks until the end of a transaction. */
function onlyReads({ query }: CompiledQuery): boolean {
  return query.kind === 'SelectQueryNode' && !query.with && !query.endModifiers?.length
}

function postgresConnection(client: PoolClient, begin: () => Promise<unknown>): DatabaseConnection {
  return {
    async executeQuery<R>(compiled: CompiledQuery): Promise<QueryResult<R>> {
      if (!onlyReads(compiled)) await begin()
      const { sql, parameters } = compiled
      const values = parameters.map(storable)
      const { rows, rowCount, command } = await client.query({
        ...nameOf(sql),
        text: sql,
        values,
      })
      return command === 'SELECT' ? { rows } : { rows, numAffectedRows: BigInt(rowCount ?? 0) }
    },
    streamQuery() {
      throw new Error('streaming is not needed here')
    },
  }
}
