import { expect, test } from 'vitest'
import { compare, interleave, median, percentile, summarise } from './statistics.ts'

test('nothing can be said of no samples', () => {
  expect(() => percentile([], 0.5)).toThrow('no samples')
  expect(() => summarise([])).toThrow('no samples')
})

test('a percentile lies between its neighbours, in proportion', () => {
  const samples = [40, 10, 30, 20]
  expect(percentile(samples, 0)).toBe(10)
  expect(percentile(samples, 1)).toBe(40)
  expect(percentile(samples, 0.5)).toBe(25)
  expect(percentile(samples, 0.9)).toBeCloseTo(37)
  expect(percentile([7], 0.99)).toBe(7)
  expect(samples).toEqual([40, 10, 30, 20])
})

test('numbers are put in order as numbers', () => {
  expect(median([100, 9, 20])).toBe(20)
})

test('the middle and the middle half', () => {
  expect(summarise([5, 1, 4, 2, 3])).toEqual({ median: 3, low: 2, high: 4, samples: 5 })
})

test('a machine that is slow for a while does not change the ratio', () => {
  const { ratio } = compare([
    { ours: 12, floor: 10 },
    { ours: 1200, floor: 1000 },
    { ours: 120, floor: 100 },
  ])
  expect(ratio.median).toBeCloseTo(1.2)
  expect(ratio.high - ratio.low).toBeCloseTo(0)
})

test('both sides take turns, and turns at being first', async () => {
  const order: string[] = []
  const side = (name: string, value: number) => async () => {
    order.push(name)
    return value
  }
  const pairs = await interleave(3, side('ours', 1), side('floor', 2))
  expect(order).toEqual(['ours', 'floor', 'floor', 'ours', 'ours', 'floor'])
  expect(pairs).toEqual(Array(3).fill({ ours: 1, floor: 2 }))
})
