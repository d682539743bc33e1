import type { PolicyDocument, ScopedRule } from '../../../contract/policy.ts'
import { containersOf, nameOf } from '../distinguished-name.ts'
import {
  type Barrier,
  barrierOf,
  type Circumstances,
  type Decision,
  decisionOf,
  type Person,
} from './decide.ts'
import { describeRule } from './words.ts'

/** How near a rule is to a person: by a group, by an OU so many levels up, or not at all. */
type Nearness =
  | { readonly by: 'group'; readonly name: string }
  | { readonly by: 'ou'; readonly name: string; readonly levels: number }
  | null

export type Explanation = {
  readonly decision: Decision
  readonly barrier: Barrier | null
  /** Why this rule. */
  readonly because: string
  /** Every other rule in the order of the document, and why it does not apply. */
  readonly others: readonly string[]
  /** What the rule asks, a line each. */
  readonly asks: readonly string[]
  /** What stands in the way here and now, in a sentence. */
  readonly obstacle: string | null
}

/**
 * Why a rule applies to a person. Looks at every rule, one after another, as somebody with the file in
 * front of them would; `decide` finds the same one by its index.
 */
export function explain(
  document: PolicyDocument,
  person: Person,
  circumstances: Circumstances,
): Explanation {
  const judged = document.rules.map((rule) => ({ rule, nearness: nearnessOf(rule, person) }))
  const winner = nearest(judged)
  const sids = new Set([person.sid, ...person.groupSids])
  const privilege = document.privileged.groups.find(({ sid }) => sids.has(sid))
  const decision = decisionOf(document, winner?.rule ?? null, privilege !== undefined)
  const barrier = barrierOf(decision, circumstances)
  return {
    decision,
    barrier,
    because: whyThis(winner, document.rules.length),
    others: judged
      .filter(({ rule }) => rule !== winner?.rule)
      .map(({ rule, nearness }) => `"${rule.name}": ${whyNot(nearness, winner?.nearness ?? null)}`),
    asks: [
      ...(privilege === undefined ? [] : [privilegeSentence(privilege.name)]),
      ...describeRule(decision),
    ],
    obstacle: barrier === null ? null : obstacles[barrier],
  }
}

type Judged = { readonly rule: ScopedRule; readonly nearness: Nearness }

function nearnessOf({ scope }: ScopedRule, { sid, groupSids, dn }: Person): Nearness {
  const group = scope.groups.find((one) => one.sid === sid || groupSids.includes(one.sid))
  if (group !== undefined) return { by: 'group', name: group.name }
  const above = containersOf(dn)
  const found = scope.ous
    .map((name) => ({ name, levels: above.indexOf(nameOf(name)) }))
    .filter(({ levels }) => levels >= 0)
    .sort((one, other) => one.levels - other.levels)[0]
  return found === undefined ? null : { by: 'ou', ...found }
}

function nearest(judged: readonly Judged[]): Judged | null {
  const byGroup = judged.find(({ nearness }) => nearness?.by === 'group')
  if (byGroup !== undefined) return byGroup
  let best: Judged | null = null
  for (const one of judged) {
    if (levelsOf(one.nearness) < levelsOf(best?.nearness ?? null)) best = one
  }
  return best
}

function levelsOf(nearness: Nearness): number {
  return nearness?.by === 'ou' ? nearness.levels : Number.POSITIVE_INFINITY
}

function whyThis(winner: Judged | null, rules: number): string {
  const { rule, nearness } = winner ?? {}
  if (rule === undefined || !nearness) {
    const others = rules === 0 ? 'there is no other' : 'no other is for this person'
    return `The rule for everyone applies: ${others}.`
  }
  if (nearness.by === 'group') {
    return `"${rule.name}" applies: it is the first rule that names a group of this person, ${nearness.name}.`
  }
  return `"${rule.name}" applies: it names the nearest container above this person, ${nearness.name}, and no rule names one of the person's groups.`
}

function whyNot(nearness: Nearness, winning: Nearness): string {
  if (nearness === null) return 'names neither a group of this person nor a container above'
  if (nearness.by === 'group') {
    return `names the group ${nearness.name} too, and comes later in the file`
  }
  if (winning?.by === 'group')
    return `names the container ${nearness.name}, and a group counts before it`
  return `names the container ${nearness.name}, which is no nearer`
}

function privilegeSentence(group: string): string {
  return `Privileged, as a member of ${group}: two different methods, one of them resistant to phishing, whatever the rule says.`
}

/** For whoever asks at a terminal; people read the words of the journey. */
const obstacles: Record<Barrier, string> = {
  not_enabled: 'The rule is switched off, so nobody whom it is for can recover.',
  purpose_not_allowed: 'The rule does not allow this purpose.',
  unknown_device: 'The rule asks for a registered workstation.',
  not_here: 'The address is in none of the networks of the rule.',
  not_now: 'It is outside the hours of the rule.',
}
