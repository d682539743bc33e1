import { randomBytes } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import type { LabBackend } from '../../scripts/lab/backend.ts'
import { randomPassword } from '../../scripts/lab/domain-controller/accounts.ts'
import { type LaunchedApp, launchElectron } from '../../scripts/lab/electron.ts'
import { enrol } from '../../scripts/lab/employee.ts'
import { handsAt, headings } from '../../scripts/lab/hands.ts'
import { type Lab, startLab } from '../../scripts/lab/lab.ts'
import { startVirtualDisplay } from '../../scripts/lab/virtual-display.ts'
import { type Findings, figure } from './figures.ts'
import { residentMemory } from './resident-memory.ts'
import { startBenchBackend } from './stack.ts'
import { interleave, type Pair } from './statistics.ts'

const HELPER = resolve(import.meta.dirname, '../..')
const EMPTY_APP = join(HELPER, 'scripts/lab/empty-app')
const PAIRS = 7
/** What is loaded behind the first screen is there by then. */
const SETTLE_MS = 2_000
const target = { bound: 'at most', value: 1.3 } as const

/** What the helper takes up, before and after a whole reset, beside an empty window. */
export async function measureMemory(): Promise<Findings> {
  const lab = await startLab()
  const display = await startVirtualDisplay()
  const backend = await startBenchBackend(lab, {})
  try {
    const ends: number[] = []
    const ours = async () => {
      const { first, end } = await walk(lab, backend, display.name)
      ends.push(end)
      return first
    }
    const pairs = await interleave(PAIRS, ours, () => emptyWindow(display.name))
    const atEnd = pairs.map<Pair>(({ floor }, index) => ({ ours: ends[index] as number, floor }))
    return {
      figures: [
        figure('memory at the first screen', 'MB', pairs, target),
        figure('memory after a whole reset', 'MB', atEnd, target),
      ],
      details: [],
      notes: [
        'Memory: proportional set size of all processes of the app, two seconds after its screen is ' +
          'there. Playwright is attached to both.',
      ],
    }
  } finally {
    await backend.stop()
    await display.stop()
    await lab.stop()
  }
}

async function walk(lab: Lab, backend: LabBackend, display: string) {
  const employee = await hire(lab, backend)
  const configuration = join(lab.folder, 'workstation.json')
  writeFileSync(configuration, JSON.stringify({ backendUrl: backend.origin, caFile: lab.caFile }))
  const app = await launchElectron({
    ...{ appFolder: HELPER, display, args: [`--config=${configuration}`] },
    env: { LANG: 'C.UTF-8' },
  })
  try {
    const hands = handsAt(app.window, lab.mail)
    await hands.see(headings.account)
    const first = await settledMemory(app)
    await hands.nameAccount(employee.account)
    await hands.proveByApp(await employee.code())
    await hands.proveByMail(employee)
    await hands.choosePassword(randomPassword())
    await hands.see(headings.done)
    return { first, end: await settledMemory(app) }
  } finally {
    await app.stop()
  }
}

async function hire(lab: Lab, backend: LabBackend) {
  const created = await lab.directory.createUser({
    ...{ name: `emp-${randomBytes(6).toString('hex')}`, givenName: 'Erika', surname: 'Example' },
    displayName: 'Erika Example',
  })
  return enrol(created, backend, lab.caPem, lab.mail)
}

async function emptyWindow(display: string): Promise<number> {
  const app = await launchElectron({
    ...{ appFolder: EMPTY_APP, display, env: { LANG: 'C.UTF-8' } },
  })
  try {
    return await settledMemory(app)
  } finally {
    await app.stop()
  }
}

async function settledMemory({ application }: LaunchedApp): Promise<number> {
  await pause(SETTLE_MS)
  return residentMemory(application.process().pid ?? 0)
}
