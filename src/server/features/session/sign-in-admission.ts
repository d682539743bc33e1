import { err, ok, type Result } from '../../../contract/result.ts'
import type { ServerDependencies } from '../../domain/dependencies.ts'
import { secondsUntil } from '../../domain/limits.ts'
import type { ResolvedAccount } from '../../domain/ports/recoveries.ts'
import type { StoreTransaction } from '../../domain/ports/store.ts'
import { reserve } from '../../domain/reserve.ts'
import {
  accountLimit,
  addressLimit,
  forgetTries,
  refundTry,
  reserveTry,
  type SignInLimit,
  signInKeys,
} from './sign-in-limit.ts'

/** A try that was counted, and under which keys. */
export type Admission = {
  readonly keys: { readonly address: string; readonly name: string; readonly account: string }
  /** False: the account itself is in its pause, which only the directory may notice, not the caller. */
  readonly asksDirectory: boolean
}

type Refused = { readonly code: 'too_many_attempts'; readonly retryAfterSeconds: number }

/** Counts a try under the address, the name as typed and the account that it means. */
export async function admit(
  deps: ServerDependencies,
  request: { readonly account: string; readonly address: string },
  resolved: ResolvedAccount | null,
): Promise<Result<Admission, Refused>> {
  const { secrets } = deps
  const nameKey = secrets.blind('name', request.account)
  const keys = {
    address: signInKeys.fromAddress(secrets.blind('address', request.address)),
    name: signInKeys.ofName(nameKey),
    // A stranger has an account key too, so that the same rows are written.
    account: signInKeys.ofAccount(resolved?.accountId ?? secrets.decoy(nameKey).accountId),
  }
  const now = deps.now()
  const limit = accountLimit(deps.settings.limits)
  return deps.store.transaction(async (tx) => {
    // Whoever must wait spends nobody else's tries, and a name in its pause none of its address's.
    const from = await tx.limits.find(keys.address)
    if (from !== null && now < from.blockedUntil) return tooMany(from.blockedUntil, now)
    const name = await count(tx, keys.name, limit, now)
    if (!name.allowed) return tooMany(name.reserved.blockedUntil, now)
    const account = await count(tx, keys.account, limit, now)
    const address = await count(tx, keys.address, addressLimit, now)
    if (!address.allowed) return tooMany(address.reserved.blockedUntil, now)
    return ok({ keys, asksDirectory: account.allowed })
  })
}

function tooMany(until: number, now: number): Result<never, Refused> {
  return err({ code: 'too_many_attempts', retryAfterSeconds: secondsUntil(until, now) })
}

/** Takes the try back when the directory could not be asked. */
export async function refund(deps: ServerDependencies, { keys }: Admission): Promise<void> {
  const now = deps.now()
  await deps.store.transaction(async (tx) => {
    await tx.limits.update(keys.name, now, refundTry)
    await tx.limits.update(keys.account, now, refundTry)
    await tx.limits.update(keys.address, now, refundTry)
  })
}

/** The password was right: the try was no guess, and earlier ones no longer matter. */
export async function settle(tx: StoreTransaction, { keys }: Admission, now: number) {
  await tx.limits.update(keys.name, now, forgetTries)
  await tx.limits.update(keys.account, now, forgetTries)
  await tx.limits.update(keys.address, now, refundTry)
}

function count(tx: StoreTransaction, key: string, limit: SignInLimit, now: number) {
  return reserve(tx, key, now, (current) => reserveTry(current, limit, now))
}
