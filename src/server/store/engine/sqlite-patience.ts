import { setTimeout as pause } from 'node:timers/promises'
import { resultCode } from './sqlite-faults.ts'

const busy = 5
/** How long to wait for another process, in milliseconds. */
const patienceMs = 8_000

/**
 * Tries again while another process has the file. SQLite's own busy handler would wait too, but it
 * blocks this process meanwhile, with all its requests.
 */
export async function patiently<T>(attempt: () => T): Promise<T> {
  const end = performance.now() + patienceMs
  for (let tries = 0; ; tries += 1) {
    try {
      return attempt()
    } catch (error) {
      if (resultCode(error) !== busy || performance.now() > end) throw error
      await pause(1 + Math.random() * Math.min(tries, 4))
    }
  }
}
