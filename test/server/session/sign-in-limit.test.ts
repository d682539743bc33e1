import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { LimitRecord } from '../../../src/server/domain/ports/limits.ts'
import {
  accountLimit,
  forgetTries,
  refundTry,
  reserveTry,
} from '../../../src/server/features/session/sign-in-limit.ts'

import { limits } from '../domain/default-limits.ts'

const limit = accountLimit(limits)
const start = 1_800_000_000_000
const fresh: LimitRecord = {
  ...{ key: 'sign-in:name:x', windowStart: start, count: 0, consecutive: 0 },
  ...{ blockedUntil: 0, note: '' },
}

/** Tries at these times; answers when they were let through. */
function admitted(times: number[]): number[] {
  let record = fresh
  return times.filter((now) => {
    const { next, allowed } = reserveTry(record, limit, now)
    record = next
    return allowed
  })
}

describe('whoever guesses is stopped before AD locks the account', () => {
  it('after three tries, until half an hour after the last of them', () => {
    const minute = 60_000
    const times = [0, 1, 2, 3, 29, 31.9, 32].map((minutes) => start + minutes * minute)
    expect(admitted(times)).toEqual([0, 1, 2, 32].map((minutes) => start + minutes * minute))
  })

  it('and a try in the pause does not prolong it', () => {
    const third = { ...fresh, count: 3, blockedUntil: start + limit.pause }
    const { next, allowed } = reserveTry(third, limit, start + 1000)
    expect(allowed).toBe(false)
    expect(next).toEqual(third)
  })

  it('so that no run of tries without a quiet half hour is longer than three', () => {
    const gaps = fc.array(fc.integer({ min: 0, max: 40 * 60_000 }), { maxLength: 200 })
    fc.assert(
      fc.property(gaps, (steps) => {
        let now = start
        const times = steps.map((step) => {
          now += step
          return now
        })
        // How AD counts: its window moves with each wrong password.
        let badPwdCount = 0
        let last = Number.NEGATIVE_INFINITY
        for (const time of admitted(times)) {
          badPwdCount = time - last >= limit.pause ? 1 : badPwdCount + 1
          last = time
          expect(badPwdCount).toBeLessThanOrEqual(3)
        }
      }),
    )
  })
})

describe('whoever signs in', () => {
  it('starts from zero again', () => {
    const two = { ...fresh, count: 2, consecutive: 2 }
    expect(forgetTries(two)).toMatchObject({ count: 0, consecutive: 0, blockedUntil: 0 })
  })

  it('gets the try back when no domain controller answered', () => {
    const { next } = reserveTry({ ...fresh, count: 2, consecutive: 2 }, limit, start)
    expect(next.blockedUntil).toBeGreaterThan(start)
    expect(refundTry(next)).toMatchObject({ count: 2, consecutive: 2, blockedUntil: 0 })
  })
})
