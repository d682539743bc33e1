import { chmod, mkdtemp, readdir, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { setTimeout as pause } from 'node:timers/promises'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openSqliteFile } from '../../../src/server/store/engine/sqlite-file.ts'
import { currentVersion } from '../../../src/server/store/migrations/index.ts'
import { migrateStore, openStore } from '../../../src/server/store/open-store.ts'
import { recovery } from './records.ts'

let folder: string
let file: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'latchkey-file-'))
  file = join(folder, 'latchkey.db')
})
afterEach(() => rm(folder, { recursive: true }))

async function modes(): Promise<number[]> {
  const names = await readdir(folder)
  const stats = await Promise.all(names.map((name) => stat(join(folder, name))))
  return stats.map(({ mode }) => mode & 0o777)
}

test('nobody else may read the store, its log or its index', async () => {
  await migrateStore({ engine: 'sqlite', file })
  const store = await openStore({ engine: 'sqlite', file })
  await store.ping()
  expect(await modes()).toEqual([0o600, 0o600, 0o600])
  await store.close()
})

test('a store that others may read is narrowed', async () => {
  await migrateStore({ engine: 'sqlite', file })
  await chmod(file, 0o644)
  await (await openStore({ engine: 'sqlite', file })).close()
  expect(await modes()).toEqual([0o600])
})

test('every commit reaches the disk, and references hold', async () => {
  const database = await openSqliteFile(file)
  const setting = (name: string) => Object.values(database.prepare(`pragma ${name}`).get() ?? {})
  expect(setting('journal_mode')).toEqual(['wal'])
  expect(setting('synchronous')).toEqual([2])
  expect(setting('foreign_keys')).toEqual([1])
  database.close()
})

test('while another process writes, requests wait their turn and the process goes on', async () => {
  await migrateStore({ engine: 'sqlite', file })
  const store = await openStore({ engine: 'sqlite', file })
  const other = new DatabaseSync(file)
  other.exec('begin immediate')
  let done = false
  const waiting = store
    .transaction((tx) => tx.recoveries.insert(recovery('r1')))
    .then(() => {
      done = true
    })
  let turns = 0
  for (const end = performance.now() + 100; performance.now() < end; turns += 1) await pause(1)
  expect({ done, turns: turns > 20 }).toEqual({ done: false, turns: true })
  other.exec('commit')
  other.close()
  await waiting
  const found = await store.transaction((tx) => tx.recoveries.find('r1'))
  expect(found).toEqual(recovery('r1'))
  await store.close()
})

test('five servers that start together make one schema', async () => {
  const answers = await Promise.all(
    Array.from({ length: 5 }, () => migrateStore({ engine: 'sqlite', file })),
  )
  const others = new Array<number>(4).fill(currentVersion)
  expect(answers.map(({ from }) => from).sort()).toEqual([0, ...others])
  await (await openStore({ engine: 'sqlite', file })).close()
})
