import { writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { electronSwitches } from '../../scripts/lab/electron.ts'
import { startProcess } from '../../scripts/lab/process.ts'
import { temporaryFolder } from '../../scripts/lab/temporary-folder.ts'
import { startVirtualDisplay } from '../../scripts/lab/virtual-display.ts'
import { ensureElectron } from '../../scripts/setup/electron-runtime.ts'
import { type Findings, figure } from './figures.ts'
import { interleave } from './statistics.ts'

const PROBE = join(import.meta.dirname, 'first-screen-probe.cjs')
const HELPER = resolve(import.meta.dirname, '../..')
const EMPTY_APP = join(HELPER, 'scripts/lab/empty-app')
const PAIRS = 20
const WARM_UPS = 2
const TIMEOUT_MS = 60_000

/** From the start of the process until the first screen can be used. */
export async function measureColdStart(): Promise<Findings> {
  const { path: electron } = await ensureElectron()
  const display = await startVirtualDisplay()
  const folder = temporaryFolder('cold-start')
  const configuration = join(folder.path, 'latchkey.json')
  // The first screen asks nobody; there is no backend here.
  writeFileSync(configuration, JSON.stringify({ backendUrl: 'https://latchkey.invalid' }))
  const start = (app: string, args: string[], withField: boolean) =>
    startOnce({ electron, display: display.name, app, args, withField })
  const ours = () => start(HELPER, [`--config=${configuration}`], true)
  const floor = () => start(EMPTY_APP, [], false)
  try {
    await interleave(WARM_UPS, ours, floor)
    const pairs = await interleave(PAIRS, ours, floor)
    const target = { bound: 'at most', value: 1.2 } as const
    return {
      figures: [figure('cold start to a usable first screen', 'ms', pairs, target)],
      details: [],
      notes: [
        'Cold start: a new process with a new profile; program files are in the page cache. Ours ' +
          'ends when a typed character has arrived in the account field, the floor when an empty ' +
          'window of the same runtime has painted.',
      ],
    }
  } finally {
    await display.stop()
    folder.remove()
  }
}

interface Start {
  electron: string
  display: string
  app: string
  args: string[]
  withField: boolean
}

/** @returns milliseconds */
async function startOnce({ electron, display, app, args, withField }: Start): Promise<number> {
  const folder = temporaryFolder('profile')
  const startedAt = performance.now()
  const program = await startProcess({
    name: 'Electron',
    command: electron,
    args: [
      ...electronSwitches(),
      `--user-data-dir=${folder.path}`,
      ...['-r', PROBE],
      ...[app, ...args],
    ],
    env: {
      ...process.env,
      DISPLAY: display,
      LATCHKEY_BENCH_FIELD: withField ? '1' : '0',
      LANG: 'C.UTF-8',
    },
    stopSignal: 'SIGKILL',
  })
  try {
    const line = await program.waitForOutput(/^(no )?first screen.*$/m, TIMEOUT_MS)
    const elapsed = performance.now() - startedAt
    if (line !== 'first screen') throw new Error(`${app}: ${line}`)
    return elapsed
  } finally {
    await program.stop()
    folder.remove()
  }
}
