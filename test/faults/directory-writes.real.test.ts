import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { TcpProxy } from '../../scripts/lab/tcp-proxy.ts'
import {
  eventsOf,
  isAlive,
  observePassword,
  openWrites,
  passwordFacts,
  recoveriesOf,
  signsIn,
  temporaries,
  wasTold,
} from './facts.ts'
import { createHelper, proveTo, write } from './helper.ts'
import { eventually, expectFreshStart, settled, told } from './killed.ts'
import { type Lane, openLane, type Staff } from './lane.ts'
import { keyOf } from './points.ts'

/** Longer than a write may take. */
const leaseMs = 41_000
/** Longer than a recovery lives. */
const tooLateMs = 11 * 60_000
let lane: Lane
let staff: Staff
/** What signs in when a test begins, and what its user chooses. */
let current: string
let chosen: string
let version: number
let since: number
let sentBefore: number

beforeAll(async () => {
  lane = await openLane({ engine: 'sqlite', spare: true })
  staff = await lane.hire()
  chosen = staff.password
})

afterAll(() => lane?.stop())

beforeEach(async () => {
  // Two steps of the authenticator.
  await lane.skip(60_000)
  current = chosen
  chosen = `Chosen while it broke ${lane.now()}`
  sentBefore = temporaries(lane).length
  version = (await passwordFacts(lane.lab, staff.dn)).version
  since = Date.now()
})

async function proven(reach: 'direct' | 'relay' = 'direct') {
  const options = lane.helperOptions()
  const { host } = lane.lab.directory
  const nowhere = { [host]: 1, [host.replace(/^[^.]+/, 'dc2')]: 1 }
  const helper = createHelper(reach === 'relay' ? { ...options, detours: nowhere } : options)
  await proveTo(helper, staff.account, await staff.nextCode())
  return helper
}

/** Cuts the connection at one message, once; at the first one that fits after another one was met. */
function cut(point: string, following?: string) {
  const seen = { isCut: false }
  let isTime = following === undefined
  lane.watch.arm(
    (met) => {
      isTime ||= keyOf(met) === following
      return isTime && keyOf(met).startsWith(point)
    },
    async () => {
      seen.isCut = true
      return false
    },
  )
  return seen
}

async function events() {
  const all = await eventsOf(lane, (await recoveriesOf(lane, staff)).at(-1) ?? '')
  return all.filter((event) => event !== 'recovery.started' && !event.includes('proof'))
}

function sent(): string[] {
  return temporaries(lane).slice(sentBefore)
}

/** Each temporary password that reached the domain controller is dead, and the chosen one is in place. */
async function expectOnlyChosen() {
  for (const one of sent()) expect(await isAlive(lane.lab, staff, one)).toBe(false)
  expect(await signsIn(lane.lab, staff, chosen)).toBe(true)
  expect(await openWrites(lane)).toBe(0)
  expect((await events()).at(-1)).toBe('recovery.completed')
  await wasTold(lane, staff, told.reset, since)
}

describe('a temporary password and its must-change', () => {
  test('are never seen one without the other', async () => {
    const helper = await proven()
    const observed = await observePassword(lane.lab, staff.dn, () => write(helper, chosen))
    expect(observed.value).toMatchObject({ ok: true })
    const states = new Set(observed.seen.map((one) => `${one.version - version} ${one.mustChange}`))
    expect([...states]).toEqual(['0 false', '1 true', '2 false'])
    expect(sent()).toHaveLength(1)
  })
})

