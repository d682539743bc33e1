import { expect, it } from 'vitest'
import type { AuthenticationOptions, AuthenticationResponse } from '../../src/contract/web-authn.ts'
import { createWalker } from '../../src/journey/walker.ts'
import { createScriptedBridge, type Script } from './scripted-bridge.ts'

const now = Date.parse('2026-11-23T09:00:00Z')
const response: AuthenticationResponse = {
  ...{ id: 'A'.repeat(22), rawId: 'A'.repeat(22), type: 'public-key', clientExtensionResults: {} },
  response: { clientDataJSON: 'AAAA', authenticatorData: 'AAAA', signature: 'AAAA' },
}

async function atPasskey(script: Script = {}) {
  const scripted = createScriptedBridge({ methods: ['passkey', 'email'], ...script }, () => now)
  const walker = createWalker(scripted.bridge, () => now)
  await walker.start('amartin', 'reset')
  await walker.chooseMethod('method-0')
  return { ...scripted, walker }
}

it('shows nothing when there is nothing to answer', async () => {
  const errors = { challenge: [{ code: 'rate_limited' }] } as const
  const { walker, verbs } = await atPasskey({ errors })
  await walker.showAuthenticator(() => Promise.reject(new Error('was asked')))
  expect(walker.read()).toMatchObject({
    isBusy: false,
    trouble: { error: { code: 'rate_limited' } },
  })
  expect(verbs()).toEqual(['start', 'challenge'])
})

it('stays where it is when the authenticator came to nothing', async () => {
  const { walker, verbs } = await atPasskey()
  await walker.showAuthenticator(async () => null)
  expect(walker.read()).toMatchObject({ step: { at: 'prove' }, isBusy: false, trouble: null })
  expect(verbs()).toEqual(['start', 'challenge'])
})

it('says that an answer was refused, and asks for another challenge the next time', async () => {
  const errors = { verify: [{ code: 'proof_refused', attemptsLeft: 4 }] } as const
  const { walker, verbs } = await atPasskey({ errors })
  await walker.showAuthenticator(async () => response)
  expect(walker.read().trouble?.error).toEqual({ code: 'proof_refused', attemptsLeft: 4 })
  await walker.showAuthenticator(async () => response)
  expect(walker.read().recovery).toMatchObject({ remaining: 1 })
  expect(verbs().slice(0, 5)).toEqual(['start', 'challenge', 'verify', 'challenge', 'verify'])
})

it('sends nothing once somebody has gone back', async () => {
  const { walker, verbs } = await atPasskey()
  await walker.showAuthenticator(async () => {
    walker.back()
    return response
  })
  expect(walker.read()).toMatchObject({ step: { at: 'methods' }, isBusy: false })
  expect(verbs()).toEqual(['start', 'challenge'])
})

it('answers with what it was asked for, as the method that was chosen', async () => {
  const { walker, calls } = await atPasskey()
  const asked: AuthenticationOptions[] = []
  await walker.showAuthenticator(async (options) => {
    asked.push(options)
    return response
  })
  expect(asked).toMatchObject([{ userVerification: 'required', allowCredentials: [] }])
  expect(calls[2]).toEqual(['verify', 'method-0', { kind: 'passkey', response }])
})
