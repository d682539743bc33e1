import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type LaunchedApp, launchElectron } from '../../scripts/lab/electron.ts'
import { handsAt, headings } from '../../scripts/lab/hands.ts'
import { findSecret } from '../abuse/not-received-forms.ts'
import { testDisplay, uniqueName } from '../helpers/lab.ts'
import {
  eventsOf,
  isAlive,
  openWrites,
  passwordFacts,
  recoveriesOf,
  signsIn,
  temporaries,
} from './facts.ts'
import { expectFreshStart } from './killed.ts'
import { type Lane, openLane, type Staff } from './lane.ts'
import { keyOf } from './points.ts'

const chosen = 'Chosen in a window 7'
let lane: Lane

beforeAll(async () => {
  lane = await openLane({ engine: 'sqlite' })
})

afterAll(() => lane?.stop())

async function launch(): Promise<LaunchedApp & { folder: string }> {
  const folder = join(lane.lab.folder, uniqueName('workstation'))
  const home = join(folder, 'home')
  mkdirSync(home, { recursive: true })
  const file = join(folder, 'latchkey.json')
  const { origin } = lane.helperOptions()
  const configuration = { backendUrl: origin, caFile: lane.lab.caFile, organisation: 'Example' }
  writeFileSync(file, JSON.stringify({ ...configuration, language: 'en' }))
  const launched = await launchElectron({
    appFolder: resolve(import.meta.dirname, '../..'),
    display: testDisplay(),
    args: [`--config=${file}`],
    userDataFolder: join(folder, 'data'),
    env: { HOME: home, XDG_CONFIG_HOME: undefined, LANG: 'C.UTF-8' },
  })
  return { ...launched, folder }
}

async function submit({ window }: LaunchedApp, staff: Staff, password: string) {
  const hands = handsAt(window, lane.lab.mail)
  await hands.nameAccount(staff.account)
  await hands.proveByApp(await staff.nextCode())
  await hands.choosePassword(password)
  return hands
}

/** Lets somebody write in the real window, and kills all of its processes at one message. */
async function killWindowAt(point: string, staff: Staff): Promise<string> {
  const app = await launch()
  let dying: Promise<void> | undefined
  const isMet = new Promise<void>((settle) => {
    lane.watch.arm(
      (met) => keyOf(met) === point,
      async () => {
        dying = app.kill()
        await dying
        settle()
        return false
      },
    )
  })
  try {
    await submit(app, staff, chosen)
    await isMet
  } finally {
    await (dying ?? app.kill())
  }
  return app.folder
}

function leftIn(folder: string): Buffer {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true })
  const files = entries.filter((entry) => entry.isFile())
  return Buffer.concat(files.map(({ parentPath, name }) => readFileSync(join(parentPath, name))))
}

/** Helper and backend reach the domain controller on one wire here; the second modify is the helper's. */
describe('the window is killed while it writes', () => {
  test('before the change: a new window takes over', async () => {
    const staff = await lane.hire()
    const folder = await killWindowAt('before backend to controller: modify (2)', staff)
    expect(await passwordFacts(lane.lab, staff.dn)).toMatchObject({ mustChange: true })
    expect(findSecret(leftIn(folder), chosen)).toEqual([])
    const app = await launch()
    try {
      const hands = await submit(app, staff, 'Chosen in a new window 8')
      await hands.see(headings.done)
    } finally {
      await app.stop()
    }
    expect(await signsIn(lane.lab, staff, 'Chosen in a new window 8')).toBe(true)
    await expectGivenUp(staff)
  })

  test('after the change: it is in place, and the user may start again', async () => {
    const staff = await lane.hire()
    const folder = await killWindowAt('after backend to controller: modify (2)', staff)
    expect(await passwordFacts(lane.lab, staff.dn)).toMatchObject({ mustChange: false })
    expect(await signsIn(lane.lab, staff, chosen)).toBe(true)
    expect(findSecret(leftIn(folder), chosen)).toEqual([])
    await expectFreshStart(lane, staff, 'Chosen after the window died 9')
    await expectGivenUp(staff)
  })
})

/** The log says what became of the killed one, nothing is open, and no temporary password lives. */
async function expectGivenUp(staff: Staff): Promise<void> {
  const [killed = ''] = await recoveriesOf(lane, staff)
  expect((await eventsOf(lane, killed)).slice(-3)).toEqual([
    'recovery.commit_intended',
    'recovery.committed',
    'recovery.abandoned',
  ])
  expect(await openWrites(lane)).toBe(0)
  for (const one of temporaries(lane)) expect(await isAlive(lane.lab, staff, one)).toBe(false)
}
