import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  type MethodKind,
  methodKinds,
  methodStrength,
} from '../../../../src/contract/method-kinds.ts'
import type { PolicyDocument, PolicyRule } from '../../../../src/contract/policy.ts'
import { remainingProofs } from '../../../../src/contract/proofs.ts'
import { checkPolicy } from '../../../../src/server/domain/policy/check.ts'
import {
  barrierOf,
  type Circumstances,
  decide,
  type Person,
} from '../../../../src/server/domain/policy/decide.ts'
import { explain } from '../../../../src/server/domain/policy/explain.ts'
import {
  anyCircumstances,
  anyDocument,
  anyPerson,
  anyProofs,
  documentOf,
  sid,
} from './documents.ts'

const able = { methods: methodKinds, knowsDevices: true }
const anyMoment = [anyPerson, anyCircumstances, anyProofs] as const

/** Whether somebody would get in with these proofs, here and now. */
function getsIn(
  document: PolicyDocument,
  person: Person,
  circumstances: Circumstances,
  proven: readonly MethodKind[],
): boolean {
  const decision = decide(document, person)
  return barrierOf(decision, circumstances) === null && remainingProofs(proven, decision) === 0
}

/** Each makes one rule ask for more, or allow less. */
const restrictions: readonly ((rule: PolicyRule, choice: number) => PolicyRule)[] = [
  (rule) => ({ ...rule, enabled: false }),
  (rule) => ({ ...rule, required: rule.required + 1 }),
  (rule) => ({ ...rule, strength: 'phishing-resistant' }),
  (rule) => ({ ...rule, passkeyCountsAsTwo: false }),
  (rule) => ({ ...rule, knownDevice: true }),
  (rule) => ({ ...rule, purposes: rule.purposes.slice(0, 1) }),
  (rule, choice) => ({ ...rule, methods: without(rule.methods, choice) }),
  (rule, choice) => ({
    ...rule,
    networks: rule.networks.length === 0 ? ['10.1.0.0/16'] : without(rule.networks, choice),
  }),
  (rule) => ({
    ...rule,
    hours: rule.hours ?? { days: ['mon'], from: '08:00', to: '18:00', timeZone: 'UTC' },
  }),
  (rule, choice) => ({
    ...rule,
    hours: rule.hours && { ...rule.hours, days: without(rule.hours.days, choice) },
  }),
]

/** One fewer, but never none: none of some lists means all. */
function without<T>(all: readonly T[], choice: number): T[] {
  return all.length < 2 ? [...all] : all.filter((_, index) => index !== choice % all.length)
}

test('nobody gets in with less than one strong proof, whatever the document says', () => {
  fc.assert(
    fc.property(anyDocument, ...anyMoment, (document, person, circumstances, proven) => {
      if (!getsIn(document, person, circumstances, proven)) return
      expect(proven.some((kind) => methodStrength[kind] !== 'weak')).toBe(true)
    }),
    { numRuns: 2000 },
  )
})

test('a document that is accepted lets nobody in with one weak proof, and somebody in at all', () => {
  const weak = fc.constantFrom<MethodKind>('email', 'sms')
  fc.assert(
    fc.property(anyDocument, anyPerson, anyCircumstances, weak, (document, person, here, kind) => {
      fc.pre(checkPolicy(document, able).problems.length === 0)
      expect(getsIn(document, person, here, [kind])).toBe(false)
      expect(getsIn(document, person, here, ['email', 'sms'])).toBe(false)
      // Whoever is not privileged gets through an enabled rule with everything that they can set up.
      const decision = decide(document, person)
      const own = decision.methods.filter((kind) => kind !== 'temporaryPass')
      if (decision.enabled && !decision.privileged) expect(remainingProofs(own, decision)).toBe(0)
    }),
    { numRuns: 500 },
  )
})

test('what is wrong with the methods of a rule that is off is in nobody’s way, and what is on is for somebody', () => {
  fc.assert(
    fc.property(anyDocument, (document) => {
      const { problems, warnings } = checkPolicy(document, able)
      const rules = [document.everyone, ...document.rules]
      const off = rules.flatMap(({ enabled }, index) =>
        enabled ? [] : [index === 0 ? 'everyone' : `rules.${index - 1}`],
      )
      const about = off.flatMap((path) => [`${path}.methods`, `${path}.required`])
      expect(problems.filter(({ path }) => about.includes(path))).toEqual([])
      fc.pre(problems.length === 0)
      const forSomebody = document.rules.filter(
        ({ scope }) => scope.groups.length + scope.ous.length > 0,
      )
      expect([document.everyone, ...forSomebody].some(({ enabled }) => enabled)).toBe(true)
      expect(warnings.every(({ sentence }) => sentence.length > 0)).toBe(true)
    }),
    { numRuns: 500 },
  )
})

test('a restriction of any rule never lets in whoever was kept out before', () => {
  const anyChange = fc.record({
    rule: fc.nat(),
    kind: fc.nat(restrictions.length - 1),
    choice: fc.nat(20),
  })
  fc.assert(
    fc.property(anyDocument, anyChange, ...anyMoment, (document, change, ...moment) => {
      const restrict = restrictions[change.kind] as (typeof restrictions)[number]
      const position = change.rule % (document.rules.length + 1)
      const everyone = restrict(document.everyone, change.choice)
      const rules = document.rules.map((rule, index) =>
        index === position ? { ...rule, ...restrict(rule, change.choice) } : rule,
      )
      const after =
        position === document.rules.length ? { ...document, everyone } : { ...document, rules }
      if (!getsIn(document, ...moment)) expect(getsIn(after, ...moment)).toBe(false)
    }),
    { numRuns: 5000 },
  )
})

test('to name another privileged group never lets in whoever was kept out before', () => {
  const anyGroup = fc.integer({ min: 1000, max: 1008 })
  fc.assert(
    fc.property(anyDocument, anyGroup, ...anyMoment, (document, group, ...moment) => {
      const groups = [...document.privileged.groups, { sid: sid(group), name: 'Another' }]
      const after = { ...document, privileged: { groups } }
      if (!getsIn(document, ...moment)) expect(getsIn(after, ...moment)).toBe(false)
    }),
    { numRuns: 2000 },
  )
})

test('what is explained is what is decided', () => {
  fc.assert(
    fc.property(anyDocument, anyPerson, anyCircumstances, (document, person, circumstances) => {
      const explained = explain(document, person, circumstances)
      const decision = decide(document, person)
      expect(explained.decision).toEqual(decision)
      expect(explained.barrier).toBe(barrierOf(decision, circumstances))
      expect(explained.others).toHaveLength(
        document.rules.length - (decision.rule.id === 'everyone' ? 0 : 1),
      )
      const name = decision.rule.id === 'everyone' ? 'for everyone' : `"${decision.rule.name}"`
      expect(explained.because).toContain(name)
    }),
    { numRuns: 3000 },
  )
})

test('a rule for somebody else changes nothing', () => {
  fc.assert(
    fc.property(anyDocument, anyPerson, (document, person) => {
      const foreign = documentOf({
        rules: [{ methods: ['push'], scope: { ous: ['OU=Nowhere,DC=other'] } }],
      }).rules.map((rule) => ({ ...rule, id: 'foreign' }))
      const after = { ...document, rules: [...foreign, ...document.rules] }
      expect(decide(after, person)).toEqual(decide(document, person))
    }),
  )
})
