import fc from 'fast-check'
import { expect, test } from 'vitest'
import { methodKinds, methodStrength } from '../../../src/contract/method-kinds.ts'
import { remainingProofs } from '../../../src/server/domain/policy.ts'

test.each([
  { proven: [], required: 2, remaining: 2 },
  { proven: ['email'], required: 1, remaining: 1 },
  { proven: ['email'], required: 2, remaining: 1 },
  { proven: ['totp'], required: 2, remaining: 1 },
  { proven: ['totp', 'totp'], required: 2, remaining: 1 },
  { proven: ['email', 'email'], required: 2, remaining: 1 },
  { proven: ['totp'], required: 1, remaining: 0 },
  { proven: ['email', 'totp'], required: 2, remaining: 0 },
  { proven: ['totp', 'email'], required: 1, remaining: 0 },
] as const)('$proven of $required: $remaining to go', ({ proven, required, remaining }) => {
  expect(remainingProofs(proven, required)).toBe(remaining)
})

test('nothing is ever enough without a strong method and as many kinds as asked for', () => {
  const proven = fc.array(fc.constantFrom(...methodKinds), { maxLength: 6 })
  fc.assert(
    fc.property(proven, fc.integer({ min: 1, max: 4 }), (kinds, required) => {
      if (remainingProofs(kinds, required) > 0) return
      expect(new Set(kinds).size).toBeGreaterThanOrEqual(required)
      expect(kinds.some((kind) => methodStrength[kind] !== 'weak')).toBe(true)
    }),
  )
})
