import { createHash } from 'node:crypto'
import type { JourneyResult, LeakCheck } from '../../contract/journey-bridge.ts'
import { ok } from '../../contract/result.ts'
import type { LeakedLookup } from '../backend/leaked-lookup.ts'
import type { Log } from '../log.ts'

/** Answers of the list by the digits that were asked about. */
export type LeakMemory = Map<string, ReadonlySet<string>>

/** As many passwords as somebody tries in one recovery. */
const mostRemembered = 8
const prefixDigits = 5

export function createLeakMemory(): LeakMemory {
  return new Map()
}

/**
 * Whether a password is on the list of leaked ones. Its SHA-1, as UTF-8, stays here: five of its forty
 * digits are sent, and the others are looked for in what comes back.
 */
export async function checkLeaked(
  { leaked, log }: { readonly leaked: LeakedLookup; readonly log: Log },
  memory: LeakMemory,
  password: string,
): Promise<JourneyResult<LeakCheck>> {
  const digest = createHash('sha1').update(password, 'utf8').digest('hex').toUpperCase()
  const prefix = digest.slice(0, prefixDigits)
  const known = memory.get(prefix)
  const answered = known === undefined ? await leaked(prefix) : ok(known)
  if (!answered.ok) {
    log('leak-check-failed', answered.error.code)
    return answered
  }
  if (memory.size < mostRemembered) memory.set(prefix, answered.value)
  return ok({ leaked: answered.value.has(digest.slice(prefixDigits)) })
}
