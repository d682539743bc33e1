import type { EnrolledMethod, EnrolledMethods } from '../../contract/enrolment.ts'
import { methodStrength } from '../../contract/method-kinds.ts'

/** What is still missing before the owner of these methods could recover. */
export type Readiness = {
  readonly state: 'ready' | 'almost' | 'almostStrong' | 'nothing'
  /** Different methods that count, never more than `required`. */
  readonly have: number
  readonly required: number
}

/** Counts as the backend does: different kinds, none that is suspended or not offered. */
export function readinessOf(methods: EnrolledMethods): Readiness {
  const kinds = countingKinds(methods)
  const hasStrong = kinds.some((kind) => methodStrength[kind] !== 'weak')
  const { required, recoverable } = methods
  // Where one method would do and it is a weak one, a strong one has to join it.
  const needed = !recoverable && kinds.length >= required ? kinds.length + 1 : required
  const have = Math.min(kinds.length, needed)
  if (recoverable) return { state: 'ready', have: needed, required: needed }
  if (have === 0) return { state: 'nothing', have, required: needed }
  return { state: hasStrong ? 'almost' : 'almostStrong', have, required: needed }
}

/** Where somebody stands on the way from the sign-in to being ready. */
export function positionOf(methods: EnrolledMethods | null): { current: number; count: number } {
  if (methods === null) return { current: 0, count: 2 }
  const { have, required, state } = readinessOf(methods)
  return { current: state === 'ready' ? required + 2 : have + 1, count: required }
}

/** What opens changes, as the backend sees it: a weak method does not while there is a strong one. */
export function stepUpMethods({ methods }: EnrolledMethods): EnrolledMethod[] {
  const usable = methods.filter(({ suspended, left }) => !suspended && left !== 0)
  const strong = usable.filter(({ kind }) => methodStrength[kind] !== 'weak')
  return strong.length > 0 ? strong : usable
}

/** Whether the owner could still recover without this method. */
export function isNeeded(methods: EnrolledMethods, methodId: string): boolean {
  return methods.recoverable && !isEnoughWithout(methods, [methodId])
}

/** Whether what is left without these would still be enough to recover. */
export function isEnoughWithout(methods: EnrolledMethods, methodIds: readonly string[]): boolean {
  const rest = methods.methods.filter(({ methodId }) => !methodIds.includes(methodId))
  const kinds = countingKinds({ ...methods, methods: rest })
  const hasStrong = kinds.some((kind) => methodStrength[kind] !== 'weak')
  return kinds.length >= methods.required && hasStrong
}

function countingKinds({ methods, kinds }: EnrolledMethods) {
  const usable = methods.filter(
    // What has an end does not count: it has to be true tomorrow as well.
    ({ kind, suspended, left, until }) =>
      !suspended && left !== 0 && until === undefined && kinds.includes(kind),
  )
  return [...new Set(usable.map(({ kind }) => kind))]
}
