import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import type { TestEngine } from './suite/engine.ts'

/** SQLite in a file of its own. */
export const sqliteEngine: TestEngine = {
  name: 'SQLite',
  async create() {
    const folder = await mkdtemp(join(tmpdir(), 'latchkey-store-'))
    const file = join(folder, 'latchkey.db')
    return {
      config: { engine: 'sqlite', file },
      async tamper(sql) {
        const database = new DatabaseSync(file, { timeout: 5_000 })
        database.exec(sql)
        database.close()
      },
      remove: () => rm(folder, { recursive: true, force: true }),
    }
  },
}
