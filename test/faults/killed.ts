import { setTimeout as pause } from 'node:timers/promises'
import { expect } from 'vitest'
import {
  eventsOf,
  isAlive,
  openWrites,
  passwordFacts,
  recoveriesOf,
  signsIn,
  temporaries,
  wasTold,
} from './facts.ts'
import { createHelper, proveTo, writePatiently } from './helper.ts'
import type { Lane, Staff } from './lane.ts'

/** What the domain controller holds after something has died. */
export type Truth = 'untouched' | 'temporary' | 'changed'

export const told = {
  reset: 'Your password was reset',
  again: 'Your password reset was interrupted',
}

/**
 * What the domain controller itself says. A password that is neither the old nor the chosen one is
 * never there without its must-change.
 */
export async function truthOf(
  lane: Lane,
  staff: Staff,
  before: number,
  passwords: { old: string; chosen: string },
): Promise<Truth> {
  const { version, mustChange } = await passwordFacts(lane.lab, staff.dn)
  if (version === before) {
    expect(await signsIn(lane.lab, staff, passwords.old)).toBe(true)
    return 'untouched'
  }
  if (mustChange) return 'temporary'
  expect(await signsIn(lane.lab, staff, passwords.chosen)).toBe(true)
  return 'changed'
}

/** Asks until the answer fits; then, or when time is up, it is asserted. */
export async function eventually<T>(
  read: () => Promise<T>,
  check: (value: T) => void,
  timeoutMs = 8_000,
): Promise<void> {
  const deadline = Date.now() + timeoutMs
  for (;;) {
    const value = await read()
    try {
      return check(value)
    } catch (error) {
      if (Date.now() > deadline) throw error
    }
    await pause(25)
  }
}

/** Waits until no write is open any more. */
export async function settled(lane: Lane): Promise<void> {
  await eventually(
    () => openWrites(lane),
    (open) => expect(open, 'open entries of the journal').toBe(0),
  )
}

/** How the log of a recovery ends once its time is over, by what the domain controller holds. */
const endings: Record<Truth, readonly string[]> = {
  untouched: ['sweep.not_applied', 'recovery.expired'],
  temporary: ['sweep.scrambled', 'recovery.expired'],
  changed: ['recovery.completed|sweep.confirmed'],
}

function isAboutWriting(event: string): boolean {
  return event !== 'recovery.started' && !event.startsWith('recovery.proof')
}

/** After the sweeper has been at work: the log says what happened, and the user knows. */
export async function expectExplained(
  lane: Lane,
  staff: Staff,
  recovery: { id: string; truth: Truth; since: number; chosen: string; sent: readonly string[] },
): Promise<void> {
  const { id, truth, since, chosen, sent } = recovery
  const written = async () => (await eventsOf(lane, id)).filter(isAboutWriting)
  const ending = endings[truth].map((options) => expect.stringMatching(`^(${options})$`))
  if (truth === 'untouched' && !(await written()).includes('recovery.commit_intended')) {
    ending.shift()
  }
  await eventually(written, (events) => expect(events.slice(-ending.length)).toEqual(ending))
  if (truth === 'untouched') expect(await written()).not.toContain('recovery.committed')
  else expect(await written()).toContain('recovery.commit_intended')
  if (truth === 'temporary') await wasTold(lane, staff, told.again, since)
  if (truth === 'changed') {
    expect(await written()).toContain('recovery.committed')
    expect(await signsIn(lane.lab, staff, chosen)).toBe(true)
    await wasTold(lane, staff, told.reset, since)
  }
  for (const one of sent) expect(await isAlive(lane.lab, staff, one)).toBe(false)
}

/** The user starts again, and it works: the domain controller accepts exactly the new password. */
export async function expectFreshStart(lane: Lane, staff: Staff, password: string): Promise<void> {
  const since = Date.now()
  const before = temporaries(lane).length
  const helper = createHelper(lane.helperOptions())
  await proveTo(helper, staff.account, await staff.nextCode())
  await writePatiently(helper, password)
  expect(await passwordFacts(lane.lab, staff.dn)).toMatchObject({ mustChange: false })
  const sent = temporaries(lane).slice(before)
  expect(sent.length).toBeGreaterThanOrEqual(1)
  for (const one of sent) expect(await isAlive(lane.lab, staff, one)).toBe(false)
  expect(await signsIn(lane.lab, staff, password)).toBe(true)
  expect(await openWrites(lane)).toBe(0)
  const id = (await recoveriesOf(lane, staff)).at(-1) ?? ''
  expect((await eventsOf(lane, id)).at(-1)).toBe('recovery.completed')
  await wasTold(lane, staff, told.reset, since)
}