describe('the domain controller dies in the middle of a modify', () => {
  test('before it sets the temporary password: nothing is lost, and the next try works', async () => {
    const helper = await proven()
    const line = cut('before backend to controller: modify (1)')
    expect(await write(helper, chosen)).toMatchObject({ error: { code: 'directory_unavailable' } })
    expect(line.isCut).toBe(true)
    expect(await signsIn(lane.lab, staff, current)).toBe(true)
    expect((await events()).slice(-2)).toEqual([
      'recovery.commit_intended',
      'recovery.commit_failed',
    ])
    await lane.skip(leaseMs)
    await settled(lane)
    expect((await events()).at(-1)).toBe('sweep.not_applied')
    expect(await helper.setPassword(chosen)).toMatchObject({ ok: true })
    await expectOnlyChosen()
  })

  test('after it: the backend finds out, and the next try works', async () => {
    const helper = await proven()
    const line = cut('after backend to controller: modify (1)')
    expect(await write(helper, chosen)).toMatchObject({ error: { code: 'directory_unavailable' } })
    expect(line.isCut).toBe(true)
    expect(await passwordFacts(lane.lab, staff.dn)).toEqual({
      version: version + 1,
      mustChange: true,
    })
    // As long as it might still be written, nobody judges it.
    expect(await helper.setPassword(chosen)).toMatchObject({
      error: { code: 'write_in_progress', retryAfterSeconds: expect.any(Number) },
    })
    await lane.skip(leaseMs)
    await settled(lane)
    expect((await events()).at(-1)).toBe('sweep.scrambled')
    await wasTold(lane, staff, told.again, since)
    expect(await helper.setPassword(chosen)).toMatchObject({ ok: true })
    await expectOnlyChosen()
  })

  test('before the change: the helper asks again', async () => {
    const helper = await proven()
    const line = cut('before helper to controller: modify (1)')
    expect(await write(helper, chosen)).toMatchObject({ ok: true })
    expect(line.isCut).toBe(true)
    await expectOnlyChosen()
  })

  test('after the change: it is read back, not made twice', async () => {
    const helper = await proven()
    const line = cut('after helper to controller: modify (1)')
    expect(await write(helper, chosen)).toMatchObject({ ok: true })
    expect(line.isCut).toBe(true)
    expect((await passwordFacts(lane.lab, staff.dn)).version).toBe(version + 2)
    await expectOnlyChosen()
  })

  test('while it is asked whether the change was made: it is asked again', async () => {
    const helper = await proven()
    const line = cut(
      'after backend to controller: search',
      'before helper to backend: POST /complete (1)',
    )
    expect(await write(helper, chosen)).toMatchObject({ ok: true })
    expect(line.isCut).toBe(true)
    await expectOnlyChosen()
  })

  test('in relay mode, after the change: it is read back', async () => {
    const helper = await proven('relay')
    const line = cut('after backend to controller: modify (2)')
    expect(await write(helper, chosen)).toMatchObject({ ok: true, value: { mode: 'relay' } })
    expect(line.isCut).toBe(true)
    expect((await passwordFacts(lane.lab, staff.dn)).version).toBe(version + 2)
    await expectOnlyChosen()
  })

  test('in relay mode, before the change: the next try works', async () => {
    const helper = await proven('relay')
    const line = cut('before backend to controller: modify (2)')
    expect(await write(helper, chosen)).toMatchObject({ error: { code: 'directory_unavailable' } })
    expect(line.isCut).toBe(true)
    expect(await helper.setPassword(chosen)).toMatchObject({ ok: true, value: { mode: 'relay' } })
    await expectOnlyChosen()
  })
})

