import { describe, expect, it } from 'vitest'
import { canGoBack } from '../../src/journey/journey.ts'
import { createWalker } from '../../src/journey/walker.ts'
import { createScriptedBridge, type Script, wrongCode } from './scripted-bridge.ts'

const now = Date.parse('2026-11-23T09:00:00Z')

function walkerOn(script: Script = {}) {
  const scripted = createScriptedBridge(script, () => now)
  const walker = createWalker(scripted.bridge, () => now)
  walker.listen()
  return { ...scripted, walker, at: () => walker.read().step.at }
}

async function walkToPassword(script: Script = {}) {
  const here = walkerOn(script)
  await here.walker.start('amartin', 'reset')
  await here.walker.chooseMethod('method-0')
  await here.walker.verify('123456')
  await here.walker.verify('654321')
  return here
}

describe('refusals and failures', () => {
  it('takes an exception for an answer that makes no sense', async () => {
    const { walker, bridge } = walkerOn()
    bridge.start = () => Promise.reject(new Error('boom'))
    await walker.start('amartin', 'reset')
    expect(walker.read().step).toMatchObject({
      at: 'failure',
      trouble: { error: { code: 'backend_unexpected' } },
    })
  })

  it('says at once what stands in the way of everything, and leads back to no form', () => {
    const { bridge, verbs } = createScriptedBridge()
    const walker = createWalker(bridge, () => now, 'not_configured')
    const expected = { at: 'failure', trouble: { error: { code: 'not_configured' } } }
    expect(walker.read().step).toMatchObject(expected)
    walker.back()
    expect(walker.read().step).toMatchObject(expected)
    expect(canGoBack(walker.read())).toBe(false)
    expect(verbs()).toEqual([])
  })

  it('stays where the code is typed after a wrong one', async () => {
    const { walker } = walkerOn()
    await walker.start('amartin', 'reset')
    await walker.chooseMethod('method-0')
    await walker.verify(wrongCode)
    expect(walker.read().step.at).toBe('prove')
    expect(walker.read().trouble?.error).toEqual({ code: 'proof_refused', attemptsLeft: 4 })
  })

  it.each([
    ['locked', 'recovery_locked'],
    ['expired', 'recovery_expired'],
    ['abandoned', 'recovery_expired'],
  ] as const)('ends when the backend calls the recovery %s', async (state, code) => {
    const { walker, bridge } = walkerOn()
    await walker.start('amartin', 'reset')
    await walker.chooseMethod('method-0')
    const verify = bridge.verify
    bridge.verify = async (...args) => {
      const result = await verify(...args)
      return result.ok ? { ok: true, value: { ...result.value, state } } : result
    }
    await walker.verify('123456')
    expect(walker.read().step).toMatchObject({ at: 'failure', trouble: { error: { code } } })
    expect(walker.read().recovery).toBeNull()
  })

  it('remembers until when it has to wait', async () => {
    const errors = { start: [{ code: 'rate_limited', retryAfterSeconds: 60 }] } as const
    const { walker } = walkerOn({ errors })
    await walker.start('amartin', 'reset')
    expect(walker.read().step).toMatchObject({ trouble: { until: now + 60_000 } })
  })

  it('keeps no password in its state, whatever became of it', async () => {
    for (const errors of [
      {},
      { setPassword: [{ code: 'password_refused' }] },
      { setPassword: [{ code: 'backend_unreachable' }] },
    ] as const) {
      const { walker } = await walkToPassword({ errors })
      const states = [walker.read()]
      walker.subscribe(() => states.push(walker.read()))
      await walker.setPassword('Kettle-Orbit-Lantern-7')
      expect(states.length).toBeGreaterThan(2)
      expect(JSON.stringify(states)).not.toContain('Kettle')
    }
  })

  it('does not believe a late answer for a recovery that was given up', async () => {
    const { walker, bridge, at } = walkerOn()
    await walker.start('amartin', 'reset')
    await walker.chooseMethod('method-0')
    let answer = () => {}
    const verify = bridge.verify
    bridge.verify = async (...args) => {
      await new Promise<void>((resolve) => {
        answer = resolve
      })
      return verify(...args)
    }
    const late = walker.verify('123456')
    await walker.restart()
    bridge.verify = verify
    await walker.start('bkim', 'reset')
    answer()
    await late
    expect(at()).toBe('methods')
    expect(walker.read().recovery?.remaining).toBe(2)
  })
})

