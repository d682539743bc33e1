import type { PolicyDocument } from '../../../contract/policy.ts'
import { nameOf } from '../distinguished-name.ts'

/** Where in the document the rule for a group, or for a container, stands. */
export type RuleIndex = {
  readonly byGroup: ReadonlyMap<string, number>
  /** By `nameOf`. */
  readonly byContainer: ReadonlyMap<string, number>
  readonly privileged: ReadonlySet<string>
  /** 1 where the end of a group that is named may be: see `mayBeNamed`. */
  readonly ends: Uint8Array
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
  const ends = new Uint8Array(endCount)
  for (const sid of [...byGroup.keys(), ...privileged]) ends[endOf(sid)] = 1
  const index = { byGroup, byContainer, privileged, ends }
  known.set(document, index)
  return index
}

const endCount = 0x10000
const endLength = 6

/**
 * Whether the document may name this group; false is certain. Identifiers of one domain differ in their
 * last digits alone, and to look at those is far cheaper than to hash all of it for a look-up: somebody
 * may be in thousands of groups of which no rule knows.
 */
export function mayBeNamed({ ends }: RuleIndex, sid: string): boolean {
  return ends[endOf(sid)] === 1
}

function endOf(sid: string): number {
  let end = 0
  for (let index = Math.max(0, sid.length - endLength); index < sid.length; index += 1) {
    end = (end * 31 + sid.charCodeAt(index)) % endCount
  }
  return end
}
