import { type MethodKind, methodStrength } from '../../contract/method-kinds.ts'

/**
 * How many more methods have to be proven. NIST SP 800-63B-4 §4.2.2: different ones; a weak one never
 * stands in for the strong one that is always asked for, whatever `required` says.
 *
 * @param proven - kinds of the methods proven so far, in any order; repetitions count once
 * @param required - how many different ones the policy asked for when the recovery began
 */
export function remainingProofs(proven: readonly MethodKind[], required: number): number {
  const kinds = new Set(proven)
  const missing = Math.max(0, required - kinds.size)
  return hasStrong(proven) ? missing : Math.max(1, missing)
}

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
  return kinds.some((kind) => methodStrength[kind] !== 'weak')
}
