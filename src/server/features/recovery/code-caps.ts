import { err, ok, type Result } from '../../../contract/result.ts'
import type { ServerDependencies } from '../../domain/dependencies.ts'
import { limitKeys, reserveCode, secondsUntil } from '../../domain/limits.ts'
import type { RecoveryRecord } from '../../domain/ports/recoveries.ts'
import type { StoreTransaction } from '../../domain/ports/store.ts'
import type { Refusal } from '../../domain/refusal.ts'
import { reserve } from '../../domain/reserve.ts'

export type CodeRequest = {
  readonly recovery: RecoveryRecord
  readonly accountId: string
  /** Network address that asks. */
  readonly address: string
  /** A strong method was proven in this recovery: what strangers have used up does not count for it. */
  readonly isAfterStrong: boolean
}

type Caps = readonly (readonly [key: string, cap: number])[]
type Needed = Pick<ServerDependencies, 'secrets' | 'settings'>

/** The caps that refuse openly, in the order in which all requests take them. */
function openCaps({ secrets, settings }: Needed, request: CodeRequest): Caps {
  const { recovery, accountId, address, isAfterStrong } = request
  const { limits } = settings
  const own = [limitKeys.codesInRecovery(recovery.id), limits.codesInRecovery] as const
  if (isAfterStrong) return [own, [limitKeys.codesAfterStrong(accountId), limits.codesForAccount]]
  return [
    own,
    [limitKeys.codesOfName(recovery.nameKey), limits.codesForAccount],
    [limitKeys.codesFromAddress(secrets.blind('address', address)), limits.codesFromAddress],
    [limitKeys.codesInAll(), limits.codesInAll],
  ]
}

/** Whether a code would be refused openly now. Counts nothing, and knows nothing of the account. */
export async function findFullCap(
  tx: StoreTransaction,
  deps: Needed,
  request: CodeRequest,
  now: number,
): Promise<Refusal | null> {
  for (const [key, cap] of openCaps(deps, request)) {
    const current = await tx.limits.find(key)
    if (current === null) continue
    const { allowed, next } = reserveCode(current, cap, now)
    if (!allowed) return tooMany(next.blockedUntil, now)
  }
  return null
}

/**
 * Counts one code towards every cap. Those that have nothing to do with an account - recovery, typed
 * name, network address, all together - refuse openly. Those of the account and of its mailboxes only
 * keep the code from being sent: a refusal would tell that there is an account (P6). Whoever has proven
 * a strong method knows that there is one, and is told.
 *
 * @returns the mailboxes that may still receive one
 */
export async function countCode(
  tx: StoreTransaction,
  deps: Needed,
  request: CodeRequest & { readonly mailboxes: readonly string[] },
  now: number,
): Promise<Result<string[], Refusal>> {
  const { accountId, mailboxes, isAfterStrong } = request
  const { limits } = deps.settings
  const take = (key: string, cap: number) =>
    reserve(tx, key, now, (current) => reserveCode(current, cap, now))
  for (const [key, cap] of openCaps(deps, request)) {
    const { allowed, reserved } = await take(key, cap)
    if (!allowed) return err(tooMany(reserved.blockedUntil, now))
  }
  const mailboxKey = isAfterStrong ? limitKeys.codesToMailboxAfterStrong : limitKeys.codesToMailbox
  const account = isAfterStrong
    ? { allowed: true }
    : await take(limitKeys.codesOfAccount(accountId), limits.codesForAccount)
  const open: string[] = []
  // A stranger has no mailbox, so the account stands in for one: as many counters, as much work.
  for (const mailbox of mailboxes.length > 0 ? mailboxes : [accountId]) {
    const key = mailboxKey(deps.secrets.blind('mailbox', mailbox))
    if ((await take(key, limits.codesForMailbox)).allowed) open.push(mailbox)
  }
  return ok(mailboxes.length > 0 && account.allowed ? open : [])
}

function tooMany(blockedUntil: number, now: number): Refusal {
  return { code: 'too_many_codes', retryAfterSeconds: secondsUntil(blockedUntil, now) }
}
