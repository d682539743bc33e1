import fc from 'fast-check'
import { expect, test } from 'vitest'
import { methodKinds, methodStrength } from '../../src/contract/method-kinds.ts'
import { type Asked, remainingProofs, wouldHelp } from '../../src/contract/proofs.ts'

const asked = (required: number, more: Partial<Asked> = {}): Asked => ({
  ...{ methods: methodKinds, required, strength: 'strong', passkeyCountsAsTwo: false },
  ...more,
})

test.each([
  { proven: [], required: 2, remaining: 2 },
  { proven: ['email'], required: 1, remaining: 1 },
  { proven: ['email'], required: 2, remaining: 1 },
  { proven: ['email', 'sms'], required: 2, remaining: 1 },
  { proven: ['totp'], required: 2, remaining: 1 },
  { proven: ['totp', 'totp'], required: 2, remaining: 1 },
  { proven: ['email', 'email'], required: 2, remaining: 1 },
  { proven: ['totp'], required: 1, remaining: 0 },
  { proven: ['email', 'totp'], required: 2, remaining: 0 },
  { proven: ['totp', 'email'], required: 1, remaining: 0 },
] as const)('$proven of $required: $remaining to go', ({ proven, required, remaining }) => {
  expect(remainingProofs(proven, asked(required))).toBe(remaining)
})

test('nothing is ever enough without a method as strong as asked for, and as many kinds', () => {
  const proven = fc.array(fc.constantFrom(...methodKinds), { maxLength: 6 })
  const strength = fc.constantFrom('strong', 'phishing-resistant')
  fc.assert(
    fc.property(proven, fc.integer({ min: 1, max: 4 }), strength, (kinds, required, least) => {
      if (remainingProofs(kinds, asked(required, { strength: least })) > 0) return
      expect(new Set(kinds).size).toBeGreaterThanOrEqual(required)
      const strengths = kinds.map((kind) => methodStrength[kind])
      if (least === 'strong') expect(strengths.some((one) => one !== 'weak')).toBe(true)
      else expect(strengths).toContain('phishing-resistant')
    }),
  )
})

test('another proof never takes anybody further away', () => {
  const proven = fc.uniqueArray(fc.constantFrom(...methodKinds))
  const anyAsked = fc.record({
    methods: fc.uniqueArray(fc.constantFrom(...methodKinds)),
    required: fc.integer({ min: 1, max: 4 }),
    strength: fc.constantFrom('strong', 'phishing-resistant'),
    passkeyCountsAsTwo: fc.boolean(),
  })
  fc.assert(
    fc.property(proven, fc.constantFrom(...methodKinds), anyAsked, (kinds, kind, what) => {
      const [before, after] = [kinds, [...kinds, kind]].map((all) => remainingProofs(all, what))
      expect(after).toBeLessThanOrEqual(before ?? 0)
      expect(wouldHelp(kind, kinds, what)).toBe((after ?? 0) < (before ?? 0))
    }),
  )
})

test('only what brings somebody closer helps', () => {
  expect(wouldHelp('sms', ['email'], asked(2))).toBe(false)
  expect(wouldHelp('totp', ['email'], asked(2))).toBe(true)
  expect(wouldHelp('totp', ['push'], asked(2, { strength: 'phishing-resistant' }))).toBe(false)
  expect(wouldHelp('passkey', ['push'], asked(2, { strength: 'phishing-resistant' }))).toBe(true)
  expect(wouldHelp('totp', ['push'], asked(2, { methods: ['push', 'email'] }))).toBe(false)
})
