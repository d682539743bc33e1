import { DatabaseSync } from 'node:sqlite'
import { expect, it } from 'vitest'
import { createQueue } from '../../../src/server/store/engine/sqlite-queue.ts'

it('a transaction that begins the moment another one ends is not forgotten', async () => {
  const queue = createQueue(new DatabaseSync(':memory:'), ':memory:')
  const settled: number[] = []
  // Each waits a little longer before the next, in steps of the event loop's smallest unit.
  for (let turns = 0; turns < 12; turns += 1) {
    await queue.add(async () => {})
    for (let turn = 0; turn < turns; turn += 1) await null
    settled.push(await queue.add(async () => turns))
  }
  expect(settled).toHaveLength(12)
}, 5_000)
