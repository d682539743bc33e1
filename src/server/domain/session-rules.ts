import type { SessionRecord } from './ports/sessions.ts'

const minuteMs = 60_000

/** Portal sessions, in milliseconds. */
export const sessionTimes = {
  idle: 15 * minuteMs,
  lifetime: 8 * 60 * minuteMs,
  /** How long a proven method opens changes to methods. */
  elevation: 5 * minuteMs,
  /** The time of the last request is written this often at most: a page makes several at once. */
  touchEvery: 30_000,
} as const

/** Ends at the earlier of eight hours after sign-in and fifteen minutes after the last request. */
export function isAlive(session: SessionRecord, now: number): boolean {
  return now < session.expiresAt && now < session.lastSeenAt + sessionTimes.idle
}

/** Whether a method was proven in this session a short while ago. */
export function isElevated(session: SessionRecord, now: number): boolean {
  return session.steppedUpAt !== null && now < session.steppedUpAt + sessionTimes.elevation
}

/** Whether the time of the last request is worth a write. */
export function needsTouch(session: SessionRecord, now: number): boolean {
  return now >= session.lastSeenAt + sessionTimes.touchEvery
}

/** The session after a method was proven in it: another token, the same end. */
export function elevated(session: SessionRecord, tokenHash: string, now: number): SessionRecord {
  return { ...session, tokenHash, lastSeenAt: now, steppedUpAt: now }
}
