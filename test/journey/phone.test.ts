import { describe, expect, it } from 'vitest'
import { createWalker } from '../../src/journey/walker.ts'
import { createScriptedBridge, type Script } from './scripted-bridge.ts'

// The phone in the walk: what the screen does when the phone says something, or nothing.

const settled = () => new Promise((resolve) => setTimeout(resolve, 0))

async function atPhone(script: Script) {
  let time = 1_000_000
  const now = () => time
  const world = createScriptedBridge({ methods: ['push', 'totp'], ...script }, now)
  const walker = createWalker(world.bridge, now)
  await walker.start('amartin', 'reset')
  await walker.chooseMethod('method-0')
  await settled()
  const pass = (ms: number) => {
    time += ms
  }
  return { ...world, walker, pass, shown: () => walker.read().sentCodes['method-0'] }
}

describe('the phone', () => {
  it('that says “This wasn’t me” ends the walk, wherever it stands', async () => {
    const { walker } = await atPhone({ phone: ['denied'] })
    expect(walker.read().step).toMatchObject({
      ...{ at: 'failure', trouble: { error: { code: 'denied_on_phone' } } },
    })
    expect(walker.read().recovery).toBeNull()
  })

  it('that was told another number leaves everything unproven, and is not asked again by itself', async () => {
    const { walker, verbs } = await atPhone({ phone: ['wrong'] })
    expect(walker.read()).toMatchObject({
      ...{ step: { at: 'prove' }, recovery: { phone: 'wrong', remaining: 2, attemptsLeft: 4 } },
    })
    expect(verbs().filter((verb) => verb === 'challenge')).toHaveLength(1)
    await walker.sendCode()
    expect(walker.read().recovery?.phone).toBe('waiting')
    expect(verbs().filter((verb) => verb === 'challenge')).toHaveLength(2)
  })

  it('that says nothing keeps the number on the screen', async () => {
    const { walker, shown } = await atPhone({})
    expect(shown()).toMatchObject({ number: '47' })
    expect(walker.read()).toMatchObject({ isBusy: false, trouble: null })
  })

  it('is not asked twice because somebody went back and forth', async () => {
    const { walker, verbs, pass } = await atPhone({})
    walker.back()
    await walker.chooseMethod('method-0')
    expect(verbs().filter((verb) => verb === 'challenge')).toHaveLength(1)
    walker.back()
    pass(120_000)
    await walker.chooseMethod('method-0')
    expect(verbs().filter((verb) => verb === 'challenge')).toHaveLength(2)
  })

  it('cannot be asked: what went wrong is said there', async () => {
    const error = { code: 'too_many_codes', retryAfterSeconds: 60 } as const
    const { walker, shown } = await atPhone({ errors: { challenge: [error] } })
    expect(walker.read()).toMatchObject({ step: { at: 'prove' }, trouble: { error } })
    expect(shown()).toBe('asked')
  })

  it('that was told the number takes the walk on', async () => {
    const { walker, verbs } = await atPhone({ phone: ['approved'], required: 2 })
    expect(walker.read()).toMatchObject({ step: { at: 'prove', methodId: 'method-1' } })
    expect(verbs()).not.toContain('verify')
  })

  it('that was the last proof begins what comes next by itself', async () => {
    const { walker } = await atPhone({ phone: ['approved'], required: 1 })
    await settled()
    expect(walker.read().step.at).toBe('password')
  })
})
