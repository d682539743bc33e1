import type { SentKind } from '../../../contract/method-kinds.ts'
import { err, ok, type Result } from '../../../contract/result.ts'
import { codeCaps, type Receiver, takeCode, takeCosts } from '../../domain/code-caps.ts'
import type { ServerDependencies } from '../../domain/dependencies.ts'
import { limitKeys, reserveCode, secondsUntil } from '../../domain/limits.ts'
import type { RecoveryRecord } from '../../domain/ports/recoveries.ts'
import type { StoreTransaction } from '../../domain/ports/store.ts'
import type { Refusal } from '../../domain/refusal.ts'

export type CodeRequest = {
  readonly kind: SentKind
  readonly recovery: RecoveryRecord
  readonly accountId: string
  /** Network address that asks. */
  readonly address: string
  /** A strong method was proven in this recovery: what strangers have used up does not count for it. */
  readonly isAfterStrong: boolean
}

type Caps = readonly (readonly [key: string, cap: number])[]
type Needed = Pick<ServerDependencies, 'log' | 'secrets' | 'settings'>

/** The caps that refuse openly, in the order in which all requests take them. */
function openCaps({ secrets, settings }: Needed, request: CodeRequest): Caps {
  const { kind, recovery, accountId, address, isAfterStrong } = request
  const { forAccount, fromAddress, inAll } = codeCaps(kind, settings.limits)
  const { codesInRecovery } = settings.limits
  const own = [limitKeys.codesInRecovery(kind, recovery.id), codesInRecovery] as const
  if (isAfterStrong) return [own, [limitKeys.codesAfterStrong(kind, accountId), forAccount]]
  return [
    own,
    [limitKeys.codesOfName(kind, recovery.nameKey), forAccount],
    [limitKeys.codesFromAddress(kind, secrets.blind('address', address)), fromAddress],
    [limitKeys.codesInAll(kind), inAll],
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
 * name, network address, all together - refuse openly. Those of the account, of its mailboxes and
 * numbers, and of what text messages cost only keep the code from being sent: a refusal would tell that
 * there is an account (P6). Whoever has proven a strong method knows that there is one, and is told.
 *
 * @returns the mailboxes or numbers that may still receive one
 */
export async function countCode(
  tx: StoreTransaction,
  deps: Needed,
  request: CodeRequest & { readonly receivers: readonly Receiver[] },
  now: number,
): Promise<Result<string[], Refusal>> {
  const { kind, accountId, receivers, isAfterStrong } = request
  const { forAccount, forReceiver } = codeCaps(kind, deps.settings.limits)
  for (const [key, cap] of openCaps(deps, request)) {
    const { allowed, reserved } = await takeCode(tx, key, cap, now)
    if (!allowed) return err(tooMany(reserved.blockedUntil, now))
  }
  const receiverKey = isAfterStrong ? limitKeys.codesToAfterStrong : limitKeys.codesTo
  const account = isAfterStrong
    ? { allowed: true }
    : await takeCode(tx, limitKeys.codesOfAccount(kind, accountId), forAccount, now)
  const open: Receiver[] = []
  // A stranger has none, so the account stands in for one: as many counters, as much work.
  const standIn = { to: accountId, prefix: null }
  for (const receiver of receivers.length > 0 ? receivers : [standIn]) {
    const key = receiverKey(kind, deps.secrets.blind('mailbox', receiver.to))
    if ((await takeCode(tx, key, forReceiver, now)).allowed) open.push(receiver)
  }
  const reached = receivers.length > 0 && account.allowed ? open : []
  if (kind !== 'sms') return ok(reached.map(({ to }) => to))
  return countCosts(tx, deps, { accountId, isAfterStrong, reached }, now)
}

async function countCosts(
  tx: StoreTransaction,
  { log, settings }: Needed,
  request: Pick<CodeRequest, 'accountId' | 'isAfterStrong'> & { reached: readonly Receiver[] },
  now: number,
): Promise<Result<string[], Refusal>> {
  const { accountId, isAfterStrong, reached } = request
  const { open, full } = await takeCosts(tx, reached, accountId, settings.limits, now)
  if (full !== null) {
    const setting = full.code === 'day' ? 'limits.smsInDay' : 'limits.smsToPrefix'
    const message = `a text message was not sent: ${setting} is used up`
    log.warn({ event: 'sms_cap_reached', code: full.code }, message)
  }
  const isRefused = full !== null && open.length === 0 && isAfterStrong
  return isRefused ? err(tooMany(full.blockedUntil, now)) : ok(open.map(({ to }) => to))
}

function tooMany(blockedUntil: number, now: number): Refusal {
  return { code: 'too_many_codes', retryAfterSeconds: secondsUntil(blockedUntil, now) }
}
