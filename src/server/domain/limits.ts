import { isAuthenticatorKind, type MethodKind, type SentKind } from '../../contract/method-kinds.ts'
import type { LimitRecord } from './ports/limits.ts'
import type { Limits } from './settings.ts'

const hourMs = 3_600_000
/** The window of the one cap that counts for longer than an hour. */
export const dayMs = 24 * hourMs

/**
 * Under which keys failures and codes are counted. None of them holds a name or an address.
 *
 * SECURITY: what comes after a strong proof in the same recovery is counted apart (`…AfterStrong`), and so
 * is what comes after a sign-in (`…InSession`): it is limited just the same, but strangers, who never
 * get there, cannot use it up for the owner.
 */
export const limitKeys = {
  failuresOfName: (nameKey: string) => `proof:name:${nameKey}`,
  failuresOfAccount: (accountId: string) => `proof:account:${accountId}`,
  failuresAfterStrong: (accountId: string) => `proof:after-strong:${accountId}`,
  failuresInSession: (accountId: string) => `proof:session:${accountId}`,
  failuresInRow: (accountId: string, kind: MethodKind) => `row:${accountId}:${kind}`,
  codesInRecovery: (kind: SentKind, recoveryId: string) => `code:${kind}:recovery:${recoveryId}`,
  codesOfName: (kind: SentKind, nameKey: string) => `code:${kind}:name:${nameKey}`,
  codesOfAccount: (kind: SentKind, accountId: string) => `code:${kind}:account:${accountId}`,
  codesAfterStrong: (kind: SentKind, accountId: string) => `code:${kind}:after-strong:${accountId}`,
  codesTo: (kind: SentKind, receiverKey: string) => `code:${kind}:to:${receiverKey}`,
  codesToAfterStrong: (kind: SentKind, receiverKey: string) =>
    `code:${kind}:to-after-strong:${receiverKey}`,
  codesFromAddress: (kind: SentKind, addressKey: string) => `code:${kind}:from:${addressKey}`,
  codesInAll: (kind: SentKind) => `code:${kind}:all`,
  /** Text messages cost money: to one calling code in an hour, and in all in a day. */
  smsToPrefix: (prefix: string) => `code:sms:prefix:${prefix}`,
  smsInDay: () => 'code:sms:day',
  /** Not a limit: how many text messages could not be sent lately, for `doctor`. */
  smsFailed: () => 'sms:failed',
} as const

export type Verdict = {
  /** The record to be stored. */
  readonly next: LimitRecord
  readonly allowed: boolean
}

/**
 * Counts one try at a proof as failed, before anything is compared, and says whether it may go on.
 * After `failures` in a window each further one must wait, twice as long as the one before. The window
 * begins anew with each failure, so no fifteen minutes ever see more than that.
 *
 * A method that has not failed yet gets one try even then: whoever spoils one method for somebody
 * else does not spoil the others. `windowStart` is the time of the last failure, `note` the methods
 * that failed.
 */
export function reserveProof(
  current: LimitRecord,
  kind: MethodKind,
  limits: Limits,
  now: number,
): Verdict {
  if (now < current.blockedUntil) return tryAnother(current, kind)
  const { count, note, delay } = afterPause(current, limits, now)
  const blockedUntil = delay > 0 ? now + delay : 0
  const counted = { count: count + 1, consecutive: current.consecutive + 1 }
  const next = { ...current, ...counted, windowStart: now, blockedUntil, note: noteOf(note, kind) }
  return { next, allowed: true }
}

function tryAnother(current: LimitRecord, kind: MethodKind): Verdict {
  if (failed(current.note, kind)) return { next: current, allowed: false }
  const counted = { count: current.count + 1, consecutive: current.consecutive + 1 }
  return { next: { ...current, ...counted, note: noteOf(current.note, kind) }, allowed: true }
}

/** What is left of the past, and the delay that one more failure leads to (0: none yet). */
function afterPause(current: LimitRecord, limits: Limits, now: number) {
  if (current.blockedUntil > 0 && now < current.blockedUntil + limits.longestDelay) {
    const last = current.blockedUntil - current.windowStart
    const delay = Math.min(Math.max(2 * last, limits.firstDelay), limits.longestDelay)
    return { count: current.count, note: current.note, delay }
  }
  const quiet = current.blockedUntil > 0 || now >= current.windowStart + limits.failureWindow
  const count = quiet ? 0 : current.count
  const delay = count + 1 >= limits.failures ? limits.firstDelay : 0
  return { count, note: quiet ? '' : current.note, delay }
}

/**
 * Takes a reservation back, since the proof was right. When nothing else was counted meanwhile, all is
 * as before; failures of others stay.
 */
export function refundProof(
  current: LimitRecord,
  before: LimitRecord,
  reserved: LimitRecord,
): LimitRecord {
  const untouched =
    current.count === reserved.count &&
    current.windowStart === reserved.windowStart &&
    current.blockedUntil === reserved.blockedUntil
  if (untouched) return { ...before, key: current.key }
  const count = Math.max(0, current.count - 1)
  return { ...current, count, consecutive: Math.max(0, current.consecutive - 1) }
}

/** Everything that was asked for is proven: this is the account's owner, who starts from zero again. */
export function forgetFailures(current: LimitRecord): LimitRecord {
  return { ...current, count: 0, consecutive: 0, blockedUntil: 0, note: '' }
}

/** One more failure of one method in a row. NIST SP 800-63B-4 §3.2.2: no more than 100. */
export function countInRow(current: LimitRecord, now: number): LimitRecord {
  return { ...current, windowStart: now, consecutive: current.consecutive + 1 }
}

/**
 * Whether failures of this kind in a row mean anything. What an authenticator signs cannot be guessed, so
 * whoever sends nonsense a hundred times would only take it from its owner.
 */
export function isGuessable(kind: MethodKind): boolean {
  return !isAuthenticatorKind(kind)
}

/** Whether a method has failed so often in a row that it must not be tried any more. */
export function mustSuspend(inRow: LimitRecord, limits: Limits): boolean {
  return inRow.consecutive >= limits.failuresInRow
}

/** Counts one code towards a cap, per hour unless another window is given (milliseconds). */
export function reserveCode(
  current: LimitRecord,
  cap: number,
  now: number,
  windowMs = hourMs,
): Verdict {
  const over = now >= current.windowStart + windowMs
  const windowStart = over ? now : current.windowStart
  const count = over ? 0 : current.count
  if (count >= cap) {
    return { next: { ...current, blockedUntil: current.windowStart + windowMs }, allowed: false }
  }
  return { next: { ...current, windowStart, count: count + 1, blockedUntil: 0 }, allowed: true }
}

/** Counts a text message that was given up, for `doctor`: how many in a day, and why the last one. */
export function afterFailedSms(current: LimitRecord, code: string, now: number): LimitRecord {
  const over = now >= current.windowStart + dayMs
  const count = over ? 1 : current.count + 1
  return { ...current, windowStart: over ? now : current.windowStart, count, note: code }
}

/** Whole seconds until another try makes sense. */
export function secondsUntil(blockedUntil: number, now: number): number {
  return Math.max(1, Math.ceil((blockedUntil - now) / 1000))
}

function failed(note: string, kind: MethodKind): boolean {
  return note.split(',').includes(kind)
}

function noteOf(note: string, kind: MethodKind): string {
  if (failed(note, kind)) return note
  return note === '' ? kind : `${note},${kind}`
}
