import type { MethodKind } from '../../contract/method-kinds.ts'
import { reaches } from '../../contract/proofs.ts'

/**
 * Whether a method opens changes to the account's methods. While there is a strong one that can prove
 * something, a weak one does not: else a password and a mailbox would put another's app in its place.
 *
 * @param usable - what the account can prove now
 */
export function opensChanges(kind: MethodKind, usable: readonly MethodKind[]): boolean {
  return hasStrong([kind]) || !hasStrong(usable)
}

/** Whether one of these kinds says more than that somebody can read a mailbox. */
export function hasStrong(kinds: readonly MethodKind[]): boolean {
  return reaches(kinds, 'strong')
}
