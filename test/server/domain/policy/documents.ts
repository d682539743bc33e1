import fc from 'fast-check'
import { type MethodKind, methodKinds } from '../../../../src/contract/method-kinds.ts'
import { PolicyDocument, type PolicyRule, weekdays } from '../../../../src/contract/policy.ts'
import type { Circumstances, Person } from '../../../../src/server/domain/policy/decide.ts'

/** What a file may say; everything that is left out is as it would be anyway. */
export type Draft = Parameters<typeof PolicyDocument.parse>[0] & object

/** A document of which only some parts are of interest. */
export function documentOf(draft: {
  everyone?: Record<string, unknown>
  rules?: readonly Record<string, unknown>[]
  privileged?: readonly string[]
}): PolicyDocument {
  const rule = { methods: ['totp', 'email'] }
  return PolicyDocument.parse({
    everyone: { ...rule, ...draft.everyone },
    rules: (draft.rules ?? []).map((one, index) => ({
      ...{ id: `rule-${index}`, name: `Rule ${index}` },
      ...rule,
      ...one,
    })),
    privileged: { groups: (draft.privileged ?? []).map((sid) => ({ sid, name: sid })) },
  })
}

export const groupsNamed = (...sids: string[]) => ({
  groups: sids.map((sid) => ({ sid, name: `Group ${sid}` })),
})

export const sid = (number: number) => `S-1-5-21-1-2-3-${number}`

export function personIn(groups: readonly number[], dn = 'CN=Ada,OU=Staff,DC=corp'): Person {
  return { sid: sid(1), groupSids: groups.map(sid), dn }
}

/** Monday, 23 November 2026, 10:00 in Berlin. */
export const monday = Date.UTC(2026, 10, 23, 9, 0, 0)

export const usual: Circumstances = {
  ...{ purpose: 'reset', address: '10.1.2.3', at: monday, isDeviceKnown: false },
}

const someGroup = fc.integer({ min: 1000, max: 1008 })
const containers = ['OU=A,DC=corp', 'OU=B,OU=A,DC=corp', 'OU=C,OU=B,OU=A,DC=corp', 'OU=D,DC=corp']
const networks = ['10.0.0.0/8', '10.1.0.0/16', '192.0.2.0/24', '2001:db8::/32']

const anyKinds = fc.uniqueArray(fc.constantFrom(...methodKinds), { minLength: 1 })

export const anyRule: fc.Arbitrary<PolicyRule> = fc
  .record({
    enabled: fc.boolean(),
    purposes: fc.uniqueArray(fc.constantFrom('reset', 'unlock'), { minLength: 1 }),
    methods: anyKinds,
    required: fc.integer({ min: 1, max: 4 }),
    strength: fc.constantFrom('strong', 'phishing-resistant'),
    passkeyCountsAsTwo: fc.boolean(),
    knownDevice: fc.boolean(),
    networks: fc.uniqueArray(fc.constantFrom(...networks), { maxLength: 3 }),
    hours: fc.option(
      fc.record({
        days: fc.uniqueArray(fc.constantFrom(...weekdays), { minLength: 1 }),
        from: fc.constantFrom('00:00', '08:00', '22:00'),
        to: fc.constantFrom('06:00', '18:00', '24:00'),
        timeZone: fc.constantFrom('Europe/Berlin', 'America/New_York', 'UTC'),
      }),
    ),
  })
  .map((rule) => PolicyDocument.parse({ everyone: rule }).everyone)

export const anyDocument: fc.Arbitrary<PolicyDocument> = fc
  .record({
    everyone: anyRule,
    rules: fc.array(
      fc.record({
        rule: anyRule,
        groups: fc.uniqueArray(someGroup, { maxLength: 3 }),
        ous: fc.uniqueArray(fc.constantFrom(...containers), { maxLength: 2 }),
      }),
      { maxLength: 5 },
    ),
    privileged: fc.uniqueArray(someGroup, { maxLength: 2 }),
  })
  .map(({ everyone, rules, privileged }) =>
    documentOf({
      everyone,
      rules: rules.map(({ rule, groups, ous }) => ({
        ...rule,
        scope: { ...groupsNamed(...groups.map(sid)), ous },
      })),
      privileged: privileged.map(sid),
    }),
  )

export const anyPerson: fc.Arbitrary<Person> = fc
  .record({
    groups: fc.uniqueArray(someGroup, { maxLength: 4 }),
    container: fc.constantFrom(...containers, 'OU=Elsewhere,DC=corp'),
  })
  .map(({ groups, container }) => personIn(groups, `CN=Ada,${container}`))

export const anyCircumstances: fc.Arbitrary<Circumstances> = fc.record({
  purpose: fc.constantFrom('reset', 'unlock'),
  address: fc.constantFrom('10.1.2.3', '10.9.9.9', '192.0.2.7', '203.0.113.1', '2001:db8::5'),
  at: fc.integer({ min: monday, max: monday + 8 * 86_400_000 }),
  isDeviceKnown: fc.boolean(),
})

export const anyProofs: fc.Arbitrary<MethodKind[]> = fc.uniqueArray(fc.constantFrom(...methodKinds))
