import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import type { StoreConfig } from '../../../../src/server/store/store-config.ts'

export type Child = {
  readonly process: ChildProcess
  /** The whole lines that it has printed so far. */
  lines(): string[]
  /** Waits until it has printed that many. @throws when it ends or takes too long */
  printed(count: number): Promise<string[]>
  kill(): Promise<void>
}

const patienceMs = 20_000

/** Runs one of the scripts of this folder as a process of its own. */
export function startChild(script: string, config: StoreConfig, argument: string): Child {
  const path = join(import.meta.dirname, script)
  const child = spawn(process.execPath, [path, JSON.stringify(config), argument], {
    stdio: ['pipe', 'pipe', 'pipe'],
  })
  let output = ''
  let errors = ''
  child.stdout.setEncoding('utf8').on('data', (text) => {
    output += text
  })
  child.stderr.setEncoding('utf8').on('data', (text) => {
    errors += text
  })
  const closed = once(child, 'close')
  const lines = () => output.split('\n').slice(0, -1)
  return {
    process: child,
    lines,
    async printed(count) {
      const signal = AbortSignal.timeout(patienceMs)
      while (lines().length < count) {
        const ended = await Promise.race([
          once(child.stdout, 'data', { signal }).then(() => false),
          closed.then(() => true),
        ])
        if (ended && lines().length < count) throw new Error(`${script} ended: ${errors}`)
      }
      return lines()
    },
    async kill() {
      child.kill('SIGKILL')
      await closed
    },
  }
}
