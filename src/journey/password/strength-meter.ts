import type { Strength } from './strength.ts'

export type StrengthQuestion = { readonly password: string; readonly ownWords: readonly string[] }

/** A strength, or that there will never be one: without it everything else still works. */
export type StrengthAnswer = Strength | 'unavailable'

export type StrengthMeter = {
  /** Asks about one password; about one that was asked before, nobody wants to know any more. */
  ask(question: StrengthQuestion): void
  /** The answer that is awaited is not wanted any more. */
  forget(): void
  /** SECURITY: ends the worker, and with it goes all that it has been told. */
  stop(): void
}

/** The part of a `Worker` that is needed. */
export type StrengthWorker = Pick<Worker, 'postMessage' | 'terminate' | 'addEventListener'>

/**
 * Asks a worker how hard a password is to guess. It is asked one thing at a time, and next only what
 * was asked last: who types faster than it measures waits for one measurement, not for all.
 *
 * @param open - starts the worker; may throw
 * @param tell - hears the newest answer only
 */
export function startStrengthMeter(
  open: () => StrengthWorker,
  tell: (answer: StrengthAnswer) => void,
): StrengthMeter {
  let worker: StrengthWorker | null = null
  let isMeasuring = false
  let isWanted = false
  let next: StrengthQuestion | null = null

  function send(question: StrengthQuestion): void {
    isMeasuring = true
    worker?.postMessage(question)
  }
  function take({ data }: MessageEvent<Strength>): void {
    isMeasuring = false
    const question = next
    next = null
    if (question) send(question)
    else if (isWanted && worker) tell(data)
  }
  function stop(): void {
    worker?.terminate()
    worker = null
    next = null
  }
  function fail(): void {
    if (!worker) return
    stop()
    tell('unavailable')
  }

  try {
    worker = open()
    worker.addEventListener('message', take as EventListener)
    worker.addEventListener('error', fail)
    worker.addEventListener('messageerror', fail)
  } catch {
    tell('unavailable')
  }
  return {
    ask(question) {
      if (!worker) return
      isWanted = true
      if (isMeasuring) next = question
      else send(question)
    },
    forget() {
      isWanted = false
      next = null
    },
    stop,
  }
}
