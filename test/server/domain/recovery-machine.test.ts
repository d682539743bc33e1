import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type RecoveryState, recoveryStates } from '../../../src/contract/recovery.ts'
import {
  allows,
  isClosed,
  type RecoveryEvent,
  transition,
} from '../../../src/server/domain/recovery-machine.ts'

const events: readonly RecoveryEvent[] = [
  'enough_proofs',
  'too_many_failures',
  'plan',
  'commit_intended',
  'commit_resumed',
  'commit_confirmed',
  'commit_refused',
  'another_commit_refused',
  'password_confirmed',
  'unlocked',
  'abandon',
  'expire',
]

test.each(['locked', 'expired', 'abandoned', 'completed'] as const)('%s is the end', (state) => {
  expect(isClosed(state)).toBe(true)
  for (const event of events) expect(allows(state, event)).toBe(false)
})

test('before enough is proven, nothing leads to a plan or a write', () => {
  for (const event of events) {
    if (['enough_proofs', 'too_many_failures', 'abandon', 'expire'].includes(event)) continue
    expect(allows('proving', event)).toBe(false)
  }
})

/**
 * An independent statement of what must hold on the way: facts that are collected event by event, and
 * what each state says about them.
 */
type Facts = { proven: boolean; planned: boolean; intended: boolean }

function follow(facts: Facts, event: RecoveryEvent): Facts {
  return {
    proven: facts.proven || event === 'enough_proofs',
    planned: facts.planned || event === 'plan',
    intended: facts.intended || event === 'commit_intended',
  }
}

test('however steps are skipped, reordered and repeated, no state is reached without its proof', () => {
  const walks = fc.array(fc.constantFrom(...events), { maxLength: 60 })
  fc.assert(
    fc.property(walks, (walk) => {
      let state: RecoveryState = 'proving'
      let facts: Facts = { proven: false, planned: false, intended: false }
      for (const event of walk) {
        const { from, to } = transition(event)
        if (!from.includes(state)) continue
        expect(isClosed(state)).toBe(false)
        state = to
        facts = follow(facts, event)
        if (state === 'proven') expect(facts.proven).toBe(true)
        if (state === 'planned') expect(facts.proven && facts.planned).toBe(true)
        if (['committing', 'committed', 'completed'].includes(state)) {
          expect(facts).toEqual({ proven: true, planned: true, intended: true })
        }
      }
    }),
    { numRuns: 2000 },
  )
})

test('every state can be reached, and every open one can be left', () => {
  const reached = new Set<RecoveryState>(['proving'])
  for (let pass = 0; pass < recoveryStates.length; pass++) {
    for (const event of events) {
      const { from, to } = transition(event)
      if (from.some((state) => reached.has(state))) reached.add(to)
    }
  }
  expect([...reached].sort()).toEqual([...recoveryStates].sort())
  for (const state of recoveryStates) {
    if (!isClosed(state)) expect(allows(state, 'expire')).toBe(true)
  }
})