/** Nobody learns in time whether the change was made; then the user has the choice. */
describe('a change that was made, but whose answer never came', () => {
  /** Cuts a wire at one message, and others with it, until they are joined again. */
  function cutOff(point: string, wires: TcpProxy[]) {
    lane.watch.arm(
      (met) => keyOf(met) === point,
      async () => {
        for (const wire of wires) wire.setMode({ kind: 'refuse' })
        for (const wire of wires) wire.dropAll()
        return false
      },
    )
    return () => {
      for (const wire of wires) wire.setMode({ kind: 'pass' })
    }
  }

  const ways = [
    {
      way: 'direct',
      what: 'the domain controller is gone',
      point: 'after helper to controller: modify (1)',
      wires: () => [lane.ldaps, lane.helperLdaps, lane.spare],
    },
    {
      way: 'relay',
      what: 'the domain controller is gone',
      point: 'after backend to controller: modify (2)',
      wires: () => [lane.ldaps, lane.spare],
    },
    {
      way: 'relay',
      what: 'the backend is gone',
      point: 'after helper to backend: POST /relay (1)',
      wires: () => [lane.https],
    },
  ] as const

  test.each(ways)(
    '$way, $what: the same password again is not taken for a used one',
    async (one) => {
      const helper = await proven(one.way)
      const join = cutOff(one.point, one.wires())
      expect(await write(helper, chosen)).toMatchObject({ ok: false })
      join()
      expect(await helper.setPassword(chosen)).toMatchObject({ ok: true })
      expect((await passwordFacts(lane.lab, staff.dn)).version).toBe(version + 2)
      await expectOnlyChosen()
    },
  )

  test.each(ways)('$way, $what: success is not claimed for another password', async (one) => {
    const helper = await proven(one.way)
    const join = cutOff(one.point, one.wires())
    expect(await write(helper, `Not ${chosen}`)).toMatchObject({ ok: false })
    join()
    const written = await helper.setPassword(chosen)
    expect(await signsIn(lane.lab, staff, chosen)).toBe(written.ok)
    if (written.ok) return expectOnlyChosen()
    // The recovery had been completed already, with the first one.
    expect(written).toMatchObject({ error: { code: 'wrong_state' } })
    expect(await signsIn(lane.lab, staff, `Not ${chosen}`)).toBe(true)
    await lane.skip(60_000)
    await expectFreshStart(lane, staff, chosen)
  })
})

describe('the domain controller stays away', () => {
  test('the journal waits for it, and what is in doubt is settled when it is back', async () => {
    const helper = await proven()
    cut('after backend to controller: modify (1)')
    await write(helper, chosen)
    lane.ldaps.setMode({ kind: 'refuse' })
    lane.ldaps.dropAll()
    await lane.skip(tooLateMs)
    await eventually(
      async () => lane.backend.output(),
      (output) => expect(output).toContain('sweep_postponed'),
    )
    expect(await openWrites(lane)).toBe(1)
    lane.ldaps.setMode({ kind: 'pass' })
    await lane.skip(60_000)
    await settled(lane)
    expect(await events()).toContain('sweep.scrambled')
    await wasTold(lane, staff, told.again, since)
    await expectFreshStart(lane, staff, chosen)
  })

  test('another one does it the next time', async () => {
    const helper = await proven()
    cut('after backend to controller: modify (1)')
    await write(helper, chosen)
    lane.ldaps.setMode({ kind: 'refuse' })
    lane.ldaps.dropAll()
    lane.helperLdaps.setMode({ kind: 'refuse' })
    lane.helperLdaps.dropAll()
    await lane.skip(leaseMs * 2)
    const again = await proven()
    expect(await write(again, chosen)).toMatchObject({ ok: true, value: { mode: 'direct' } })
    expect(await signsIn(lane.lab, staff, chosen)).toBe(true)
    lane.ldaps.setMode({ kind: 'pass' })
    lane.helperLdaps.setMode({ kind: 'pass' })
    await expectOnlyChosen()
  })
})

describe('the backend is back before the write could have ended', () => {
  test('the user is told to wait, and how long', async () => {
    const helper = await proven()
    lane.watch.arm(
      (met) => keyOf(met) === 'after backend to controller: modify (1)',
      async () => {
        await lane.backend.kill()
        return false
      },
    )
    expect(await write(helper, chosen)).toMatchObject({ ok: false })
    await lane.restart(0)
    const again = await proven()
    const refused = await write(again, chosen)
    expect(refused).toMatchObject({ error: { code: 'write_in_progress' } })
    const seconds = refused.ok ? 0 : (refused.error.retryAfterSeconds ?? 0)
    expect(seconds).toBeGreaterThan(0)
    expect(seconds).toBeLessThanOrEqual(leaseMs / 1000)
    await lane.skip(seconds * 1000)
    await settled(lane)
    expect(await again.setPassword(chosen)).toMatchObject({ ok: true })
    await expectOnlyChosen()
  })
})
