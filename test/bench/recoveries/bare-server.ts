// The floor: Fastify over HTTPS that answers the same requests with the same bytes, after the same
// number of durable commits of one row each. Started with its settings as one JSON argument.
import { readFileSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'
import { type FastifyInstance, type FastifyReply, fastify } from 'fastify'
import pg from 'pg'

/** One request of the product, and how often its answer has to be committed before. */
export interface BareRoute {
  path: string
  status: number
  body: string
  commits: number
}

export interface BareOptions {
  port: number
  certFile: string
  keyFile: string
  routes: BareRoute[]
  /** A file for SQLite, or the address of a PostgreSQL database. */
  store: { file: string } | { url: string; maxConnections: number }
}

const options = JSON.parse(process.argv[2] ?? '') as BareOptions
const commit = 'file' in options.store ? onSqlite(options.store.file) : await onPostgres()
const app = fastify({
  https: { cert: readFileSync(options.certFile), key: readFileSync(options.keyFile) },
}) as unknown as FastifyInstance

for (const route of options.routes) app.post(route.path, (_, reply) => answer(reply, route))
await app.listen({ host: '127.0.0.1', port: options.port })
console.log('listening')

async function answer(reply: FastifyReply, { status, body, commits }: BareRoute) {
  for (let count = 0; count < commits; count += 1) await commit(body)
  return reply.code(status).type('application/json').send(body)
}

function onSqlite(file: string): (body: string) => void {
  const database = new DatabaseSync(file)
  database.exec('pragma journal_mode = wal; pragma synchronous = full')
  database.exec('create table bare (id integer primary key, body text not null) strict')
  const insert = database.prepare('insert into bare (body) values (?)')
  return (body) => {
    insert.run(body)
  }
}

async function onPostgres(): Promise<(body: string) => Promise<unknown>> {
  const { url, maxConnections } = options.store as { url: string; maxConnections: number }
  const pool = new pg.Pool({ connectionString: url, max: maxConnections })
  await pool.query('create table bare (id bigserial primary key, body text not null)')
  const insert = { name: 'insert', text: 'insert into bare (body) values ($1)' }
  return (body) => pool.query({ ...insert, values: [body] })
}
