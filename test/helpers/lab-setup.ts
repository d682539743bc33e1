import { chmodSync } from 'node:fs'
import type { TestProject } from 'vitest/node'
import { type Lab, startLab } from '../../scripts/lab/lab.ts'
import { onShutdown } from '../../scripts/lab/shutdown.ts'
import { type TemporaryFolder, temporaryFolder } from '../../scripts/lab/temporary-folder.ts'
import { startVirtualDisplay, type VirtualDisplay } from '../../scripts/lab/virtual-display.ts'
import { ensureElectron } from '../../scripts/setup/electron-runtime.ts'
import type { LabFacts } from './lab.ts'

// Each vitest project loads this file for itself, but they share one process and one lab.
const shared = globalThis as { latchkeyLab?: { lab: Promise<Lab>; users: number } }

/** Starts the shared lab with the first project that needs it and stops it with the last. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  shared.latchkeyLab ??= { lab: start(), users: 0 }
  const use = shared.latchkeyLab
  use.users += 1
  const lab = await use.lab
  project.provide('lab', factsOf(lab))
  const display = project.name === 'real' ? undefined : await startDisplay(project)
  return async () => {
    await display?.stop()
    use.users -= 1
    if (use.users > 0) return
    delete shared.latchkeyLab
    await lab.stop()
  }
}

/** Windows need a display, and an Electron that is here before the first test's clock starts. */
async function startDisplay(project: TestProject): Promise<VirtualDisplay> {
  await ensureElectron()
  const display = await startVirtualDisplay()
  project.provide('display', display.name)
  return display
}

async function start(): Promise<Lab> {
  const lab = await startLab()
  const scratch = scratchFolder()
  const end = async () => {
    await lab.stop()
    scratch.remove()
  }
  const forget = onShutdown(end)
  const stop = async () => {
    forget()
    await end()
  }
  return { ...lab, stop }
}

/** Test processes may be ended at any moment, so what they leave lying about is swept up here. */
function scratchFolder(): TemporaryFolder {
  const folder = temporaryFolder('tests')
  // PostgreSQL runs as another user and has to get through.
  chmodSync(folder.path, 0o755)
  process.env.TMPDIR = folder.path
  return folder
}

/** What can cross to the test process: everything except functions. */
function factsOf(lab: Lab): LabFacts {
  return JSON.parse(JSON.stringify(lab))
}
