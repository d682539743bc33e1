import { methodKinds } from '../../../contract/method-kinds.ts'
import type { PolicyDocument, PolicyRule, ScopedRule } from '../../../contract/policy.ts'
import type { Asked } from '../../../contract/proofs.ts'
import type { Purpose } from '../../../contract/recovery.ts'
import { containersOf } from '../distinguished-name.ts'
import { isWithinHours } from './hours.ts'
import { isWithin } from './networks.ts'
import { indexOf, mayBeNamed, type RuleIndex } from './rule-index.ts'

/** What a rule can tell people apart by, read from the directory. */
export type Person = {
  /** The account's own security identifier. */
  readonly sid: string
  /** Every group that the account belongs to, nested ones and the primary one too (`tokenGroups`). */
  readonly groupSids: readonly string[]
  readonly dn: string
}

/** What a rule may depend on besides the person. */
export type Circumstances = {
  readonly purpose: Purpose
  /** Network address that asks. */
  readonly address: string
  /** Milliseconds since the epoch. */
  readonly at: number
  /** Whether the workstation is registered. */
  readonly isDeviceKnown: boolean
}

/** What holds for one person. */
export type Decision = Omit<PolicyRule, 'methods'> &
  Asked & {
    /** The rule that it comes from; `everyone` for whoever no other is for. */
    readonly rule: { readonly id: string; readonly name: string }
    /** Whether the floor for privileged people was laid on top. */
    readonly privileged: boolean
  }

/** The name under which the rule for everybody else is spoken of. No other rule may have it. */
export const everyoneId = 'everyone'

/**
 * SECURITY: whoever is privileged proves two different methods, one of them phishing-resistant, whatever
 * the rule says; or is refused when the rule allows no such method. Fixed, so that no file can lower it.
 */
export const privilegedFloor = {
  required: 2,
  strength: 'phishing-resistant',
  passkeyCountsAsTwo: false,
} as const

/**
 * What holds for a person: the first rule that names one of their groups; else the one that names the
 * nearest OU above them; else the rule for everybody. Costs a glance at each group, however many rules
 * there are.
 */
export function decide(document: PolicyDocument, person: Person): Decision {
  const index = indexOf(document)
  const named = [person.sid, ...person.groupSids.filter((sid) => mayBeNamed(index, sid))]
  const position = byGroup(index, named) ?? byContainer(index, person)
  const rule = position === null ? null : (document.rules[position] ?? null)
  return decisionOf(document, rule, isPrivileged(index, named))
}

/** What follows from a rule (null: the one for everybody). */
export function decisionOf(
  { everyone }: PolicyDocument,
  scoped: ScopedRule | null,
  privileged: boolean,
): Decision {
  const { id, name, scope: _, ...rule } = scoped ?? everyoneRule(everyone)
  const kinds = new Set(rule.methods)
  const methods = methodKinds.filter((kind) => kinds.has(kind))
  const decision = { ...rule, methods, rule: { id, name }, privileged }
  if (!privileged) return decision
  const required = Math.max(rule.required, privilegedFloor.required)
  return { ...decision, ...privilegedFloor, required }
}

function everyoneRule(everyone: PolicyRule): ScopedRule {
  return { id: everyoneId, name: 'Everyone', scope: { groups: [], ous: [] }, ...everyone }
}

function byGroup({ byGroup }: RuleIndex, sids: readonly string[]): number | null {
  let first = Number.POSITIVE_INFINITY
  for (const group of sids) {
    const position = byGroup.get(group)
    if (position !== undefined && position < first) first = position
  }
  return Number.isFinite(first) ? first : null
}

function byContainer({ byContainer }: RuleIndex, { dn }: Person): number | null {
  if (byContainer.size === 0) return null
  for (const container of containersOf(dn)) {
    const position = byContainer.get(container)
    if (position !== undefined) return position
  }
  return null
}

function isPrivileged({ privileged }: RuleIndex, sids: readonly string[]): boolean {
  return sids.some((sid) => privileged.has(sid))
}

/** Why a decision lets nobody through here and now. */
export type Barrier =
  | 'not_enabled'
  | 'purpose_not_allowed'
  | 'unknown_device'
  | 'not_here'
  | 'not_now'

/** What stands in the way, the most lasting first; null: nothing. To be told to whoever has proven enough. */
export function barrierOf(
  { enabled, purposes, knownDevice, networks, hours }: Omit<Decision, 'rule'>,
  { purpose, address, at, isDeviceKnown }: Circumstances,
): Barrier | null {
  if (!enabled) return 'not_enabled'
  if (!purposes.includes(purpose)) return 'purpose_not_allowed'
  if (knownDevice && !isDeviceKnown) return 'unknown_device'
  if (networks.length > 0 && !isWithin(address, networks)) return 'not_here'
  if (hours !== null && !isWithinHours(hours, at)) return 'not_now'
  return null
}
