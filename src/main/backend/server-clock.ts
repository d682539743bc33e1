/** The server's time, as far as this side can tell. */
export type ServerClock = {
  /** Milliseconds since the epoch. */
  now(): number
  /** Learns from the `Date` header of an answer. @returns false when the header says nothing usable */
  learn(date: string): boolean
}

/**
 * Workstations at the login screen may have a clock that is far off. Proofs of possession carry a
 * time (RFC 9449 §4.3), so the difference is learnt from the first answer that complains.
 */
export function createServerClock(localNow: () => number): ServerClock {
  let offsetMs = 0
  return {
    now: () => localNow() + offsetMs,
    learn(date) {
      const serverNow = Date.parse(date)
      if (Number.isNaN(serverNow)) return false
      offsetMs = serverNow - localNow()
      return true
    },
  }
}
