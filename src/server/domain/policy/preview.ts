import type { PolicyDocument } from '../../../contract/policy.ts'
import type { IneligibleReason } from '../../../contract/problems.ts'
import { type Decision, decide, type Person } from './decide.ts'
import { couldRecover, type Means } from './standing.ts'

/** Somebody of whom a preview speaks. */
export type Previewed = Person &
  Means & { readonly accountName: string; readonly ineligible: IneligibleReason | null }

export type Preview = {
  readonly people: number
  /** Names of those for whom something else would hold. */
  readonly affected: readonly string[]
  /** Could recover now, and no longer. */
  readonly losing: readonly string[]
  /** Could not, and then could. */
  readonly gaining: readonly string[]
  /** How many people each rule would be for, in the order of the document, everybody else first. */
  readonly byRule: readonly { readonly name: string; readonly people: number }[]
}

/** What another document would mean for people, before it holds for any of them. */
export function preview(
  people: readonly Previewed[],
  before: PolicyDocument,
  after: PolicyDocument,
): Preview {
  const counts = new Map([['everyone', 0], ...after.rules.map(({ id }) => [id, 0] as const)])
  const affected: string[] = []
  const losing: string[] = []
  const gaining: string[] = []
  for (const person of people) {
    const [was, is] = [decide(before, person), decide(after, person)]
    counts.set(is.rule.id, (counts.get(is.rule.id) ?? 0) + 1)
    if (contentOf(was) !== contentOf(is)) affected.push(person.accountName)
    const could = couldRecover(was, person, person.ineligible)
    const can = couldRecover(is, person, person.ineligible)
    if (could && !can) losing.push(person.accountName)
    if (can && !could) gaining.push(person.accountName)
  }
  const names = new Map([
    ['everyone', 'Everyone'],
    ...after.rules.map(({ id, name }) => [id, name] as const),
  ])
  const byRule = [...counts].map(([id, count]) => ({ name: names.get(id) ?? id, people: count }))
  return { people: people.length, affected, losing, gaining, byRule }
}

/** What a decision says, whatever the rule is called. */
function contentOf({ rule: _, ...decision }: Decision): string {
  return JSON.stringify(decision)
}
