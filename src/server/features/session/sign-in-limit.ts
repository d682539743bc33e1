import type { Verdict } from '../../domain/limits.ts'
import type { LimitRecord } from '../../domain/ports/limits.ts'
import type { Limits } from '../../domain/settings.ts'

/** How many passwords may be tried before a pause, and how long the pause is (milliseconds). */
export type SignInLimit = { readonly tries: number; readonly pause: number }

/**
 * AD locks an account after `lockoutThreshold` wrong passwords without a gap of
 * `lockOutObservationWindow` between them ([MS-SAMR] 3.1.1.8.11); usual values are five or ten, and
 * thirty minutes. Fewer tries and then a pause as long as that window mean that whoever guesses here
 * never locks anybody out of Windows.
 */
export function accountLimit({ signInTries, signInPause }: Limits): SignInLimit {
  return { tries: signInTries, pause: signInPause }
}

/** Many people share the address of a branch office, so this one only stops machines. */
export const addressLimit: SignInLimit = { tries: 60, pause: 15 * 60_000 }

/** Under which keys tries are counted. */
export const signInKeys = {
  ofName: (nameKey: string) => `sign-in:name:${nameKey}`,
  ofAccount: (accountId: string) => `sign-in:account:${accountId}`,
  fromAddress: (addressKey: string) => `sign-in:from:${addressKey}`,
} as const

/**
 * Counts one try as failed, before the directory is asked. `windowStart` is the time of the last one,
 * because AD's window moves with each wrong password too. A try in the pause is refused, and does not
 * prolong it.
 */
export function reserveTry(current: LimitRecord, limit: SignInLimit, now: number): Verdict {
  if (now < current.blockedUntil) return { next: current, allowed: false }
  const quiet = now >= current.windowStart + limit.pause
  const count = quiet ? 1 : current.count + 1
  const blockedUntil = count >= limit.tries ? now + limit.pause : 0
  const consecutive = current.consecutive + 1
  return { next: { ...current, windowStart: now, count, consecutive, blockedUntil }, allowed: true }
}

/** Takes one try back: it was not a guess, or no domain controller could be asked. */
export function refundTry(current: LimitRecord): LimitRecord {
  const less = (value: number) => Math.max(0, value - 1)
  const { count, consecutive } = current
  return { ...current, count: less(count), consecutive: less(consecutive), blockedUntil: 0 }
}

/** After the right password AD counts from zero again, and so do we. */
export function forgetTries(current: LimitRecord): LimitRecord {
  return { ...current, count: 0, consecutive: 0, blockedUntil: 0 }
}
