import type { PoolClient } from 'pg'
import { outstanding } from '../migrations/index.ts'
import { words } from '../migrations/migration.ts'

/** Taken by whoever migrates, so that replicas which start together do it one after another. */
const lock = 'select pg_advisory_xact_lock(19563, 1)'

/** In one transaction. A long change is not cut short by the timeouts of ordinary requests. */
export async function migrate(client: PoolClient): Promise<{ from: number; to: number }> {
  const run = (text: string, values: unknown[] = []) =>
    client.query({ text, values, query_timeout: 600_000 } as { text: string; values: unknown[] })
  await run('begin')
  try {
    await run('set local statement_timeout = 0')
    await run('set local lock_timeout = 0')
    await run(lock)
    const from = await readVersion(client)
    if (from === 0) await run('create table migrations (version integer primary key, name text)')
    const steps = outstanding(from)
    for (const { version, name, statements } of steps) {
      for (const statement of statements(words.postgresql)) await run(statement)
      await run('insert into migrations (version, name) values ($1, $2)', [version, name])
    }
    await run('commit')
    return { from, to: steps.at(-1)?.version ?? from }
  } catch (error) {
    await client.query('rollback').catch(() => {})
    throw error
  }
}

/** 0 when there is no schema. */
export async function readVersion(client: PoolClient): Promise<number> {
  const table = await client.query<{ found: boolean }>(
    "select to_regclass('migrations') is not null as found",
  )
  if (!table.rows[0]?.found) return 0
  const { rows } = await client.query<{ version: number }>(
    'select coalesce(max(version), 0) as version from migrations',
  )
  return rows[0]?.version ?? 0
}
