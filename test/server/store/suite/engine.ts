import { afterAll, beforeAll, beforeEach } from 'vitest'
import type { StoreTransaction } from '../../../../src/server/domain/ports/store.ts'
import { migrateStore, type OpenStore, openStore } from '../../../../src/server/store/open-store.ts'
import type { StoreConfig } from '../../../../src/server/store/store-config.ts'

/** An empty database for the tests of one file. */
export type TestEngine = {
  readonly name: string
  create(): Promise<{
    config: StoreConfig
    /** Runs a statement as somebody who has the database's password, but not ours to give. */
    tamper(sql: string): Promise<void>
    remove(): Promise<void>
  }>
}

/** The store under test, opened twice, as two servers would. */
export type StoreUnderTest = {
  readonly config: StoreConfig
  readonly stores: readonly [OpenStore, OpenStore]
  run<T>(work: (tx: StoreTransaction) => Promise<T>): Promise<T>
  tamper(sql: string): Promise<void>
  /** As it is before each test. */
  empty(): Promise<void>
}

const tables = [
  ...['offers', 'recoveries', 'challenges', 'spent', 'methods', 'limits', 'writes', 'sessions'],
  ...['outbox', 'relay_keys', 'audit_entries', 'passes', 'policies', 'push_requests', 'vapid_keys'],
]

const emptied = `begin; ${tables.map((table) => `delete from ${table};`).join(' ')}
  update audit_head set seq = 0, hash = '${'0'.repeat(64)}'; commit`

/** Opens the engine for the tests of the file, and empties it before each. */
export function openForTests(engine: TestEngine): StoreUnderTest {
  let created: Awaited<ReturnType<TestEngine['create']>>
  let stores: [OpenStore, OpenStore]
  beforeAll(async () => {
    created = await engine.create()
    await migrateStore(created.config)
    stores = [await openStore(created.config), await openStore(created.config)]
  })
  beforeEach(async () => {
    await created.tamper(emptied)
  })
  afterAll(async () => {
    await Promise.all((stores ?? []).map((store) => store.close()))
    await created?.remove()
  })
  return {
    get config() {
      return created.config
    },
    get stores() {
      return stores
    },
    run: (work) => stores[0].transaction(work),
    tamper: (sql) => created.tamper(sql),
    empty: () => created.tamper(emptied),
  }
}

/** Asks `times` times at once, through both servers in turn, and gives the answers. */
export function allAtOnce<T>(
  { stores }: StoreUnderTest,
  times: number,
  work: (tx: StoreTransaction, index: number) => Promise<T>,
): Promise<T[]> {
  const calls = Array.from({ length: times }, (_, index) =>
    stores[index % 2 === 0 ? 0 : 1].transaction((tx) => work(tx, index)),
  )
  return Promise.all(calls)
}
