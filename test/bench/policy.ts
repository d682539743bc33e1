import { PolicyDocument } from '../../src/contract/policy.ts'
import { decide, type Person } from '../../src/server/domain/policy/decide.ts'
import { type Findings, figure } from './figures.ts'
import { interleave, percentile } from './statistics.ts'

const GROUPS_OF_PERSON = 10_000
const RULES = 200
const GROUPS_OF_RULE = 20
const DEPTH = 12
const SAMPLES = 1_000
const AIM_MS = 5
const target = { bound: 'at most', value: 1.5 } as const

/** How long it takes to decide about somebody in very many groups, beside one look-up a group. */
export async function measurePolicy(): Promise<Findings> {
  const document = documentOf()
  const named = new Map(
    document.rules.flatMap(({ scope }, index) => scope.groups.map(({ sid }) => [sid, index])),
  )
  let turn = 0
  const ours = async () => {
    const person = personOf(turn++)
    const startedAt = performance.now()
    const { rule } = decide(document, person)
    const elapsed = performance.now() - startedAt
    if (rule.id === '') throw new Error('nobody was decided about')
    return elapsed
  }
  const floor = async () => {
    const { groupSids } = personOf(turn++)
    const startedAt = performance.now()
    let hits = 0
    for (const sid of groupSids) if (named.has(sid)) hits += 1
    const elapsed = performance.now() - startedAt
    if (hits > GROUPS_OF_PERSON) throw new Error('more hits than groups')
    return elapsed
  }
  // The first calls are those of a program that nobody has warmed up: they are left out of both.
  await interleave(50, ours, floor)
  const pairs = await interleave(SAMPLES, ours, floor)
  const times = pairs.map((pair) => pair.ours)
  const p99 = percentile(times, 0.99)
  return {
    figures: [figure('policy of one person', 'ms', pairs, target)],
    details: [
      {
        name: 'policy of one person',
        unit: 'ms',
        values: { p50: percentile(times, 0.5), p99, most: Math.max(...times) },
        aim: { text: `p99 below ${AIM_MS} ms`, met: p99 < AIM_MS },
      },
    ],
    notes: [
      `Policy: a person in ${GROUPS_OF_PERSON} groups and ${DEPTH} OUs, ${RULES} rules of ` +
        `${GROUPS_OF_RULE} groups each; every other person is in none of them. The floor looks each ` +
        'group up in one map. Names are new strings each time, as the directory delivers them.',
    ],
  }
}

function sidOf(number: number): string {
  return ['S', 1, 5, 21, 1111111111, 2222222222, 3333333333, number].join('-')
}

function documentOf(): PolicyDocument {
  const numbers = (count: number, from: number) =>
    Array.from({ length: count }, (_, index) => from + index)
  return PolicyDocument.parse({
    everyone: { methods: ['totp', 'email'] },
    rules: numbers(RULES, 0).map((rule) => ({
      ...{ id: `rule-${rule}`, name: `Rule ${rule}`, methods: ['passkey', 'totp'] },
      scope: {
        groups: numbers(GROUPS_OF_RULE, 1_000_000 + rule * GROUPS_OF_RULE).map((group) => ({
          ...{ sid: sidOf(group), name: `Group ${group}` },
        })),
        ous: [`OU=Unit ${rule},OU=Staff,DC=corp,DC=example,DC=com`],
      },
    })),
    privileged: { groups: [{ sid: sidOf(5_000_000), name: 'Privileged' }] },
  })
}

/** Every other one is in a group of a rule; the others go through all the look-ups, and by their OU. */
function personOf(turn: number): Person {
  const isNamed = turn % 4 < 2
  const from = 2_000_000 + (turn % 100) * 1000
  const groupSids = Array.from({ length: GROUPS_OF_PERSON }, (_, index) =>
    sidOf(isNamed && index === GROUPS_OF_PERSON - 1 ? 1_000_000 : from + index),
  )
  const ous = Array.from({ length: DEPTH }, (_, index) => `OU=Level ${index}`).join(',')
  return { sid: sidOf(turn), groupSids, dn: `CN=Ada,${ous},DC=corp,DC=example,DC=com` }
}
