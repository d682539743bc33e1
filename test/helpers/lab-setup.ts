import type { TestProject } from 'vitest/node'
import { type Lab, startLab } from '../../scripts/lab/lab.ts'
import type { LabFacts } from './lab.ts'

// Each vitest project loads this file for itself, but they share one process and one lab.
const shared = globalThis as { latchkeyLab?: { lab: Promise<Lab>; users: number } }

/** Starts the shared lab with the first project that needs it and stops it with the last. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  shared.latchkeyLab ??= { lab: startLab(), users: 0 }
  const use = shared.latchkeyLab
  use.users += 1
  const lab = await use.lab
  project.provide('lab', factsOf(lab))
  return async () => {
    use.users -= 1
    if (use.users > 0) return
    delete shared.latchkeyLab
    await lab.stop()
  }
}

/** What can cross to the test process: everything except functions. */
function factsOf(lab: Lab): LabFacts {
  return JSON.parse(JSON.stringify({ ...lab, directoryProcess: lab.directory.pid() }))
}
