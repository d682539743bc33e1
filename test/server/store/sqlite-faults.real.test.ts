import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { verifyAudit } from '../../../src/server/audit/verify.ts'
import { migrateStore, type OpenStore, openStore } from '../../../src/server/store/open-store.ts'
import { fault, record } from './faults.ts'
import { mountSmallDisk, type SmallDisk } from './small-disk.ts'

let disk: SmallDisk
let config: { engine: 'sqlite'; file: string }
beforeEach(async () => {
  disk = await mountSmallDisk(2)
  config = { engine: 'sqlite', file: join(disk.folder, 'latchkey.db') }
})
afterEach(() => disk.remove())

const write = (store: OpenStore, id: string) => store.transaction((tx) => record(tx, id))

describe('a full disk', () => {
  test('refuses every change in one sentence, keeps what was acknowledged, and heals', async () => {
    await migrateStore(config)
    const store = await openStore(config)
    await write(store, 'before')
    await disk.fill()
    const attempts = Array.from({ length: 30 }, (_, index) => fault(write(store, `full-${index}`)))
    for (const error of await Promise.all(attempts)) {
      expect(error.message).toBe(`The disk of the store is full: free space for ${config.file}.`)
      expect(error.fault).toBe('full')
    }
    expect((await fault(store.ping())).fault).toBe('full')
    await disk.free()
    await store.ping()
    await write(store, 'after')
    const ids = ['before', ...attempts.map((_, index) => `full-${index}`), 'after']
    const found = await store.transaction(async (tx) => {
      const kept = []
      for (const id of ids) if ((await tx.recoveries.find(id)) !== null) kept.push(id)
      return kept
    })
    expect(found).toEqual(['before', 'after'])
    expect(await verifyAudit(store.log)).toMatchObject({ ok: true, value: { entries: 2 } })
    await store.close()
  })

  test('fills up under load without taking along a single acknowledged change', async () => {
    await migrateStore(config)
    const store = await openStore(config)
    const results = await Promise.allSettled(
      Array.from({ length: 6000 }, (_, index) => write(store, `r${index}`)),
    )
    const kept = results.flatMap(({ status }, index) => (status === 'fulfilled' ? [index] : []))
    expect(kept.length).toBeGreaterThan(100)
    expect(kept.length).toBeLessThan(6000)
    const open = await store.transaction((tx) =>
      tx.recoveries.findExpired(Number.MAX_SAFE_INTEGER, 6000),
    )
    const expected = kept.map((index) => `r${index}`)
    expect(open.map(({ id }) => id).sort()).toEqual(expected.sort())
    const log = await verifyAudit(store.log)
    expect(log).toMatchObject({ ok: true, value: { entries: kept.length } })
    await store.close()
  })

  test('is not taken for a damaged store when it is opened again', async () => {
    await migrateStore(config)
    await disk.fill()
    expect((await fault(openStore(config))).fault).toBe('full')
    await disk.free()
    await (await openStore(config)).close()
  })

  test('does not let a new store be made', async () => {
    await disk.fill()
    const error = await fault(migrateStore(config))
    expect(error.message).toMatch(/^The disk of the store is full: free /)
  })
})

describe('a store that cannot be opened says why:', () => {
  test('read-only', async () => {
    await migrateStore(config)
    await disk.makeReadOnly()
    for (const action of [openStore(config), migrateStore(config)]) {
      expect((await fault(action)).message).toBe(
        `The store cannot be opened: check that the folder of ${config.file} is there and writable.`,
      )
    }
    await disk.makeWritable()
    await (await openStore(config)).close()
  })

  test('no folder', async () => {
    const file = join(disk.folder, 'missing', 'latchkey.db')
    const error = await fault(openStore({ engine: 'sqlite', file }))
    const folder = join(disk.folder, 'missing')
    expect(error.message).toBe(
      `The store cannot be created: make sure that ${folder} exists and is writable.`,
    )
  })

  test('a folder instead of a file', async () => {
    await mkdir(config.file)
    expect((await fault(openStore(config))).fault).toBe('unreachable')
  })

  test('not a database', async () => {
    await writeFile(config.file, 'This is a letter to the editor. '.repeat(100))
    expect((await fault(openStore(config))).fault).toBe('damaged')
  })

  test('no schema yet', async () => {
    const error = await fault(openStore(config))
    expect(error.message).toBe('The store has no tables yet: run "latchkey-server migrate".')
  })
})
