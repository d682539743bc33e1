import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { JourneyErrorCode, RecoveryView } from '../../src/contract/journey-bridge.ts'
import { localErrorCodes } from '../../src/contract/journey-bridge.ts'
import { problemCodes } from '../../src/contract/problems.ts'
import { canGoBack, walkOn } from '../../src/journey/journey.ts'
import {
  beginWalk,
  isProven,
  type Walk,
  type WalkEvent,
  wouldLose,
} from '../../src/journey/state.ts'
import { rules } from './scripted-bridge.ts'

const now = Date.parse('2026-11-23T09:00:00Z')
const codes: JourneyErrorCode[] = [...problemCodes, ...localErrorCodes]

function recoveryWith(proven: boolean[], required: number, minutes = 10): RecoveryView {
  const done = proven.filter(Boolean).length
  return {
    purpose: 'reset',
    state: done >= required ? 'proven' : 'proving',
    expiresAt: new Date(now + minutes * 60_000).toISOString(),
    required,
    remaining: Math.max(0, required - done),
    attemptsLeft: 5,
    methods: proven.map((isProvenNow, index) => ({
      methodId: `m${index}`,
      kind: index % 2 === 0 ? 'totp' : 'email',
      proven: isProvenNow,
    })),
  }
}

const trouble = (code: JourneyErrorCode) => ({ error: { code }, until: null })
const walkThrough = (...events: WalkEvent[]) => events.reduce(walkOn, beginWalk())
const started = (recovery = recoveryWith([false, false], 2)): WalkEvent => {
  return { type: 'started', recovery, now }
}
const proven = (methodId: string, states: boolean[]): WalkEvent => {
  return { type: 'proven', methodId, recovery: recoveryWith(states, 2) }
}
const prepared: WalkEvent = {
  type: 'prepared',
  preparation: { mode: 'direct', accountName: 'amartin', rules },
}
const toPassword: WalkEvent[] = [
  { type: 'asked', account: 'amartin' },
  started(),
  { type: 'method_chosen', methodId: 'm0' },
  proven('m0', [true, false]),
  proven('m1', [true, true]),
  prepared,
]
const toWriting: WalkEvent[] = [...toPassword, { type: 'submitted' }]

describe('what is asked of this very person', () => {
  it('is heard with the first proof, also when it is more than was asked of everybody', () => {
    const walk = walkThrough(
      started(recoveryWith([false, false, false, false], 2)),
      { type: 'method_chosen', methodId: 'm0' },
      { type: 'proven', methodId: 'm0', recovery: recoveryWith([true, false, false, false], 4) },
    )
    expect(walk.step).toEqual({ at: 'methods' })
    expect(walk.recovery).toMatchObject({ required: 4, remaining: 3 })
  })

  it('leaves nothing to choose where only one way would help', () => {
    const strict = { ...recoveryWith([true, false], 2), remaining: 1 }
    const walk = walkThrough(
      started(recoveryWith([false, false, false], 1)),
      { type: 'method_chosen', methodId: 'm0' },
      { type: 'proven', methodId: 'm0', recovery: strict },
    )
    expect(walk.step).toEqual({ at: 'prove', methodId: 'm1' })
  })

  it('is not taken back by an answer that is late', () => {
    const walk = walkThrough(
      started(),
      { type: 'method_chosen', methodId: 'm0' },
      proven('m0', [true, false]),
      proven('m1', [false, false]),
    )
    expect(walk.recovery).toMatchObject({ remaining: 1 })
  })
})

describe('what is never possible', () => {
  it('ignores a preparation that was not asked for by enough proofs', () => {
    const walk = walkThrough(started(), prepared)
    expect(walk.step.at).toBe('methods')
    expect(walk.preparation).toBeNull()
  })

  it('ignores a preparation that arrives after it was called off', () => {
    const failed: WalkEvent = { type: 'failed', trouble: trouble('directory_unavailable') }
    const walk = walkThrough(...toPassword.slice(0, 5), failed, prepared)
    expect(walk.step.at).toBe('failure')
  })

  it('ignores submitting, writing and refusing where nothing is being written', () => {
    const before = walkThrough(started())
    const outcome = { accountName: 'amartin', mode: 'direct' } as const
    for (const event of [
      { type: 'submitted' },
      { type: 'written', outcome },
      { type: 'refused', trouble: trouble('password_refused') },
      { type: 'continued' },
    ] satisfies WalkEvent[]) {
      expect(walkOn(before, event).step).toEqual(before.step)
    }
  })

  it('chooses no method twice', () => {
    const walk = walkThrough(started(recoveryWith([true, false, false], 2)), {
      type: 'method_chosen',
      methodId: 'm0',
    })
    expect(walk.step.at).toBe('methods')
  })

  it('does not come back to a password after the recovery is over', () => {
    const over = [...toWriting, { type: 'failed', trouble: trouble('recovery_expired') } as const]
    expect(walkThrough(...over, { type: 'retried' }).step.at).toBe('account')
  })

  it('does not go back from a screen where something is being written', () => {
    expect(canGoBack(walkThrough(...toWriting))).toBe(false)
  })

  it('does not go back once the old password is gone', () => {
    const walk = walkThrough(...toWriting, {
      type: 'refused',
      trouble: trouble('password_refused'),
    })
    expect(walk.step.at).toBe('password')
    expect(canGoBack(walk)).toBe(false)
  })
})

