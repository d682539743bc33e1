import type { MethodKind } from '../../../contract/method-kinds.ts'
import type { IneligibleReason } from '../../../contract/problems.ts'
import { remainingProofs } from '../../../contract/proofs.ts'
import type { Decision } from './decide.ts'

/** What somebody could recover with. */
export type Means = {
  /** Kinds of the methods that they can prove now. */
  readonly kinds: readonly MethodKind[]
  /** The directory's own mail address and number, which nobody has confirmed. */
  readonly mail: string | null
  readonly mobile: string | null
}

/** How many more methods somebody would have to set up to be able to recover. */
export function missingMethods(decision: Decision, { kinds, mail, mobile }: Means): number {
  const all = [...kinds]
  if (decision.allowDirectoryMailbox && mail !== null) all.push('email')
  if (decision.allowDirectoryPhone && mobile !== null) all.push('sms')
  return remainingProofs(all, decision)
}

/**
 * Whether somebody could recover, at the right hour and from the right place.
 *
 * @param ineligible - what stands in the account's way, whatever policy says
 */
export function couldRecover(
  decision: Decision,
  means: Means,
  ineligible: IneligibleReason | null,
): boolean {
  const isStopped = isIneligible(decision, ineligible)
  return decision.enabled && !isStopped && missingMethods(decision, means) === 0
}

/** Whether something in the account stands in the way of a new password, whatever is proven. */
export function isIneligible(
  { allowNeverExpiring }: Decision,
  ineligible: IneligibleReason | null,
): boolean {
  if (ineligible === 'password_never_expires') return !allowNeverExpiring
  return ineligible !== null
}