describe('what is asked of the bridge', () => {
  it('writes once when somebody presses twice', async () => {
    const { walker, verbs } = await walkToPassword()
    await Promise.all([walker.setPassword('one'), walker.setPassword('two')])
    expect(verbs().filter((verb) => verb === 'setPassword')).toHaveLength(1)
  })

  it('spends one code when somebody presses twice', async () => {
    const { walker, verbs } = walkerOn({ methods: ['totp', 'totp', 'totp'] })
    await walker.start('amartin', 'reset')
    await walker.chooseMethod('method-0')
    await Promise.all([walker.verify('123456'), walker.verify('123456')])
    expect(verbs()).toEqual(['start', 'verify'])
  })

  it('sends a code by itself where there is one to send, and only once', async () => {
    const { walker, verbs } = walkerOn()
    await walker.start('amartin', 'reset')
    for (const _ of ['first', 'second']) {
      await walker.chooseMethod('method-1')
      walker.back()
    }
    await walker.chooseMethod('method-0')
    expect(verbs()).toEqual(['start', 'challenge'])
  })

  it('does not send another code by itself after one was refused', async () => {
    const errors = { challenge: [{ code: 'too_many_codes', retryAfterSeconds: 60 }] } as const
    const { walker, verbs } = walkerOn({ errors })
    await walker.start('amartin', 'reset')
    await walker.chooseMethod('method-1')
    await walker.verify(wrongCode)
    expect(verbs()).toEqual(['start', 'challenge', 'verify'])
  })

  it('goes on with the same recovery for the same account, and gives it up for another', async () => {
    const { walker, verbs, at } = walkerOn()
    await walker.start('amartin', 'reset')
    walker.back()
    await walker.start('amartin', 'reset')
    expect(at()).toBe('methods')
    expect(verbs()).toEqual(['start'])
    walker.back()
    await walker.start('bkim', 'reset')
    expect(verbs()).toEqual(['start', 'abandon', 'start'])
  })

  it('asks before another account would cost a proof', async () => {
    const { walker, verbs } = await walkToPassword()
    for (const _ of ['methods', 'account']) walker.back()
    await walker.start('bkim', 'unlock')
    expect(walker.read().question).toEqual({
      about: 'other_account',
      account: 'bkim',
      purpose: 'unlock',
    })
    expect(verbs()).not.toContain('abandon')
    await walker.startOver('bkim', 'unlock')
    expect(walker.read()).toMatchObject({ account: 'bkim', purpose: 'unlock', question: null })
  })

  it('starts the next recovery only after the last one is given up', async () => {
    const { walker, bridge, calls } = walkerOn()
    await walker.start('amartin', 'reset')
    let given = () => {}
    bridge.abandon = () =>
      new Promise<void>((resolve) => {
        given = () => {
          calls.push(['abandon'])
          resolve()
        }
      })
    const restarted = walker.restart()
    const started = walker.start('bkim', 'reset')
    given()
    await Promise.all([restarted, started])
    expect(calls.map(([verb]) => verb)).toEqual(['start', 'abandon', 'start'])
  })

  it('forgets everything, here and there, before it leaves', async () => {
    const { walker, verbs } = await walkToPassword()
    await walker.leave()
    expect(walker.read().question).toEqual({ about: 'leaving' })
    await walker.leaveAnyway()
    expect(verbs().slice(-2)).toEqual(['abandon', 'leave'])
    expect(walker.read()).toMatchObject({ account: '', recovery: null, preparation: null })
  })

  it('lets a write that has begun finish when the time is over', async () => {
    const { walker, at } = await walkToPassword({ delay: 1 })
    const written = walker.setPassword('Kettle-Orbit-Lantern-7')
    await walker.expire()
    expect(at()).toBe('writing')
    await written
    expect(at()).toBe('done')
  })

  it('unlocks by itself once that is proven', async () => {
    const { walker, verbs, at } = walkerOn()
    await walker.start('amartin', 'unlock')
    await walker.chooseMethod('method-0')
    await walker.verify('123456')
    await walker.verify('654321')
    expect(at()).toBe('done')
    expect(verbs()).toEqual(['start', 'verify', 'challenge', 'verify', 'prepare', 'unlock'])
  })

  it('tries the preparation again, and lets people choose the password once more', async () => {
    const errors = {
      prepare: [{ code: 'directory_unavailable' }],
      setPassword: [{ code: 'directory_unavailable' }],
    } as const
    const { walker, at } = await walkToPassword({ errors })
    expect(at()).toBe('failure')
    await walker.retry()
    expect(at()).toBe('password')
    await walker.setPassword('Kettle-Orbit-Lantern-7')
    expect(at()).toBe('failure')
    await walker.retry()
    expect(at()).toBe('password')
  })
})