describe('the way there', () => {
  it('goes straight to the last method that is left', () => {
    const walk = walkThrough(...toPassword.slice(0, 4))
    expect(walk.step).toEqual({ at: 'prove', methodId: 'm1' })
  })

  it('lets people choose while there is a choice', () => {
    const walk = walkThrough(
      started(recoveryWith([false, false, false], 2)),
      { type: 'method_chosen', methodId: 'm0' },
      { ...proven('m0', []), recovery: recoveryWith([true, false, false], 2) } as WalkEvent,
    )
    expect(walk.step.at).toBe('methods')
  })

  it('counts a proof whose answer arrives after somebody has gone back', () => {
    const walk = walkThrough(
      started(),
      { type: 'method_chosen', methodId: 'm0' },
      { type: 'back' },
      proven('m0', [true, false]),
    )
    expect(walk.step.at).toBe('methods')
    expect(walk.recovery?.methods[0]?.proven).toBe(true)
  })

  it('unlocks without a password', () => {
    const walk = walkThrough(
      { type: 'asked', account: 'amartin', purpose: 'unlock' },
      ...toPassword.slice(1, 5),
      { type: 'prepared', preparation: { mode: 'unlock', accountName: 'amartin' } },
    )
    expect(walk.step.at).toBe('writing')
  })

  it('asks again for a screen entered again, so that nothing typed is left in it', () => {
    const before = walkThrough(...toPassword)
    const after = walkThrough(...toWriting, {
      type: 'refused',
      trouble: trouble('password_refused'),
    })
    expect(after.step).toEqual(before.step)
    expect(after.visit).not.toBe(before.visit)
  })
})

describe('the end of the time', () => {
  it.each([-120, 0.5, 90])('is not counted by a clock that is off (%d minutes)', (minutes) => {
    expect(walkThrough(started(recoveryWith([false], 1, minutes))).deadline).toBeNull()
  })

  it('is counted otherwise', () => {
    expect(walkThrough(started()).deadline).toBe(now + 600_000)
  })
})

describe('the truth about the old password', () => {
  const failing = (progress: WalkEvent[], code: JourneyErrorCode) =>
    walkThrough(...toWriting, ...progress, { type: 'failed', trouble: trouble(code) }).oldPassword
  const reported = (...steps: ('connecting' | 'preparing_account' | 'setting_password')[]) =>
    steps.map((progress): WalkEvent => ({ type: 'progressed', progress }))

  it('is valid as long as nothing was asked to be written', () => {
    expect(failing([], 'backend_unreachable')).toBe('valid')
    expect(failing(reported('connecting'), 'directory_unavailable')).toBe('valid')
  })

  it('is valid when the backend said no before it touched anything', () => {
    expect(failing(reported('preparing_account'), 'write_in_progress')).toBe('valid')
  })

  it.each([
    'internal',
    'overloaded',
    'store_unavailable',
    'directory_unavailable',
    'wrong_state',
  ] as const)('is in doubt after %s, which may also come after the write', (code) => {
    expect(failing(reported('preparing_account'), code)).toBe('unknown')
  })

  it('is in doubt when the connection broke, whatever the backend did', () => {
    expect(failing(reported('preparing_account'), 'backend_unreachable')).toBe('unknown')
  })

  it('is in doubt once the temporary password was given out', () => {
    const steps = reported('preparing_account', 'setting_password')
    expect(failing(steps, 'write_in_progress')).toBe('unknown')
  })

  it('is gone after a refusal, through a restart, but not for somebody else', () => {
    const refused = [
      ...toWriting,
      { type: 'refused', trouble: trouble('password_refused') } as const,
    ]
    const again = walkThrough(...refused, { type: 'restarted', purpose: 'reset' })
    expect(again.oldPassword).toBe('replaced')
    expect(walkOn(again, { type: 'asked', account: 'amartin' }).oldPassword).toBe('replaced')
    expect(walkOn(again, { type: 'asked', account: 'bkim' }).oldPassword).toBe('valid')
    expect(walkThrough(...refused, { type: 'left' })).toMatchObject({
      account: '',
      oldPassword: 'valid',
    })
  })
})

