import type { SentKind } from '../../contract/method-kinds.ts'
import type { ServerDependencies } from './dependencies.ts'
import { dayMs, limitKeys, reserveCode, secondsUntil } from './limits.ts'
import type { StoreTransaction } from './ports/store.ts'
import { type Reservation, reserve } from './reserve.ts'
import type { Limits } from './settings.ts'

/** Where a code goes: a mailbox, or a telephone number and what it is charged by. */
export type Receiver = {
  readonly to: string
  /** Calling code of a number; null for a mailbox. */
  readonly prefix: string | null
}

/** How many codes of one kind may be sent in an hour. Each kind is counted apart. */
export type CodeCaps = {
  readonly forAccount: number
  readonly forReceiver: number
  readonly fromAddress: number
  readonly inAll: number
}

export function codeCaps(kind: SentKind, limits: Limits): CodeCaps {
  return kind === 'sms'
    ? {
        forAccount: limits.smsForAccount,
        forReceiver: limits.smsForNumber,
        fromAddress: limits.smsFromAddress,
        inAll: limits.smsInAll,
      }
    : {
        forAccount: limits.codesForAccount,
        forReceiver: limits.codesForMailbox,
        fromAddress: limits.codesFromAddress,
        inAll: limits.codesInAll,
      }
}

/** Counts one code under a key. */
export function takeCode(
  tx: StoreTransaction,
  key: string,
  cap: number,
  now: number,
  windowMs?: number,
): Promise<Reservation> {
  return reserve(tx, key, now, (current) => reserveCode(current, cap, now, windowMs))
}

/** A cap on what text messages cost that is full, and until when (milliseconds since the epoch). */
export type FullCost = { readonly code: 'prefix' | 'day'; readonly blockedUntil: number }

/**
 * Counts text messages towards what they may cost: to their calling codes in an hour, and in all in a
 * day. Only what is really sent is counted, so that strangers cannot use it up.
 *
 * @param standIn - counted under instead when there is nobody to send to: as much work (P6)
 * @returns the receivers that the caps leave, and the cap that has left somebody out
 */
export async function takeCosts(
  tx: StoreTransaction,
  receivers: readonly Receiver[],
  standIn: string,
  limits: Limits,
  now: number,
): Promise<{ readonly open: readonly Receiver[]; readonly full: FullCost | null }> {
  let full: FullCost | null = null
  const take = async (key: string, code: FullCost['code']) => {
    const [cap, windowMs] = code === 'day' ? [limits.smsInDay, dayMs] : [limits.smsToPrefix]
    const { allowed, reserved } = await takeCode(tx, key, cap, now, windowMs)
    if (!allowed) full = { code, blockedUntil: reserved.blockedUntil }
    return allowed
  }
  if (receivers.length === 0) {
    await takeCode(tx, limitKeys.smsToPrefix(standIn), limits.smsToPrefix, now)
    await takeCode(tx, limitKeys.smsToPrefix(`day:${standIn}`), limits.smsInDay, now, dayMs)
    return { open: [], full }
  }
  // All calling codes before the day, in one order: no two requests wait for each other.
  const byPrefix = receivers.toSorted((one, other) => compare(prefixOf(one), prefixOf(other)))
  const affordable: Receiver[] = []
  for (const receiver of byPrefix) {
    const key = limitKeys.smsToPrefix(prefixOf(receiver))
    if (await take(key, 'prefix')) affordable.push(receiver)
  }
  const open: Receiver[] = []
  for (const receiver of affordable) {
    if (await take(limitKeys.smsInDay(), 'day')) open.push(receiver)
  }
  return { open, full }
}

function prefixOf({ prefix }: Receiver): string {
  return prefix ?? ''
}

function compare(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0
}

/** A code for a signed-in user. */
export type OwnCode = {
  readonly kind: SentKind
  readonly accountId: string
  readonly receiver: Receiver
  /** From where it was asked for. */
  readonly networkAddress: string
}

type Cap = readonly [key: string, cap: number, windowMs?: number]

/** In the order in which recoveries take them: two that wait for each other would be broken up. */
function capsOf(
  { secrets, settings }: Pick<ServerDependencies, 'secrets' | 'settings'>,
  { kind, accountId, receiver, networkAddress }: OwnCode,
): Cap[] {
  const { forAccount, forReceiver, fromAddress, inAll } = codeCaps(kind, settings.limits)
  return [
    [limitKeys.codesFromAddress(kind, secrets.blind('address', networkAddress)), fromAddress],
    [limitKeys.codesInAll(kind), inAll],
    [limitKeys.codesOfAccount(kind, accountId), forAccount],
    [limitKeys.codesTo(kind, secrets.blind('mailbox', receiver.to)), forReceiver],
  ]
}

/**
 * Whether a code of a signed-in user would be refused now. Counts nothing; to be asked before the work
 * of making one.
 *
 * @returns 0 when it may be sent, else the seconds until another one may
 */
export async function waitForCodeOfAccount(
  tx: StoreTransaction,
  deps: Pick<ServerDependencies, 'secrets' | 'settings'>,
  code: OwnCode,
  now: number,
): Promise<number> {
  const { smsToPrefix, smsInDay } = deps.settings.limits
  const costs: Cap[] = [
    [limitKeys.smsToPrefix(prefixOf(code.receiver)), smsToPrefix],
    [limitKeys.smsInDay(), smsInDay, dayMs],
  ]
  const caps = [...capsOf(deps, code), ...(code.kind === 'sms' ? costs : [])]
  for (const [key, cap, windowMs] of caps) {
    const current = await tx.limits.find(key)
    if (current === null) continue
    const { allowed, next } = reserveCode(current, cap, now, windowMs)
    if (!allowed) return secondsUntil(next.blockedUntil, now)
  }
  return 0
}

/**
 * Counts one code that is about to be sent to a signed-in user, under the same keys as those of
 * recoveries: per network address, in all, per account, per mailbox or number, and what it costs.
 *
 * @returns 0 when the code may be sent, else the seconds until another one may
 */
export async function reserveCodeOfAccount(
  tx: StoreTransaction,
  deps: Pick<ServerDependencies, 'secrets' | 'settings'>,
  code: OwnCode,
  now: number,
): Promise<number> {
  const { kind, accountId, receiver } = code
  const { limits } = deps.settings
  for (const [key, cap] of capsOf(deps, code)) {
    const { allowed, reserved } = await takeCode(tx, key, cap, now)
    if (!allowed) return secondsUntil(reserved.blockedUntil, now)
  }
  if (kind !== 'sms') return 0
  const { full } = await takeCosts(tx, [receiver], accountId, limits, now)
  return full === null ? 0 : secondsUntil(full.blockedUntil, now)
}
