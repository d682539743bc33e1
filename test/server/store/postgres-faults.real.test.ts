import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import pg from 'pg'
import {
  afterAll,
  afterEach,
  beforeAll,
  beforeEach,
  describe,
  expect,
  onTestFinished,
  test,
} from 'vitest'
import {
  createDatabase,
  dropDatabase,
  type PostgresServer,
  startPostgres,
} from '../../../scripts/lab/postgres.ts'
import { verifyAudit } from '../../../src/server/audit/verify.ts'
import { StoreUnavailableError } from '../../../src/server/domain/ports/store-unavailable.ts'
import { currentVersion } from '../../../src/server/store/migrations/index.ts'
import { migrateStore, type OpenStore, openStore } from '../../../src/server/store/open-store.ts'
import { uniqueName } from '../../helpers/lab.ts'
import { fault, record } from './faults.ts'
import { increment, method, now } from './records.ts'
import { mountSmallDisk } from './small-disk.ts'

// A server of its own: it is crashed and filled up.
let server: PostgresServer
let config: { engine: 'postgresql'; url: string }
let store: OpenStore
let database: string
beforeAll(async () => {
  server = await startPostgres()
})
afterAll(() => server?.stop())
beforeEach(async () => {
  database = uniqueName('faults')
  config = { engine: 'postgresql', url: await createDatabase(server.url, database) }
  await migrateStore(config)
  store = await openStore(config)
})
afterEach(async () => {
  await store.close()
  await dropDatabase(server.url, database)
})

async function administer(sql: string, url = server.url): Promise<pg.QueryResult> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return await client.query(sql)
  } finally {
    await client.end()
  }
}

const place = () => `PostgreSQL at 127.0.0.1:${server.port}`

test('a crash of the server loses nothing that was acknowledged, and the store comes back', async () => {
  const acknowledged: string[] = []
  for (let round = 0; round < 4; round += 1) {
    let crashed = false
    const writers = Array.from({ length: 32 }, async (_, writer) => {
      for (let count = 0; !crashed; count += 1) {
        const id = `r${round}-${writer}-${count}`
        await store.transaction((tx) => record(tx, id))
        acknowledged.push(id)
      }
    })
    const outcomes = Promise.allSettled(writers)
    const enough = acknowledged.length + 300
    while (acknowledged.length < enough) await new Promise(setImmediate)
    await server.crash()
    crashed = true
    for (const outcome of await outcomes) {
      if (outcome.status === 'fulfilled') continue
      expect(outcome.reason).toBeInstanceOf(StoreUnavailableError)
      expect(outcome.reason.message).toBe(
        `The store does not answer: check ${place()}, its address, user and certificate.`,
      )
    }
    expect((await fault(store.ping())).fault).toBe('unreachable')
    await server.start()
    await store.ping()
    const found = await administer('select id from recoveries', config.url)
    const kept = new Set(found.rows.map(({ id }) => id))
    expect(acknowledged.filter((id) => !kept.has(id))).toEqual([])
    const log = await verifyAudit(store.log)
    expect(log).toMatchObject({ ok: true, value: { entries: kept.size } })
  }
})

test('a connection that is cut in the middle keeps nothing, and the next one works', async () => {
  const cut = store.transaction(async (tx) => {
    await record(tx, 'r1')
    await administer(`select pg_terminate_backend(pid) from pg_stat_activity
      where datname = '${database}' and state = 'idle in transaction'`)
    await tx.methods.insert(method('m1'))
  })
  expect((await fault(cut)).fault).toBe('unreachable')
  expect(await store.transaction((tx) => tx.recoveries.find('r1'))).toBeNull()
  expect((await store.log.read(0, 1)).entries).toEqual([])
})

test('a database that was made read-only refuses changes', async () => {
  await administer(`alter database "${database}" set default_transaction_read_only = on`)
  const other = await openStore(config)
  const error = await fault(other.transaction((tx) => record(tx, 'r1')))
  expect(error.message).toBe(
    `The store cannot be written: ${place()} is read-only or refuses this user.`,
  )
  expect((await fault(other.ping())).fault).toBe('read_only')
  await other.close()
})