describe('leaving', () => {
  it('costs nothing before the first proof and after the end', () => {
    expect(wouldLose(walkThrough(started()))).toBe(false)
    const outcome = { accountName: 'amartin', mode: 'direct' } as const
    expect(wouldLose(walkThrough(...toWriting, { type: 'written', outcome }))).toBe(false)
  })

  it('costs the proofs in between', () => {
    expect(wouldLose(walkThrough(...toPassword))).toBe(true)
  })
})

describe('whatever happens in whatever order', () => {
  const methodId = fc.constantFrom('m0', 'm1', 'm2')
  const recovery = fc
    .tuple(fc.array(fc.boolean(), { minLength: 1, maxLength: 3 }), fc.integer({ min: 1, max: 3 }))
    .map(([states, required]) => recoveryWith(states, required))
  const error = fc.constantFrom(...codes).map(trouble)
  const preparation = fc.constantFrom(
    { mode: 'direct', accountName: 'amartin', rules } as const,
    { mode: 'relay', accountName: 'amartin', rules } as const,
    { mode: 'unlock', accountName: 'amartin' } as const,
  )
  const event: fc.Arbitrary<WalkEvent> = fc.oneof(
    fc.record({ type: fc.constant('asked' as const) }),
    recovery.map((one): WalkEvent => ({ type: 'started', recovery: one, now })),
    fc.constant<WalkEvent>({ type: 'resumed' }),
    methodId.map((one): WalkEvent => ({ type: 'method_chosen', methodId: one })),
    methodId.map((one): WalkEvent => ({ type: 'code_asked', methodId: one })),
    fc.tuple(methodId, recovery).map(([one, next]): WalkEvent => {
      return { type: 'proven', methodId: one, recovery: next }
    }),
    fc.constant<WalkEvent>({ type: 'continued' }),
    preparation.map((one): WalkEvent => ({ type: 'prepared', preparation: one })),
    fc.constant<WalkEvent>({ type: 'submitted' }),
    fc.constant<WalkEvent>({ type: 'progressed', progress: 'preparing_account' }),
    error.map((one): WalkEvent => ({ type: 'refused', trouble: one })),
    error.map((one): WalkEvent => ({ type: 'failed', trouble: one })),
    error.map((one): WalkEvent => ({ type: 'stumbled', at: 'prove', trouble: one })),
    fc.constant<WalkEvent>({ type: 'retried' }),
    fc.constant<WalkEvent>({ type: 'back' }),
    fc.constant<WalkEvent>({ type: 'restarted', purpose: 'reset' }),
  )
  const walks = fc.array(event, { maxLength: 40 })

  function every(events: WalkEvent[], check: (walk: Walk, before: Walk, event: WalkEvent) => void) {
    events.reduce((before, one) => {
      const walk = walkOn(before, one)
      check(walk, before, one)
      return walk
    }, beginWalk())
  }

  it('nobody reaches the password, or a write, without enough proofs', () => {
    fc.assert(
      fc.property(walks, (events) =>
        every(events, (walk) => {
          const isInside = walk.step.at === 'password' || walk.step.at === 'writing'
          if (isInside) expect(walk.preparation).not.toBeNull()
          if (walk.step.at === 'password') expect(isProven(walk.recovery)).toBe(true)
        }),
      ),
      { numRuns: 2000 },
    )
  })

  it('back goes to the screen before, never further, and loses no proof', () => {
    const before = { prove: 'methods', methods: 'account', password: 'methods' } as const
    fc.assert(
      fc.property(walks, (events) =>
        every([...events, { type: 'back' }], (walk, previous, one) => {
          if (one.type !== 'back' || walk.step === previous.step) return
          const { step } = previous
          const expected =
            step.at === 'failure' ? 'account' : before[step.at as keyof typeof before]
          expect(walk.step.at).toBe(expected)
          expect(walk.recovery).toBe(previous.recovery)
          expect(walk.sentCodes).toBe(previous.sentCodes)
        }),
      ),
      { numRuns: 2000 },
    )
  })

  it('nothing brings back an old password that the directory has replaced', () => {
    fc.assert(
      fc.property(walks, (events) =>
        every(events, (walk, previous) => {
          if (previous.oldPassword === 'replaced') expect(walk.oldPassword).toBe('replaced')
        }),
      ),
      { numRuns: 1000 },
    )
  })
})
