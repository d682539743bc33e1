import { describe, expect, test } from 'vitest'
import { methodKinds } from '../../../src/contract/method-kinds.ts'
import { needsReconfirmation } from '../../../src/server/domain/reconfirmation.ts'

const day = 24 * 3_600_000
const confirmedAt = 1_000 * day
const number = { kind: 'sms', confirmedAt, lastUsedAt: null } as const

describe('nobody is asked again', () => {
  test('where the organisation does not want that', () => {
    expect(needsReconfirmation(number, null, confirmedAt + 10_000 * day)).toBe(false)
  })

  test('about what has never been confirmed: it counts for nothing anyway', () => {
    expect(needsReconfirmation({ ...number, confirmedAt: null }, 1, Date.now())).toBe(false)
  })

  test('about what does not change hands by itself', () => {
    const kinds = methodKinds.filter((kind) =>
      needsReconfirmation({ ...number, kind }, 180, confirmedAt + 400 * day),
    )
    expect(kinds).toEqual(['sms', 'email'])
  })
})

test('a number is asked about on the day, and not a millisecond before', () => {
  expect(needsReconfirmation(number, 180, confirmedAt + 180 * day - 1)).toBe(false)
  expect(needsReconfirmation(number, 180, confirmedAt + 180 * day)).toBe(true)
})

test('whoever has used it since has shown that it is still theirs', () => {
  const used = { ...number, lastUsedAt: confirmedAt + 100 * day }
  expect(needsReconfirmation(used, 180, confirmedAt + 200 * day)).toBe(false)
  expect(needsReconfirmation(used, 180, confirmedAt + 280 * day)).toBe(true)
})
