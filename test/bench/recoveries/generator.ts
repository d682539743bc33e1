import { fork } from 'node:child_process'
import { join } from 'node:path'
import type { LoadReport, LoadTask } from './load-types.ts'

const TIMEOUT_MS = 120_000

/** The load generator's process. */
export interface Generator {
  run(task: LoadTask): Promise<LoadReport>
  stop(): void
}

export function startGenerator(): Generator {
  const child = fork(join(import.meta.dirname, 'load.ts'))
  return {
    run: (task) =>
      new Promise((settle, refuse) => {
        const finish = (act: () => void) => {
          clearTimeout(timer)
          child.off('message', hear)
          child.off('exit', ended)
          act()
        }
        const hear = (message: unknown) => {
          const { report, error } = message as { report?: LoadReport; error?: string }
          finish(() => (report ? settle(report) : refuse(new Error(error))))
        }
        const ended = () => finish(() => refuse(new Error('the load generator ended')))
        const late = () => finish(() => refuse(new Error('the load took too long')))
        const timer = setTimeout(late, TIMEOUT_MS)
        child.on('message', hear)
        child.on('exit', ended)
        child.send(task)
      }),
    stop: () => child.kill('SIGKILL'),
  }
}
