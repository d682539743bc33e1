import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { openGate } from '../../../src/server/store/gate.ts'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

const table = {
  rows: 0,
  async insert() {
    this.rows += 1
    return this.rows
  },
}

test('work that never ends is given up after ten seconds, and cannot come back', async () => {
  const gate = openGate()
  const guarded = gate.guard(table)
  const running = gate.run(() => new Promise(() => {}))
  const refused = expect(running).rejects.toThrow('a transaction took longer than 10000 ms')
  await vi.advanceTimersByTimeAsync(9_999)
  await guarded.insert()
  await vi.advanceTimersByTimeAsync(1)
  await refused
  await expect(guarded.insert()).rejects.toThrow('this transaction has ended')
})

test('work that ends leaves no timer behind', async () => {
  await openGate().run(async () => {})
  expect(vi.getTimerCount()).toBe(0)
})

test('the end waits for a call that was forgotten, so that it cannot fall into the next transaction', async () => {
  const gate = openGate()
  let finished = false
  const slow = gate.guard({
    async call() {
      await new Promise((settle) => setTimeout(settle, 100))
      finished = true
    },
  })
  const refused = expect(
    gate.run(async () => {
      void slow.call()
    }),
  ).rejects.toThrow('a call of the store was not awaited')
  await vi.advanceTimersByTimeAsync(100)
  await refused
  expect(finished).toBe(true)
})

test('the first failure counts, also when it was swallowed', async () => {
  const gate = openGate()
  const failing = gate.guard({
    async call(name: string) {
      throw new Error(name)
    },
  })
  const work = gate.run(async () => {
    await failing.call('first').catch(() => {})
    await failing.call('second').catch(() => {})
  })
  await expect(work).rejects.toThrow('first')
})

test('what the work gives passes through', async () => {
  const gate = openGate()
  const guarded = gate.guard({
    rows: 41,
    async insert() {
      return this.rows + 1
    },
  })
  expect(await gate.run(() => guarded.insert())).toBe(42)
})
