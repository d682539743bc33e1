import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { resolve } from 'node:path'
import { expect } from 'vitest'
import { passwordFacts, recoveriesOf, temporaries } from './facts.ts'
import { createHelper, proveTo, write } from './helper.ts'
import type { HelperTask } from './helper-process.ts'
import { expectFreshStart, type Truth, truthOf } from './killed.ts'
import { type Lane, legs, type Staff } from './lane.ts'
import { keyOf, type Point } from './points.ts'

const mostRounds = 100

/** One attempt at a reset, during which something was killed; or nothing, when there is no point. */
export interface Attempt {
  point: Point | null
  truth: Truth
  /** The id of the recovery. */
  id: string
  /** Real time. */
  since: number
  chosen: string
  /** Temporary passwords that reached the domain controller. */
  sent: string[]
}

/** Goes through a reset as far as it gets. @returns where something was killed, and how it ended */
export type Perform = (
  lane: Lane,
  staff: Staff,
  chosen: string,
  known: ReadonlySet<string>,
) => Promise<{ point: Point | null; saidDone: boolean }>

/**
 * Kills something at the first await between plan and completion, then at the second, and so on,
 * until an attempt comes to its end without having met a point that is new. After each death the
 * user starts again, and it must work.
 *
 * @returns the points, and what the domain controller held after each death
 */
export async function walk(
  lane: Lane,
  perform: Perform,
  afterwards: (staff: Staff, attempt: Attempt) => Promise<void>,
): Promise<(Point & { truth: Truth })[]> {
  const staff = await lane.hire()
  const known = new Set<string>()
  const points: (Point & { truth: Truth })[] = []
  let old = staff.password
  for (let round = 1; round < mostRounds; round += 1) {
    const tried = await attempt(
      lane,
      staff,
      perform,
      { old, chosen: `Chosen ${round}, then dead` },
      known,
    )
    const { point, truth } = tried
    if (point === null) {
      expect(truth).toBe('changed')
      return points
    }
    known.add(keyOf(point))
    points.push({ ...point, truth })
    old = `Chosen ${round}, after death`
    try {
      await afterwards(staff, tried)
      await expectFreshStart(lane, staff, old)
    } catch (error) {
      throw new Error(`killed ${keyOf(point)}, ${truth}: ${String(error)}`, { cause: error })
    }
  }
  throw new Error(`there was no end of points:\n${[...known].join('\n')}`)
}

async function attempt(
  lane: Lane,
  staff: Staff,
  perform: Perform,
  passwords: { old: string; chosen: string },
  known: ReadonlySet<string>,
): Promise<Attempt> {
  const { chosen } = passwords
  const { version } = await passwordFacts(lane.lab, staff.dn)
  const before = temporaries(lane).length
  const since = Date.now()
  const { point, saidDone } = await perform(lane, staff, chosen, known)
  const truth = await truthOf(lane, staff, version, passwords)
  // Nobody is told that it is done when it is not.
  if (saidDone) expect(truth).toBe('changed')
  const id = (await recoveriesOf(lane, staff)).at(-1) ?? ''
  return { point, truth, id, since, chosen, sent: temporaries(lane).slice(before) }
}

/** The backend dies; the helper goes on as well as it can without. */
export function killingBackend(on: readonly string[]): Perform {
  return async (lane, staff, chosen, known) => {
    const helper = createHelper(lane.helperOptions())
    await proveTo(helper, staff.account, await staff.nextCode())
    lane.armBackend(on, known)
    const written = await write(helper, chosen)
    const point = await lane.disarm()
    return { point, saidDone: written.ok }
  }
}

/** The same with no domain controller in reach of the helper, from the plan on: up to it, all is as above. */
export const killingBackendInRelay: Perform = async (lane, staff, chosen, known) => {
  const detours = { [lane.lab.directory.host]: 1 }
  const helper = createHelper({ ...lane.helperOptions(), detours })
  await proveTo(helper, staff.account, await staff.nextCode())
  const prepared = await helper.prepare()
  expect(prepared).toMatchObject({ ok: true, value: { mode: 'relay' } })
  lane.armBackend([legs.https, legs.backendLdaps], known)
  const written = await helper.setPassword(chosen)
  const point = await lane.disarm()
  return { point, saidDone: written.ok }
}

const helperLegs: readonly string[] = [legs.https, legs.helperLdaps]

/** The helper dies; the backend finishes what it was asked for. */
export const killingHelper: Perform = async (lane, staff, password, known) => {
  const task: HelperTask = {
    ...{ ...lane.helperOptions(), account: staff.account, password },
    code: await staff.nextCode(),
  }
  const file = resolve(import.meta.dirname, 'helper-process.ts')
  const child = spawn(process.execPath, [file, JSON.stringify(task)], {
    stdio: ['pipe', 'pipe', 'inherit'],
    timeout: 20_000,
  })
  const ended = once(child, 'exit')
  let said = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    said += text
  })
  await once(child.stdout, 'data')
  if (!said.includes('proven')) throw new Error('the helper did not get as far as the plan')
  let point: Point | null = null
  const isNew = (met: Point) => helperLegs.includes(met.leg) && !known.has(keyOf(met))
  lane.watch.arm(isNew, async (reached) => {
    point = reached
    child.kill('SIGKILL')
    await ended
    return false
  })
  child.stdin.write('go\n')
  await ended
  lane.watch.disarm()
  return { point, saidDone: said.includes('written {"ok":true') }
}
