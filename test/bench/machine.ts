import { execFileSync } from 'node:child_process'
import { cpus, totalmem } from 'node:os'
import { ensureElectron } from '../../scripts/setup/electron-runtime.ts'

/** What the figures depend on. No names, no addresses, no paths: the file is published. */
export interface MachineFacts {
  date: string
  commit: string
  cpu: string
  cores: number
  memoryGb: number
  platform: string
  node: string
  electron: string
}

export async function describeMachine(now: Date): Promise<MachineFacts> {
  const cores = cpus()
  return {
    date: now.toISOString(),
    commit: commitNow(),
    cpu: cores[0]?.model.trim() ?? 'unknown',
    cores: cores.length,
    memoryGb: Math.round(totalmem() / 2 ** 30),
    platform: `${process.platform} ${process.arch}`,
    node: process.versions.node,
    electron: (await ensureElectron()).version,
  }
}

/** The commit that is checked out; with a word when there is more than that in the folder. */
function commitNow(): string {
  const git = (...args: string[]) => {
    return execFileSync('git', args, {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }).trim()
  }
  try {
    const changed = git('status', '--porcelain', '--', 'src', 'package-lock.json') !== ''
    return `${git('rev-parse', '--short=12', 'HEAD')}${changed ? ', with changes' : ''}`
  } catch {
    return 'unknown'
  }
}
