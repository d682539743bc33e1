import { err, ok, type Result } from '../../../contract/result.ts'
import type { ServerDependencies } from '../../domain/dependencies.ts'
import { limitKeys, reserveCode, secondsUntil } from '../../domain/limits.ts'
import type { RecoveryRecord, StoreTransaction } from '../../domain/ports/store.ts'
import type { Refusal } from '../../domain/refusal.ts'

export type CodeRequest = {
  readonly recovery: RecoveryRecord
  readonly accountId: string
  readonly mailboxes: readonly string[]
  readonly address: string
}

/**
 * Counts one code towards every cap. Those that have nothing to do with an account - recovery, typed
 * name, network address, all together - refuse openly. Those of the account and of its mailboxes only
 * keep the code from being sent: a refusal would tell that there is an account (P6).
 *
 * @returns the mailboxes that may still receive one
 */
export async function countCode(
  tx: StoreTransaction,
  { secrets, settings }: Pick<ServerDependencies, 'secrets' | 'settings'>,
  { recovery, accountId, mailboxes, address }: CodeRequest,
  now: number,
): Promise<Result<string[], Refusal>> {
  const { limits } = settings
  const take = async (key: string, cap: number) => {
    let allowed = false
    const counted = await tx.limits.update(key, now, (current) => {
      const verdict = reserveCode(current, cap, now)
      allowed = verdict.allowed
      return verdict.next
    })
    return allowed ? 0 : counted.blockedUntil
  }
  const open: readonly [string, number][] = [
    [limitKeys.codesInRecovery(recovery.id), limits.codesInRecovery],
    [limitKeys.codesOfName(recovery.nameKey), limits.codesForAccount],
    [limitKeys.codesFromAddress(secrets.blind('address', address)), limits.codesFromAddress],
    [limitKeys.codesInAll(), limits.codesInAll],
  ]
  for (const [key, cap] of open) {
    const blockedUntil = await take(key, cap)
    if (blockedUntil > 0) {
      return err({
        code: 'too_many_codes',
        retryAfterSeconds: secondsUntil(blockedUntil, now),
      })
    }
  }
  const accountFull = await take(limitKeys.codesOfAccount(accountId), limits.codesForAccount)
  const allowed: string[] = []
  // A stranger has no mailbox, so the account stands in for one: as many counters, as much work.
  for (const mailbox of mailboxes.length > 0 ? mailboxes : [accountId]) {
    const key = limitKeys.codesToMailbox(secrets.blind('mailbox', mailbox))
    if ((await take(key, limits.codesForMailbox)) === 0) allowed.push(mailbox)
  }
  return ok(mailboxes.length > 0 && accountFull === 0 ? allowed : [])
}
