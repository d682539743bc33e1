import type { MethodKind } from '../../contract/method-kinds.ts'
import { reaches } from '../../contract/proofs.ts'

/** Whether one of these kinds says more than that somebody can read a mailbox. */
export function hasStrong(kinds: readonly MethodKind[]): boolean {
  return reaches(kinds, 'strong')
}
