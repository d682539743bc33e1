import type { PolicyDocument } from '../../../contract/policy.ts'
import { nameOf } from '../distinguished-name.ts'

/** Where in the document the rule for a group, or for a container, stands. */
export type RuleIndex = {
  readonly byGroup: ReadonlyMap<string, number>
  /** By `nameOf`. */
  readonly byContainer: ReadonlyMap<string, number>
  readonly privileged: ReadonlySet<string>
}

const known = new WeakMap<PolicyDocument, RuleIndex>()

/** Made once for each document, which never changes. */
export function indexOf(document: PolicyDocument): RuleIndex {
  const made = known.get(document)
  if (made !== undefined) return made
  const byGroup = new Map<string, number>()
  const byContainer = new Map<string, number>()
  // From the last to the first: where two name the same, the first one stays.
  for (const [position, { scope }] of [...document.rules.entries()].reverse()) {
    for (const { sid } of scope.groups) byGroup.set(sid, position)
    for (const ou of scope.ous) byContainer.set(nameOf(ou), position)
  }
  const privileged = new Set(document.privileged.groups.map(({ sid }) => sid))
  const index = { byGroup, byContainer, privileged }
  known.set(document, index)
  return index
}
