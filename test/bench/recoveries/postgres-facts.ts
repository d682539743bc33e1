import { readFileSync } from 'node:fs'
import { Client } from 'pg'

/**
 * How many transactions of the whole server have written something so far: PostgreSQL gives a number
 * to those, and to no others.
 */
export async function countWrites(url: string): Promise<number> {
  return ask(url, 'select txid_snapshot_xmax(txid_current_snapshot())::int as value')
}

/** The process from which all others of the server descend. */
export async function postmasterOf(url: string): Promise<number> {
  const pid = await ask(url, 'select pg_backend_pid() as value')
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
  return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1])
}

async function ask(url: string, query: string): Promise<number> {
  const client = new Client({ connectionString: url })
  await client.connect()
  try {
    const { rows } = await client.query<{ value: number }>(query)
    return rows[0]?.value ?? 0
  } finally {
    await client.end()
  }
}
