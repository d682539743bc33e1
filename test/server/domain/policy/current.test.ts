import { expect, test } from 'vitest'
import { createPolicies } from '../../../../src/server/domain/policy/current.ts'
import type { PolicyVersion } from '../../../../src/server/domain/ports/policies.ts'
import type { Store, StoreTransaction } from '../../../../src/server/domain/ports/store.ts'
import { documentOf } from './documents.ts'

const fallback = documentOf({})

function setUp() {
  const state = {
    ...{ stored: null as PolicyVersion | null, asked: 0, fails: false, now: 1_000_000 },
    /** How long an answer is on its way. */
    before: async () => {},
  }
  const transaction = async <T>(work: (tx: StoreTransaction) => Promise<T>) => {
    state.asked += 1
    if (state.fails) throw new Error('away')
    const { before, stored } = state
    const policies = {
      newestVersion: async () => stored?.version ?? 0,
      newest: async () => stored,
    }
    const answer = await work({ policies } as StoreTransaction)
    await before()
    return answer
  }
  const store = { transaction } as Pick<Store, 'transaction'>
  const apply = (version: number) => {
    const document = documentOf({ everyone: { required: 1 } })
    state.stored = { version, document, author: 'root', reason: 'test', createdAt: 0 }
    return document
  }
  return { state, apply, current: createPolicies(store, fallback, () => state.now) }
}

test('no older answer is given when the store cannot be asked, and the next one asks again', async () => {
  const { state, apply, current } = setUp()
  await current.current()
  state.now += 2_000
  state.fails = true
  await expect(current.current()).rejects.toThrow('away')
  state.fails = false
  const document = apply(1)
  expect(await current.current()).toEqual({ version: 1, document })
})

test('an older answer that comes late takes nothing back', async () => {
  const { state, apply, current } = setUp()
  apply(1)
  let arrive = () => {}
  const late = new Promise<void>((resolve) => {
    arrive = resolve
  })
  state.before = () => late
  const first = current.latest()
  state.before = async () => {}
  const document = apply(2)
  expect(await current.latest()).toEqual({ version: 2, document })
  arrive()
  expect(await first).toEqual({ version: 2, document })
  expect(await current.latest()).toEqual({ version: 2, document })
})

test('what the configuration says holds until a version is stored, then that, within two seconds', async () => {
  const { state, apply, current } = setUp()
  expect(await current.current()).toEqual({ version: 0, document: fallback })
  const document = apply(1)
  expect((await current.current()).version).toBe(0)
  // What cannot be taken back does not wait.
  expect((await current.latest()).version).toBe(1)
  state.now += 2_000
  expect(await current.current()).toEqual({ version: 1, document })
})

test('many who ask at once share one question', async () => {
  const { state, current } = setUp()
  await Promise.all(Array.from({ length: 50 }, () => current.current()))
  expect(state.asked).toBe(1)
})

test('a version is one object as long as it holds, so that its index is made once', async () => {
  const { state, apply, current } = setUp()
  apply(1)
  const { document } = await current.latest()
  state.now += 10_000
  expect((await current.current()).document).toBe(document)
})

test('a clock that was set back does not keep an old answer', async () => {
  const { state, apply, current } = setUp()
  await current.current()
  apply(1)
  state.now -= 60_000
  expect((await current.current()).version).toBe(1)
})
