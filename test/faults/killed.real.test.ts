import { afterAll, describe, expect, test } from 'vitest'
import { eventsOf } from './facts.ts'
import { eventually, expectExplained, settled, type Truth } from './killed.ts'
import { type Lane, legs, openLane } from './lane.ts'
import { keyOf, type Point } from './points.ts'
import { type Attempt, killingBackend, killingBackendInRelay, killingHelper, walk } from './walk.ts'

/** Longer than a recovery lives. */
const tooLateMs = 11 * 60_000
/** Longer than a write may take, and two steps of the authenticator. */
const soonMs = 62_000
const timeoutMs = 300_000
const everyTruth = new Set<Truth>(['untouched', 'temporary', 'changed'])
const lanes: Lane[] = []

afterAll(async () => {
  await Promise.all(lanes.map((lane) => lane.stop()))
})

async function open(engine: 'sqlite' | 'postgres'): Promise<Lane> {
  const lane = await openLane({ engine })
  lanes.push(lane)
  return lane
}

/** Once everybody's time is over nothing is open, everything has an end, and the log is sound. */
async function expectAllExplained(lane: Lane) {
  await lane.skip(tooLateMs)
  await settled(lane)
  const open = "select id from recoveries where state not in ('completed', 'abandoned', 'expired')"
  await eventually(
    () => lane.query(open),
    (rows) => expect(rows).toEqual([]),
  )
  await lane.backend.stop()
  const { code, output } = await lane.backend.cli('audit', 'verify')
  expect(code, output).toBe(0)
}

/** A temporary password that was given up is accounted for, though nobody waited for the sweeper. */
async function expectGivenUp(lane: Lane, { id, truth }: Attempt) {
  if (truth === 'untouched') return
  const events = await eventsOf(lane, id)
  expect(events).toContain('recovery.commit_intended')
}

const truths = (points: { truth: Truth }[]) => new Set(points.map(({ truth }) => truth))
const on = (leg: string, points: Point[]) => points.filter((point) => point.leg === leg).map(keyOf)

describe.concurrent('killed at every await between plan and completion', () => {
  test(
    'the backend, on SQLite: started again too late, the sweeper settles it',
    async () => {
      const lane = await open('sqlite')
      const points = await walk(
        lane,
        killingBackend(Object.values(legs)),
        async (staff, attempt) => {
          await lane.restart(tooLateMs)
          await settled(lane)
          await expectExplained(lane, staff, attempt)
        },
      )
      expect(truths(points)).toEqual(everyTruth)
      expect(on('store', points)).toEqual(
        ['planned', 'commit_intended', 'committed', 'completed'].flatMap((event) => [
          `before store: commit recovery.${event} (1)`,
          `after store: commit recovery.${event} (1)`,
        ]),
      )
      expect(on(legs.https, points)).toHaveLength(6)
      expect(on(legs.helperLdaps, points).length).toBeGreaterThanOrEqual(4)
      expect(on(legs.backendLdaps, points)).toContain('after backend to controller: modify (1)')
      await expectAllExplained(lane)
    },
    timeoutMs,
  )

  test(
    'the backend, on PostgreSQL: started again soon, the user starts anew',
    async () => {
      const lane = await open('postgres')
      const points = await walk(
        lane,
        killingBackend([legs.postgres, legs.backendLdaps]),
        async (_, attempt) => {
          await lane.restart(soonMs)
          await expectGivenUp(lane, attempt)
        },
      )
      expect(truths(points)).toEqual(everyTruth)
      expect(on(legs.postgres, points)).toHaveLength(8)
      expect(on(legs.backendLdaps, points).length).toBeGreaterThanOrEqual(6)
      await expectAllExplained(lane)
    },
    timeoutMs,
  )

  test(
    'the backend in relay mode: started again too late, the sweeper settles it',
    async () => {
      const lane = await open('sqlite')
      const points = await walk(lane, killingBackendInRelay, async (staff, attempt) => {
        await lane.restart(tooLateMs)
        await settled(lane)
        await expectExplained(lane, staff, attempt)
      })
      expect(truths(points)).toEqual(everyTruth)
      expect(on(legs.https, points)).toContain('after helper to backend: POST /relay (1)')
      expect(on(legs.backendLdaps, points)).toContain('after backend to controller: modify (2)')
      await expectAllExplained(lane)
    },
    timeoutMs,
  )

  test(
    'the helper: when its time is over, the sweeper settles it',
    async () => {
      const lane = await open('sqlite')
      const points = await walk(lane, killingHelper, async (staff, attempt) => {
        await lane.skip(tooLateMs)
        await settled(lane)
        await expectExplained(lane, staff, attempt)
      })
      expect(truths(points)).toEqual(everyTruth)
      expect(on(legs.https, points)).toHaveLength(6)
      expect(on(legs.helperLdaps, points)).toHaveLength(4)
      await expectAllExplained(lane)
    },
    timeoutMs,
  )

  test(
    'the helper: started again soon, the user starts anew',
    async () => {
      const lane = await open('postgres')
      const points = await walk(lane, killingHelper, async (_, attempt) => {
        await lane.skip(soonMs)
        await expectGivenUp(lane, attempt)
      })
      expect(truths(points)).toEqual(everyTruth)
      expect(on(legs.helperLdaps, points)).toHaveLength(4)
      await expectAllExplained(lane)
    },
    timeoutMs,
  )
})
