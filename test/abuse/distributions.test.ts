import { expect, test } from 'vitest'
import { criticalDistance, kolmogorovSmirnov, shuffled } from './distributions.ts'

test('samples that do not overlap are as far apart as can be, whichever comes first', () => {
  expect(kolmogorovSmirnov([1, 2, 3], [4, 5])).toBe(1)
  expect(kolmogorovSmirnov([4, 5], [1, 2, 3])).toBe(1)
})

test('equal samples are not apart, however often a value comes', () => {
  expect(kolmogorovSmirnov([1, 1, 2, 3], [3, 1, 2, 1])).toBe(0)
  expect(kolmogorovSmirnov([1, 2], [1, 1, 2, 2])).toBe(0)
})

test('the distance is the largest one between the distribution functions', () => {
  expect(kolmogorovSmirnov([1, 2, 3, 4], [3, 4, 5, 6])).toBe(0.5)
  // Three in four at the first place of the grid against one in four.
  expect(kolmogorovSmirnov([50, 50, 50, 100], [50, 100, 100, 100])).toBe(0.5)
})

test('a thousand against a thousand differ by chance by less than nine hundredths', () => {
  expect(criticalDistance(1000, 1000)).toBeCloseTo(0.0872, 3)
  let beyond = 0
  for (let round = 0; round < 200; round += 1) {
    const mixed = shuffled(Array.from({ length: 2000 }, (_, index) => index))
    const distance = kolmogorovSmirnov(mixed.slice(0, 1000), mixed.slice(1000))
    if (distance > criticalDistance(1000, 1000)) beyond += 1
  }
  // One in a thousand: four of two hundred would be a marvel.
  expect(beyond).toBeLessThan(4)
})
