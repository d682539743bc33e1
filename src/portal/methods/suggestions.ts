import type { EnrolledMethods } from '../../contract/enrolment.ts'
import { type MethodKind, methodStrength } from '../../contract/method-kinds.ts'
import { readinessOf } from './readiness.ts'

/** What could be set up: what we would do next ourselves, and everything else. */
export type Suggestions = {
  readonly next: readonly MethodKind[]
  readonly others: readonly MethodKind[]
}

/**
 * What most people have at hand, the safest first: nearly everybody owns a computer and a phone, few a
 * security key. Two in a row are not lost together.
 */
const adviceOrder: readonly MethodKind[] = [
  'passkey',
  'push',
  'totp',
  'recoveryCode',
  'securityKey',
  'email',
  'sms',
]

/** More than that is no advice. */
const mostSuggested = 2

/**
 * Advises whoever is not ready yet: kinds that are not there, and as long as there is no strong one,
 * strong ones alone. Whoever is ready may choose freely.
 *
 * @param open - kinds that can be set up here, the safest first
 */
export function suggest(methods: EnrolledMethods, open: readonly MethodKind[]): Suggestions {
  const has = (kind: MethodKind) => methods.methods.some((method) => method.kind === kind)
  const missing = open.filter((kind) => !has(kind))
  const all = [...missing, ...open.filter(has)]
  if (methods.recoverable || all.length <= mostSuggested + 1) return { next: all, others: [] }
  const { state } = readinessOf(methods)
  const needsResistant = methods.strength === 'phishing-resistant' && state !== 'almost'
  const isAdvised = (kind: MethodKind) => {
    if (needsResistant) return methodStrength[kind] === 'phishing-resistant'
    return state === 'almost' || methodStrength[kind] !== 'weak'
  }
  const advised = adviceOrder.filter((kind) => missing.includes(kind) && isAdvised(kind))
  const next = advised.slice(0, mostSuggested)
  return { next, others: all.filter((kind) => !next.includes(kind)) }
}
