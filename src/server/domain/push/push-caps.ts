import { err, ok, type Result } from '../../../contract/result.ts'
import type { ServerDependencies } from '../dependencies.ts'
import { reserveCode, secondsUntil } from '../limits.ts'
import type { StoreTransaction } from '../ports/store.ts'
import type { Refusal } from '../refusal.ts'
import { reserve } from '../reserve.ts'

/**
 * SECURITY: whoever is asked again and again says yes in the end. No phone is asked more often than
 * this, whoever asks, and nothing in the configuration raises it.
 */
const caps = [
  { most: 3, windowMs: 10 * 60_000 },
  { most: 6, windowMs: 60 * 60_000 },
] as const

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

/** Both windows under one name. */
function windowsOf(name: string): Window[] {
  return caps.map(({ most, windowMs }) => [`push:${name}:${windowMs}`, most, windowMs])
}

function openWindows(deps: Pick<ServerDependencies, 'secrets' | 'settings'>, asker: PushAsker) {
  const { limits } = deps.settings
  if (asker.isAfterStrong) return windowsOf(`after-strong:${asker.accountId}`)
  const hourMs = caps[1].windowMs
  const from = deps.secrets.blind('address', asker.address)
  return [
    ...windowsOf(`name:${asker.nameKey}`),
    [`push:from:${from}`, limits.codesFromAddress, hourMs],
    ['push:all', limits.codesInAll, hourMs],
  ] satisfies Window[]
}

/** Whether a request would be refused openly now. Counts nothing, and knows nothing of the account. */
export async function findFullPushCap(
  tx: StoreTransaction,
  deps: Pick<ServerDependencies, 'secrets' | 'settings'>,
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
 * Counts one request. What has nothing to do with an account - typed name, network address, all
 * together - refuses openly. What the account itself has used up under other names only keeps the
 * request from its phones: a refusal would tell that there is an account (P6).
 *
 * @returns whether phones may be asked
 */
export async function countPush(
  tx: StoreTransaction,
  deps: Pick<ServerDependencies, 'secrets' | 'settings'>,
  asker: PushAsker,
  now: number,
): Promise<Result<boolean, Refusal>> {
  const take = ([key, most, windowMs]: Window) =>
    reserve(tx, key, now, (current) => reserveCode(current, most, now, windowMs))
  for (const window of openWindows(deps, asker)) {
    const { allowed, reserved } = await take(window)
    if (!allowed) return err(tooMany(reserved.blockedUntil, now))
  }
  if (asker.isAfterStrong) return ok(true)
  let mayAsk = true
  for (const window of windowsOf(`account:${asker.accountId}`)) {
    mayAsk = (await take(window)).allowed && mayAsk
  }
  return ok(mayAsk)
}

/** The same caps for somebody who has signed in with the password of the account. */
export async function countPushInSession(
  tx: StoreTransaction,
  accountId: string,
  now: number,
): Promise<Refusal | null> {
  for (const [key, most, windowMs] of windowsOf(`session:${accountId}`)) {
    const { allowed, reserved } = await reserve(tx, key, now, (current) =>
      reserveCode(current, most, now, windowMs),
    )
    if (!allowed) return tooMany(reserved.blockedUntil, now)
  }
  return null
}

function tooMany(blockedUntil: number, now: number): Refusal {
  return { code: 'too_many_codes', retryAfterSeconds: secondsUntil(blockedUntil, now) }
}
