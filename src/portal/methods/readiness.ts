import type { EnrolledMethod, EnrolledMethods } from '../../contract/enrolment.ts'
import type { MethodKind } from '../../contract/method-kinds.ts'
import { type Asked, opensChanges, reaches, remainingProofs } from '../../contract/proofs.ts'

/** What is still missing before the owner of these methods could recover. */
export type Readiness = {
  readonly state: 'ready' | 'almost' | 'almostStrong' | 'almostResistant' | 'nothing' | 'off'
  /** What counts, never more than `required`. */
  readonly have: number
  readonly required: number
}

/** Counts as the backend does: different kinds, none that is suspended or not offered. */
export function readinessOf(methods: EnrolledMethods): Readiness {
  const kinds = countingKinds(methods)
  const asked = askedOf(methods)
  const missing = remainingProofs(kinds, asked)
  // Where one method would do and it is a weak one, a strong one has to join it.
  const needed = missing > 0 && kinds.length >= asked.required ? kinds.length + 1 : asked.required
  if (methods.switchedOff) return { state: 'off', have: needed - missing, required: needed }
  if (methods.recoverable) return { state: 'ready', have: needed, required: needed }
  const have = Math.max(0, needed - missing)
  return { state: kinds.length === 0 ? 'nothing' : stateOf(kinds, asked), have, required: needed }
}

function stateOf(kinds: readonly MethodKind[], { strength }: Asked): Readiness['state'] {
  if (reaches(kinds, strength)) return 'almost'
  return strength === 'strong' ? 'almostStrong' : 'almostResistant'
}

function askedOf({ kinds, required, strength, passkeyCountsAsTwo }: EnrolledMethods): Asked {
  return {
    ...{ methods: kinds, required },
    strength: strength ?? 'strong',
    passkeyCountsAsTwo: passkeyCountsAsTwo ?? false,
  }
}

/** Where somebody stands on the way from the sign-in to being ready. */
export function positionOf(methods: EnrolledMethods | null): { current: number; count: number } {
  if (methods === null) return { current: 0, count: 2 }
  const { have, required, state } = readinessOf(methods)
  if (state === 'ready') return { current: required + 2, count: required }
  // Whoever may not recover is never there, whatever is set up.
  return { current: Math.min(have + 1, required), count: required }
}

/** What opens changes, decided as the backend does. */
export function stepUpMethods(all: EnrolledMethods): EnrolledMethod[] {
  const confirmed = all.methods.filter(({ left }) => left !== 0)
  const usable = confirmed.filter(({ suspended }) => !suspended)
  const kinds = (methods: readonly EnrolledMethod[]) => methods.map(({ kind }) => kind)
  const own = { usable: kinds(usable), confirmed: kinds(confirmed) }
  return usable.filter(({ kind }) => opensChanges(kind, own, askedOf(all)))
}

/** Whether the owner could still recover without this method. */
export function isNeeded(methods: EnrolledMethods, methodId: string): boolean {
  return methods.recoverable && !isEnoughWithout(methods, [methodId])
}

/** Whether what is left without these would still be enough to recover. */
export function isEnoughWithout(methods: EnrolledMethods, methodIds: readonly string[]): boolean {
  const rest = methods.methods.filter(({ methodId }) => !methodIds.includes(methodId))
  const kinds = countingKinds({ ...methods, methods: rest })
  return remainingProofs(kinds, askedOf(methods)) === 0
}

function countingKinds({ methods, kinds }: EnrolledMethods) {
  const usable = methods.filter(
    // What has an end does not count: it has to be true tomorrow as well.
    ({ kind, suspended, left, until }) =>
      !suspended && left !== 0 && until === undefined && kinds.includes(kind),
  )
  return [...new Set(usable.map(({ kind }) => kind))]
}
