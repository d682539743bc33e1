import pg from 'pg'
import { createTestDatabase } from '../../helpers/lab.ts'
import type { TestEngine } from './suite/engine.ts'

/** A database of its own on the lab's PostgreSQL. */
export const postgresEngine: TestEngine = {
  name: 'PostgreSQL',
  async create() {
    const database = await createTestDatabase()
    const client = new pg.Client({ connectionString: database.url })
    await client.connect()
    return {
      config: { engine: 'postgresql', url: database.url },
      async tamper(sql) {
        await client.query(sql)
      },
      async remove() {
        await client.end()
        await database.remove()
      },
    }
  },
}
