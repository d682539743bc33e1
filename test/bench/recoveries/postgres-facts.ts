import { Client } from 'pg'
import { parentOf } from '../process-family.ts'

/**
 * How many transactions of the whole server have written something so far: PostgreSQL gives a number
 * to those, and to no others.
 */
export async function countWrites(url: string): Promise<number> {
  return ask(url, 'select txid_snapshot_xmax(txid_current_snapshot())::int as value')
}

/** The process from which all others of the server descend. */
export function postmasterOf(url: string): Promise<number> {
  // While the connection is open: its process ends with it.
  return ask(url, 'select pg_backend_pid() as value', parentOf)
}

async function ask(
  url: string,
  query: string,
  translate: (value: number) => number = (value) => value,
): Promise<number> {
  const client = new Client({ connectionString: url })
  await client.connect()
  try {
    const { rows } = await client.query<{ value: number }>(query)
    return translate(rows[0]?.value ?? 0)
  } finally {
    await client.end()
  }
}
