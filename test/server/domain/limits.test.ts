import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { MethodKind } from '../../../src/contract/method-kinds.ts'
import {
  afterFailedSms,
  countInRow,
  forgetFailures,
  mustSuspend,
  refundProof,
  reserveCode,
  reserveProof,
  secondsUntil,
} from '../../../src/server/domain/limits.ts'
import type { LimitRecord } from '../../../src/server/domain/ports/limits.ts'
import { limits } from './default-limits.ts'

const minute = 60_000
const start = 1_700_000_000_000
const fresh: LimitRecord = {
  key: 'k',
  windowStart: 0,
  count: 0,
  consecutive: 0,
  blockedUntil: 0,
  note: '',
}

/** Fails `times` times, `gap` milliseconds apart, from `now` on. */
function fail(
  record: LimitRecord,
  times: number,
  now: number,
  gap = 1000,
  kind: MethodKind = 'totp',
) {
  let at = now
  let current = record
  for (let index = 0; index < times; index++, at += gap) {
    current = reserveProof(current, kind, limits, at).next
  }
  return { record: current, at }
}

describe('failed proofs of one account', () => {
  test('the eleventh in fifteen minutes has to wait 30 seconds', () => {
    const { record, at } = fail(fresh, 10, start)
    const eleventh = reserveProof(record, 'totp', limits, at)
    expect(eleventh.allowed).toBe(false)
    expect(secondsUntil(eleventh.next.blockedUntil, at)).toBe(29)
  })

  test('a refused try does not prolong the wait', () => {
    const { record, at } = fail(fresh, 10, start)
    expect(reserveProof(record, 'totp', limits, at).next).toEqual(record)
  })

  test('each further failure doubles the wait, up to an hour', () => {
    let { record } = fail(fresh, 10, start)
    const waits: number[] = []
    for (let index = 0; index < 9; index++) {
      const now = record.blockedUntil
      waits.push((record.blockedUntil - record.windowStart) / 1000)
      const verdict = reserveProof(record, 'totp', limits, now)
      expect(verdict.allowed).toBe(true)
      record = verdict.next
    }
    expect(waits).toEqual([30, 60, 120, 240, 480, 960, 1920, 3600, 3600])
  })

  test('both kinds count together: a method is not a way around the limit', () => {
    const half = fail(fresh, 5, start, 1000, 'totp')
    const { record, at } = fail(half.record, 5, half.at, 1000, 'email')
    expect(reserveProof(record, 'totp', limits, at).allowed).toBe(false)
    expect(reserveProof(record, 'email', limits, at).allowed).toBe(false)
  })

  test('a method that did not fail stays open, for one try', () => {
    const { record, at } = fail(fresh, 10, start)
    const other = reserveProof(record, 'email', limits, at)
    expect(other.allowed).toBe(true)
    expect(other.next.blockedUntil).toBe(record.blockedUntil)
    expect(reserveProof(other.next, 'email', limits, at).allowed).toBe(false)
    expect(refundProof(other.next, record, other.next)).toEqual(record)
  })

  test('nine and a quiet quarter of an hour start from zero', () => {
    const { record, at } = fail(fresh, 9, start)
    const later = fail(record, 9, at + 15 * minute)
    expect(reserveProof(later.record, 'totp', limits, later.at).allowed).toBe(true)
  })

  test('waits are forgotten after an hour of calm', () => {
    const { record } = fail(fresh, 10, start)
    const next = reserveProof(record, 'totp', limits, record.blockedUntil + 60 * minute).next
    expect(next).toMatchObject({ count: 1, blockedUntil: 0, consecutive: 11 })
  })

  test('a right proof leaves no trace, and the failures of others stay', () => {
    const { record, at } = fail(fresh, 9, start)
    const reserved = reserveProof(record, 'totp', limits, at).next
    expect(refundProof(reserved, record, reserved)).toEqual(record)
    const other = reserveProof(record, 'email', limits, at).next
    const both = fail(other, 1, other.blockedUntil).record
    expect(refundProof(both, record, other)).toMatchObject({
      count: both.count - 1,
      blockedUntil: both.blockedUntil,
    })
    expect(forgetFailures(both)).toMatchObject({ count: 0, blockedUntil: 0, note: '' })
  })

  test('whatever the timing, no fifteen minutes see more than ten tries of one method', () => {
    const gaps = fc.array(fc.integer({ min: 0, max: 20 * minute }), { maxLength: 120 })
    fc.assert(
      fc.property(gaps, (pauses) => {
        let record = fresh
        let now = start
        const admitted: number[] = []
        for (const pause of pauses) {
          now += pause
          const verdict = reserveProof(record, 'totp', limits, now)
          record = verdict.next
          if (verdict.allowed) admitted.push(now)
        }
        for (const from of admitted) {
          const inWindow = admitted.filter((at) => at >= from && at < from + 15 * minute)
          // Ten, and the few that the rising delay lets through: after 30 s, 1, 2 and 4 minutes.
          expect(inWindow.length).toBeLessThanOrEqual(limits.failures + 5)
        }
        for (const from of admitted) {
          const inHalfMinute = admitted.filter((at) => at >= from && at < from + 30_000)
          expect(inHalfMinute.length).toBeLessThanOrEqual(limits.failures)
        }
      }),
    )
  })
})

test('a hundred failures in a row suspend a method, ninety-nine do not', () => {
  let record = fresh
  for (let index = 0; index < 99; index++) record = countInRow(record, start + index)
  expect(mustSuspend(record, limits)).toBe(false)
  expect(mustSuspend(countInRow(record, start), limits)).toBe(true)
})

test('codes are capped for an hour, and the wait is told', () => {
  let record = fresh
  for (let index = 0; index < 3; index++) {
    const verdict = reserveCode(record, 3, start + index)
    expect(verdict.allowed).toBe(true)
    record = verdict.next
  }
  const refused = reserveCode(record, 3, start + 10 * minute)
  expect(refused.allowed).toBe(false)
  expect(secondsUntil(refused.next.blockedUntil, start + 10 * minute)).toBe(50 * 60)
  expect(reserveCode(refused.next, 3, start + 60 * minute)).toMatchObject({
    allowed: true,
    next: { count: 1, blockedUntil: 0 },
  })
})

describe('what is counted for a day', () => {
  const day = 24 * 3_600_000
  const take = (current: LimitRecord, at: number) => reserveCode(current, 1, at, day)

  test('opens again after a day, and not after an hour', () => {
    const first = take(fresh, start)
    expect(first.allowed).toBe(true)
    const refused = take(first.next, start + day - 1)
    expect(refused).toMatchObject({ allowed: false, next: { blockedUntil: start + day } })
    expect(take(refused.next, start + day).allowed).toBe(true)
  })

  test('failures of text messages begin at one each day, with the newest reason', () => {
    const first = afterFailedSms(fresh, '30006', start)
    const second = afterFailedSms(first, 'http_503', start + day - 1)
    expect(second).toMatchObject({ count: 2, note: 'http_503', windowStart: start })
    const later = afterFailedSms(second, '21614', start + day)
    expect(later).toMatchObject({ count: 1, note: '21614', windowStart: start + day })
  })
})
