import { limitKeys, reserveCode, secondsUntil } from './limits.ts'
import type { StoreTransaction } from './ports/store.ts'
import { reserve } from './reserve.ts'
import type { Limits } from './settings.ts'

/**
 * Counts one code that is about to be mailed to a signed-in user, under the same keys as those of
 * recoveries: per account, per mailbox, per network address, in all.
 *
 * @param keys.mailbox - blinded mail address
 * @param keys.address - blinded network address
 * @returns 0 when the code may be sent, else the seconds until another one may
 */
export async function reserveCodeOfAccount(
  tx: StoreTransaction,
  keys: { readonly accountId: string; readonly mailbox: string; readonly address: string },
  limits: Limits,
  now: number,
): Promise<number> {
  const caps: [key: string, cap: number][] = [
    // In the order in which recoveries take them: two that wait for each other would be broken up.
    [limitKeys.codesFromAddress(keys.address), limits.codesFromAddress],
    [limitKeys.codesInAll(), limits.codesInAll],
    [limitKeys.codesOfAccount(keys.accountId), limits.codesForAccount],
    [limitKeys.codesToMailbox(keys.mailbox), limits.codesForMailbox],
  ]
  for (const [key, cap] of caps) {
    const { allowed, reserved } = await reserve(tx, key, now, (current) =>
      reserveCode(current, cap, now),
    )
    if (!allowed) return secondsUntil(reserved.blockedUntil, now)
  }
  return 0
}
