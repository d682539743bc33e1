import { describeError } from './describe-error.ts'
import type { Log } from './domain/ports/log.ts'

export type Repeating = {
  /** Runs soon, instead of after the whole pause. */
  readonly wake: () => void
  /** Lets the present run end and starts no other. */
  readonly stop: () => Promise<void>
}

/**
 * Does something again and again, never twice at a time. A failure is logged and the next run tries
 * again: a database that is away for a while must not end it for ever.
 *
 * @param work - answers true when there may be more to do at once
 */
export function repeat(options: {
  readonly name: string
  readonly every: number
  readonly soon?: number
  readonly log: Log
  readonly work: () => Promise<boolean>
}): Repeating {
  const { name, every, soon = 20, log, work } = options
  let timer: NodeJS.Timeout | undefined
  let isRunning = false
  let isWoken = false
  let isStopped = false
  let idle: (() => void) | undefined

  const schedule = (pause: number) => {
    clearTimeout(timer)
    timer = isStopped ? undefined : setTimeout(run, pause)
  }
  const run = async () => {
    isRunning = true
    isWoken = false
    let more = false
    try {
      more = await work()
    } catch (error) {
      const fields = { event: `${name}_failed`, detail: describeError(error) }
      log.error(fields, `${name} failed; it is tried again`)
    }
    isRunning = false
    idle?.()
    schedule(more || isWoken ? soon : every)
  }
  schedule(0)
  return {
    wake() {
      if (isRunning) isWoken = true
      else if (!isStopped) schedule(soon)
    },
    async stop() {
      isStopped = true
      clearTimeout(timer)
      if (isRunning) {
        await new Promise<void>((resolve) => {
          idle = resolve
        })
      }
    },
  }
}
