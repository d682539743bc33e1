import { fork } from 'node:child_process'

const TIMEOUT_MS = 120_000

/** A load generator's process. */
export interface Generator<Task, Report> {
  run(task: Task): Promise<Report>
  stop(): void
}

/** @param script - what it runs: it answers each message of a task with one of a report */
export function startGenerator<Task extends object, Report>(
  script: string,
): Generator<Task, Report> {
  const child = fork(script)
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
          const { report, error } = message as { report?: Report; error?: string }
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
