import { expect, test } from 'vitest'
import { createPermits } from '../../src/directory/permits.ts'

test('refuses more than there are, once the time is up', async () => {
  const permits = createPermits(1)
  expect(await permits.take(5)).toBe(true)
  expect(await permits.take(5)).toBe(false)
  expect(permits.waiting()).toBe(0)
})

test('refuses everybody after the end', async () => {
  const permits = createPermits(1)
  await permits.take(5)
  const waiting = permits.take(10_000)
  permits.end()
  expect(await waiting).toBe(false)
  permits.giveBack()
  expect(await permits.take(5)).toBe(false)
})

test('serves those who wait in their order, and loses no place', async () => {
  const permits = createPermits(2)
  const order: number[] = []
  await Promise.all(
    [1, 2, 3, 4, 5, 6].map(async (number) => {
      await permits.take(1000)
      order.push(number)
      await new Promise((resolve) => setImmediate(resolve))
      permits.giveBack()
    }),
  )
  expect(order).toEqual([1, 2, 3, 4, 5, 6])
  expect(await permits.take(5)).toBe(true)
  expect(await permits.take(5)).toBe(true)
  expect(await permits.take(5)).toBe(false)
})
