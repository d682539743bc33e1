import { Client } from 'pg'
import { expect, it } from 'vitest'
import { startPostgres } from '../../scripts/lab/postgres.ts'

async function query(url: string, sql: string) {
  const client = new Client({ connectionString: url })
  // A session that the crash ends says so in an event of its own.
  client.on('error', () => {})
  await client.connect()
  try {
    return (await client.query(sql)).rows
  } finally {
    await client.end().catch(() => {})
  }
}

it('the PostgreSQL of the lab keeps what it confirmed through a crash', async () => {
  const server = await startPostgres()
  try {
    const url = await server.createDatabase('odd "name"')
    await query(url, 'create table kept (value int)')
    await query(url, 'insert into kept values (42)')
    await server.crash()
    await expect(query(url, 'select 1')).rejects.toThrow()
    await server.start()
    expect(await query(url, 'select value from kept')).toEqual([{ value: 42 }])
  } finally {
    await server.stop()
  }
})
