import { appendFileSync, mkdirSync, statSync, truncateSync } from 'node:fs'
import { join } from 'node:path'

/** Every event that the helper writes down. */
export type LogEvent =
  | 'agent-connection-failed'
  | 'change-failed'
  | 'configuration'
  | 'confirmation-failed'
  | 'controller-not-reachable'
  | 'fault'
  | 'leak-check-failed'
  | 'page-gone'
  | 'verb-failed'

export type Log = (event: LogEvent, code: string) => void

const maxBytes = 512 * 1024

/**
 * A small log for helpdesk: time, event and code. SECURITY: there is no third field, so that no name,
 * text or secret can end up in it; what is not shaped like a code is left out.
 *
 * @param folder - made when missing
 */
export function createLog(folder: string, now: () => number): Log {
  const file = join(folder, 'latchkey.log')
  return (event, code) => {
    const safe = /^[\w:.-]{1,64}$/.test(code) ? code : 'unprintable'
    try {
      mkdirSync(folder, { recursive: true, mode: 0o700 })
      if ((statSync(file, { throwIfNoEntry: false })?.size ?? 0) > maxBytes) truncateSync(file)
      appendFileSync(file, `${new Date(now()).toISOString()} ${event} ${safe}\n`, { mode: 0o600 })
    } catch {
      // A full disk must not keep anybody locked out.
    }
  }
}
