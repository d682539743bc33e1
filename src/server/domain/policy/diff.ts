import type { PolicyDocument, PolicyRule, ScopedRule } from '../../../contract/policy.ts'
import { describeField, ruleFields } from './words.ts'

/** What is different in another document, a line each. Empty: nothing is. */
export function diff(before: PolicyDocument, after: PolicyDocument): string[] {
  return [
    ...diffRule('Everyone', before.everyone, after.everyone),
    ...diffRules(before.rules, after.rules),
    ...diffSets('Privileged', 'the group', groupsOf(before.privileged), groupsOf(after.privileged)),
  ]
}

function diffRules(before: readonly ScopedRule[], after: readonly ScopedRule[]): string[] {
  const was = new Map(before.map((rule) => [rule.id, rule]))
  const is = new Map(after.map((rule) => [rule.id, rule]))
  const removed = before.filter(({ id }) => !is.has(id)).map(({ name }) => `"${name}" is removed.`)
  const others = after.flatMap((rule) => {
    const old = was.get(rule.id)
    return old === undefined ? [`"${rule.name}" is new.`] : diffScoped(old, rule)
  })
  const common = (rules: readonly ScopedRule[], known: ReadonlyMap<string, unknown>) =>
    rules.filter(({ id }) => known.has(id)).map(({ id }) => id)
  const isMoved = common(before, is).join('\n') !== common(after, was).join('\n')
  const moved = isMoved ? ['The rules are in another order.'] : []
  return [...removed, ...others, ...moved]
}

function diffScoped(before: ScopedRule, after: ScopedRule): string[] {
  const name = `"${after.name}"`
  const renamed = before.name === after.name ? [] : [`"${before.name}" is now called ${name}.`]
  return [
    ...renamed,
    ...diffSets(name, 'the group', groupsOf(before.scope), groupsOf(after.scope)),
    ...diffSets(name, 'the container', before.scope.ous, after.scope.ous),
    ...diffRule(name, before, after),
  ]
}

function diffRule(name: string, before: PolicyRule, after: PolicyRule): string[] {
  return ruleFields
    .filter((field) => JSON.stringify(before[field]) !== JSON.stringify(after[field]))
    .map((field) => {
      const [was, is] = [describeField(before, field), describeField(after, field)]
      return `${name}: "${was}" becomes "${is}".`
    })
}

function diffSets(
  name: string,
  what: string,
  before: readonly string[],
  after: readonly string[],
): string[] {
  const without = (all: readonly string[], others: readonly string[]) =>
    all.filter((one) => !others.includes(one))
  return [
    ...without(after, before).map((one) => `${name}: ${what} ${one} is added.`),
    ...without(before, after).map((one) => `${name}: ${what} ${one} is removed.`),
  ]
}

function groupsOf({ groups }: PolicyDocument['privileged']): string[] {
  return groups.map(({ name, sid }) => `${name} (${sid})`)
}
