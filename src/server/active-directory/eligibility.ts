import type { IneligibleReason } from '../../contract/problems.ts'
import type { AccountFacts } from '../../directory/index.ts'
import { isBelow } from '../domain/distinguished-name.ts'

/**
 * Why an account may not recover itself, or null when it may. The weightiest reason first: told to
 * somebody who has proven to be that person, so it must be the true one.
 *
 * @param enabledOus - distinguished names; everybody below one of them may recover
 */
export function ineligibleReason(
  facts: AccountFacts,
  enabledOus: readonly string[],
): IneligibleReason | null {
  if (facts.protected || facts.protectedUser) return 'protected'
  if (!enabledOus.some((ou) => isBelow(facts.dn, ou))) return 'not_enabled'
  if (facts.disabled) return 'disabled'
  if (facts.expired) return 'account_expired'
  if (facts.smartcardRequired) return 'smartcard_required'
  // Whoever may not change the password could not replace the temporary one.
  if (facts.cannotChange) return 'not_enabled'
  // Last, since it stands only in the way of a reset, and policy may allow it all the same.
  if (facts.passwordNeverExpires) return 'password_never_expires'
  return null
}
