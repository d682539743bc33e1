import { err, ok, type Result } from '../../../contract/result.ts'
import type { ServerDependencies } from '../dependencies.ts'
import { reserveCode, secondsUntil } from '../limits.ts'
import type { StoreTransaction } from '../ports/store.ts'
import type { Refusal } from '../refusal.ts'
import { reserve } from '../reserve.ts'

const minuteMs = 60_000
const hourMs = 60 * minuteMs

/**
 * SECURITY: whoever is asked again and again says yes in the end. The phones of an account are not asked
 * more often than this, whoever asks and however, and nothing in the configuration raises it.
 */
const inAll = [
  { most: 3, windowMs: 10 * minuteMs },
  { most: 6, windowMs: hourMs },
] as const

/** Of these: without a strong proof, in recoveries and in the portal. The rest is kept for the owner. */
const unproven = [
  { most: 2, windowMs: 10 * minuteMs },
  { most: 4, windowMs: hourMs },
] as const

/** After "This wasn't me", silently: nobody who has proven nothing strong reaches a phone. */
const quietAfterDenialMs = 24 * hourMs
/** After "This wasn't me", openly: the same in the portal, where the password was known. */
const noSessionAfterDenialMs = hourMs

export type PushAsker = {
  readonly recoveryId: string
  /** Blinded name as it was typed. */
  readonly nameKey: string
  readonly accountId: string
  /** Network address that asks. */
  readonly address: string
  /** A strong method was proven in this recovery: what strangers have used up does not count for it. */
  readonly isAfterStrong: boolean
}

type Window = readonly [key: string, most: number, windowMs: number]
type Needed = Pick<ServerDependencies, 'secrets' | 'settings'>

function windowsOf(name: string, caps: typeof inAll | typeof unproven): Window[] {
  return caps.map(({ most, windowMs }) => [`push:${name}:${windowMs}`, most, windowMs])
}

/** What the account's phones bear from everybody together. */
function accountWindows(accountId: string): Window[] {
  return windowsOf(`account:${accountId}`, inAll)
}

function unprovenWindows(accountId: string): Window[] {
  return windowsOf(`unproven:${accountId}`, unproven)
}

function deniedKey(accountId: string): string {
  return `push:denied:${accountId}`
}

/** One counter for all together is not among them: a few strangers would use it up for everybody. */
function openWindows({ secrets, settings }: Needed, asker: PushAsker): Window[] {
  if (asker.isAfterStrong) return accountWindows(asker.accountId)
  const from = secrets.blind('address', asker.address)
  return [
    ...windowsOf(`name:${asker.nameKey}`, unproven),
    [`push:from:${from}`, settings.limits.codesFromAddress, hourMs],
  ]
}

/** Whether a request would be refused openly now. Counts nothing, and knows nothing of the account. */
export async function findFullPushCap(
  tx: StoreTransaction,
  deps: Needed,
  asker: PushAsker,
  now: number,
): Promise<Refusal | null> {
  for (const [key, most, windowMs] of openWindows(deps, asker)) {
    const current = await tx.limits.find(key)
    if (current === null) continue
    const { allowed, next } = reserveCode(current, most, now, windowMs)
    if (!allowed) return tooMany(next.blockedUntil, now)
  }
  return null
}

/**
 * Counts one request. What has nothing to do with an account - typed name, network address - refuses
 * openly. What the account itself has used up, and its "This wasn't me", only keep the request from its
 * phones: a refusal would tell that there is an account (P6).
 *
 * @returns whether phones may be asked
 */
export async function countPush(
  tx: StoreTransaction,
  deps: Needed,
  asker: PushAsker,
  now: number,
): Promise<Result<boolean, Refusal>> {
  const { accountId, isAfterStrong } = asker
  const blockedUntil = await takeAll(tx, openWindows(deps, asker), now)
  if (blockedUntil > 0) return err(tooMany(blockedUntil, now))
  if (isAfterStrong) return ok(true)
  const quietUntil = await quietAfterDenial(tx, accountId, quietAfterDenialMs)
  const fullUntil = await takeUnproven(tx, accountId, now)
  return ok(quietUntil <= now && fullUntil === 0)
}

/** The same for somebody who has signed in with the password of the account, and is told openly. */
export async function countPushInSession(
  tx: StoreTransaction,
  accountId: string,
  now: number,
): Promise<Refusal | null> {
  const quietUntil = await quietAfterDenial(tx, accountId, noSessionAfterDenialMs)
  if (quietUntil > now) return tooMany(quietUntil, now)
  const fullUntil = await takeUnproven(tx, accountId, now)
  return fullUntil > 0 ? tooMany(fullUntil, now) : null
}

/** "This wasn't me": from here on only a strong proof makes a phone ask, for a while. */
export async function quietenAfterDenial(
  tx: StoreTransaction,
  accountId: string,
  now: number,
): Promise<void> {
  await tx.limits.update(deniedKey(accountId), now, (current) => ({ ...current, windowStart: now }))
}

/** Until when; 0: nobody has said "This wasn't me". */
async function quietAfterDenial(tx: StoreTransaction, accountId: string, forMs: number) {
  const denied = await tx.limits.find(deniedKey(accountId))
  return denied === null ? 0 : denied.windowStart + forMs
}

/** What is refused as unproven does not use up what the owner may ask for. */
async function takeUnproven(tx: StoreTransaction, accountId: string, now: number): Promise<number> {
  const fullUntil = await takeAll(tx, unprovenWindows(accountId), now)
  return fullUntil > 0 ? fullUntil : takeAll(tx, accountWindows(accountId), now)
}

/** @returns until when the first full one is full; 0: counted in all of them */
async function takeAll(
  tx: StoreTransaction,
  windows: readonly Window[],
  now: number,
): Promise<number> {
  for (const [key, most, windowMs] of windows) {
    const { allowed, reserved } = await reserve(tx, key, now, (current) =>
      reserveCode(current, most, now, windowMs),
    )
    if (!allowed) return reserved.blockedUntil
  }
  return 0
}

function tooMany(blockedUntil: number, now: number): Refusal {
  return { code: 'too_many_codes', retryAfterSeconds: secondsUntil(blockedUntil, now) }
}