test('a full disk refuses changes in one sentence and keeps what was acknowledged', async () => {
  const disk = await mountSmallDisk(12)
  onTestFinished(() => disk.remove())
  await promisify(execFile)('chown', ['nobody', disk.folder])
  await administer(`create tablespace small location '${disk.folder}'`)
  const name = uniqueName('full')
  await administer(`create database "${name}" tablespace small`)
  const url = new URL(server.url)
  url.pathname = `/${name}`
  const small = { engine: 'postgresql', url: url.href } as const
  await migrateStore(small)
  const filling = await openStore(small)
  await filling.transaction((tx) => record(tx, 'before'))
  await disk.fill()
  let error: unknown
  let kept = 0
  for (; error === undefined && kept < 5000; kept += 1) {
    const id = `r${kept}`
    await filling
      .transaction((tx) => record(tx, id))
      .catch((cause) => {
        error = cause
      })
  }
  expect(error).toMatchObject({
    fault: 'full',
    message: `The disk of the store is full: free space for ${place()}.`,
  })
  await disk.free()
  await filling.transaction((tx) => record(tx, 'after'))
  const { rows } = await administer('select count(*)::int as count from recoveries', small.url)
  const log = await verifyAudit(filling.log)
  expect(log).toMatchObject({ ok: true, value: { entries: rows[0].count } })
  expect(rows[0].count).toBe(kept + 1)
  await filling.close()
  await dropDatabase(server.url, name)
  await administer('drop tablespace small')
})

test('two that wait for each other: one is refused as busy, nothing of it is kept', async () => {
  let both = 0
  const meet = async () => {
    both += 1
    while (both < 2) await new Promise(setImmediate)
  }
  const cross = (id: string, first: string, second: string) =>
    store.transaction(async (tx) => {
      await record(tx, id)
      await tx.limits.update(first, now, increment)
      await meet()
      await tx.limits.update(second, now, increment)
    })
  await store.transaction(async (tx) => {
    await tx.limits.update('a', now, increment)
    await tx.limits.update('b', now, increment)
  })
  const [one, other] = await Promise.allSettled([cross('r1', 'a', 'b'), cross('r2', 'b', 'a')])
  const refused = [one, other].filter(({ status }) => status === 'rejected')
  expect(refused).toHaveLength(1)
  expect(refused[0]).toMatchObject({
    reason: {
      fault: 'busy',
      message: `The store is busy: ${place()} takes too long. Try again shortly.`,
    },
  })
  expect((await store.log.read(0, 10)).entries).toHaveLength(1)
  expect((await store.transaction((tx) => tx.limits.find('a')))?.count).toBe(2)
})

describe('a store that cannot be opened says why:', () => {
  test('nobody listens', async () => {
    const url = 'postgresql://latchkey@127.0.0.1:1/latchkey'
    const error = await fault(openStore({ engine: 'postgresql', url, password: 'canary' }))
    expect(error.message).toBe(
      'The store does not answer: check PostgreSQL at 127.0.0.1:1, its address, user and certificate.',
    )
    expect(JSON.stringify(error)).not.toContain('canary')
  })

  test('no such database', async () => {
    const url = new URL(server.url)
    url.pathname = '/missing'
    const error = await fault(openStore({ engine: 'postgresql', url: url.href }))
    expect(error.fault).toBe('unreachable')
  })

  test('no schema yet', async () => {
    const empty = uniqueName('empty')
    const url = await createDatabase(server.url, empty)
    const error = await fault(openStore({ engine: 'postgresql', url }))
    expect(error.message).toBe('The store has no tables yet: run "latchkey-server migrate".')
    const answers = await Promise.all(
      Array.from({ length: 5 }, () => migrateStore({ engine: 'postgresql', url })),
    )
    const others = Array.from({ length: 4 }, () => currentVersion)
    expect(answers.map(({ from }) => from).sort()).toEqual([0, ...others])
    await dropDatabase(server.url, empty)
  })
})
