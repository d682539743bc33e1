import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import type { Plan } from '../../../src/contract/recovery.ts'
import { bindAsUser } from '../../../src/directory/index.ts'
import { seal } from '../../../src/sealing/hpke.ts'
import type { Directory } from '../../../src/server/domain/ports/directory.ts'
import { type Caller, planned } from './caller.ts'
import { type Harness, openHarness, type Person } from './harness.ts'

const newPassword = 'Correct horse 7 battery staple'

function signIn(harness: Harness, person: Person, password: string) {
  const { directory, caPem } = harness.lab
  const controllers = [{ host: directory.host, port: 636, address: directory.address }]
  const options = { controllers, caPem: [caPem], connectTimeoutMs: 3000, operationTimeoutMs: 5000 }
  return bindAsUser(options, `${directory.netbiosName}\\${person.account}`, password)
}

/** No controller is in reach of the workstation. */
function planRelay(harness: Harness, person: Person) {
  return planned(harness, person, [])
}

describe('the directory and the organisation have their say', () => {
  let harness: Harness

  beforeAll(async () => {
    harness = await openHarness({ sections: { policy: { minLength: 10 } } })
  })

  afterAll(() => harness?.close())

  test('a password from the history is refused with the true reason, and another one is accepted', async () => {
    const person = await harness.hire({ password: 'Former password 1' })
    const { caller, plan } = await planRelay(harness, person)
    const refused = await caller.relay(plan, 'Former password 1')
    expect(refused).toMatchObject({
      status: 422,
      body: { code: 'password_refused', refused: expect.arrayContaining(['history']) },
    })
    expect(await signIn(harness, person, 'Former password 1')).toMatchObject({ ok: false })
    expect((await caller.send('GET', '')).body).toMatchObject({ state: 'committed' })
    expect(await caller.relay(plan, newPassword)).toMatchObject({
      status: 200,
      body: { state: 'completed' },
    })
    expect(await signIn(harness, person, newPassword)).toMatchObject({ ok: true })
    expect((await harness.audit(caller.recoveryId)).map(({ event }) => event).slice(-6)).toEqual([
      'recovery.commit_intended',
      'recovery.committed',
      'recovery.password_refused',
      'recovery.commit_intended',
      'recovery.committed',
      'recovery.completed',
    ])
  })

  test.each([
    { password: 'Short 1', reason: 'too_short' },
    { password: 'nothing but small letters', reason: 'complexity' },
    { password: 'My name is Erika 1', reason: 'contains_name' },
  ])('$reason is found before the old password is given up', async ({ password, reason }) => {
    const person = await harness.hire()
    const { caller, plan } = await planRelay(harness, person)
    const refused = await caller.relay(plan, password)
    expect(refused).toMatchObject({
      status: 422,
      body: { code: 'password_refused', refused: expect.arrayContaining([reason]) },
    })
    expect(await signIn(harness, person, person.password)).toMatchObject({ ok: true })
  })

  test('a longer minimum of a fine-grained policy that may not be read costs a try, not the recovery', async () => {
    const person = await harness.hire()
    const { directory } = harness.lab
    const policy = `pso-${person.account}`
    await directory.createPso(policy, 150, { minLength: 30 }, [person.account])
    try {
      const { caller, plan } = await planRelay(harness, person)
      // Without the right to read it, the domain's own rules are shown, and AD has the last word.
      expect(plan).toMatchObject({ rules: { mayBeStricter: true } })
      const refused = await caller.relay(plan, newPassword.slice(0, 20))
      expect(refused).toMatchObject({ status: 422, body: { code: 'password_refused' } })
      const accepted = await caller.relay(plan, `${newPassword} and more of it`)
      expect(accepted).toMatchObject({ status: 200 })
    } finally {
      await directory.deletePso(policy)
    }
  })
})

describe('is only told to be done when it is:', () => {
  let harness: Harness

  beforeAll(async () => {
    harness = await openHarness()
  })

  afterAll(() => harness?.close())

  /** Lets something happen between the temporary password and the change. */
  async function relayAfter(person: Person, meanwhile: () => Promise<void>, isAnswered = true) {
    const { caller, plan } = await planRelay(harness, person)
    const { directory } = harness.parts.dependencies
    const { asAgent } = directory
    const interfering: Directory['asAgent'] = (controller, use) =>
      asAgent(controller, (agent) =>
        use({
          async changePassword(...args) {
            await meanwhile()
            const changed = await agent.changePassword(...args)
            const lost = { code: 'unknown_outcome', detail: 'cut' } as const
            return isAnswered ? changed : { ok: false, error: lost }
          },
        }),
      )
    Object.assign(directory, { asAgent: interfering })
    const answer = await caller.relay(plan, newPassword).finally(() => {
      Object.assign(directory, { asAgent })
    })
    return { caller, answer }
  }

  test('not when somebody else has set a password in between', async () => {
    const person = await harness.hire()
    const given = 'Helpdesk gave me 1 for a day'
    const { caller, answer } = await relayAfter(person, () =>
      harness.lab.directory.setPassword(person.dn, given),
    )
    expect(answer).toMatchObject({ status: 502, body: { code: 'directory_refused' } })
    expect((await caller.send('GET', '')).body).toMatchObject({ state: 'committed' })
    const events = (await harness.audit(caller.recoveryId)).map(({ event }) => event)
    expect(events).not.toContain('recovery.completed')
    expect(await signIn(harness, person, given)).toMatchObject({ ok: true })
  })

  test('yes when only the answer is lost', async () => {
    const person = await harness.hire()
    const { answer } = await relayAfter(person, async () => {}, false)
    expect(answer).toMatchObject({ status: 200, body: { state: 'completed' } })
    expect(await signIn(harness, person, newPassword)).toMatchObject({ ok: true })
  })
})

describe('the old password is not given up', () => {
  test('while the agent account cannot sign in, however often it is tried', async () => {
    const harness = await openHarness()
    onTestFinished(() => harness.close())
    const person = await harness.hire()
    const { caller, plan } = await planRelay(harness, person)
    const { agentAccount, modify } = harness.lab.directory
    await modify(agentAccount.dn, { userAccountControl: 0x10202 })
    onTestFinished(() => modify(agentAccount.dn, { userAccountControl: 0x10200 }))
    for (let tries = 0; tries < 2; tries++) {
      expect(await caller.relay(plan, newPassword)).toMatchObject({
        status: 503,
        body: { code: 'directory_unavailable' },
      })
    }
    expect(await signIn(harness, person, person.password)).toMatchObject({ ok: true })
    expect(await harness.read((tx) => tx.writes.find(person.accountId))).toBeNull()
    expect((await caller.send('GET', '')).body).toMatchObject({ state: 'planned' })
    expect(harness.logged.at(-1)).toMatchObject({
      event: 'agent_unavailable',
      detail: expect.stringContaining(agentAccount.userPrincipalName),
    })
  })
})

describe.each(['sqlite', 'postgres'] as const)('a sealed password, on %s', (engine) => {
  let harness: Harness

  beforeAll(async () => {
    harness = await openHarness({ engine })
  })

  afterAll(() => harness?.close())

  async function sealFor(plan: Plan, caller: Caller, changed: object = {}) {
    const { accountId, relayKey } = plan as Plan & { mode: 'relay' }
    const { keyId, publicKey } = relayKey
    const context = {
      use: 'new-password',
      recoveryId: caller.recoveryId,
      accountId,
      keyId,
    } as const
    return { keyId, sealed: await seal(publicKey, newPassword, { ...context, ...changed }) }
  }

  test('opens for its own recovery, account, use and key only', async () => {
    const [person, other] = [await harness.hire(), await harness.hire()]
    const { caller, plan } = await planRelay(harness, person)
    const foreign = await planRelay(harness, other)
    const wrong = [
      await sealFor(plan, caller, { recoveryId: foreign.caller.recoveryId }),
      await sealFor(plan, caller, { accountId: other.accountId }),
      await sealFor(plan, caller, { use: 'temporary-password' }),
      await sealFor(plan, caller, { keyId: 'another-key' }),
      { ...(await sealFor(plan, caller)), keyId: 'another-key' },
      await sealFor(foreign.plan, foreign.caller),
    ]
    for (const body of wrong) {
      expect(await caller.send('POST', '/relay', body)).toMatchObject({
        status: 400,
        body: { code: 'invalid_request', fields: ['sealed'] },
      })
    }
    // Nothing of it has cost anybody a password.
    expect(await signIn(harness, person, person.password)).toMatchObject({ ok: true })
    expect((await caller.send('GET', '')).body).toMatchObject({ state: 'planned' })
  })

  test('any changed byte is refused', async () => {
    const { caller, plan } = await planRelay(harness, await harness.hire())
    const right = await sealFor(plan, caller)
    for (const part of ['enc', 'ciphertext'] as const) {
      const text = right.sealed[part]
      const middle = text.length >> 1
      const flipped = text[middle] === 'A' ? 'B' : 'A'
      const changed = `${text.slice(0, middle)}${flipped}${text.slice(middle + 1)}`
      const body = { ...right, sealed: { ...right.sealed, [part]: changed } }
      expect(await caller.send('POST', '/relay', body)).toMatchObject({ status: 400 })
    }
  })

  test('writes once, however many send it at once', async () => {
    const person = await harness.hire()
    const { caller, plan } = await planRelay(harness, person)
    const body = await sealFor(plan, caller)
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => caller.send('POST', '/relay', body)),
    )
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1)
    expect(await signIn(harness, person, newPassword)).toMatchObject({ ok: true })
    const committed = (await harness.audit(caller.recoveryId)).filter(
      ({ event }) => event === 'recovery.committed',
    )
    expect(committed).toHaveLength(1)
    expect(await caller.send('POST', '/relay', body)).toMatchObject({ status: 409 })
  })

  test('cannot be sent a second time after the directory refused it', async () => {
    const person = await harness.hire({ password: 'A former password 1' })
    const { caller, plan } = await planRelay(harness, person)
    const { keyId, publicKey } = (plan as Plan & { mode: 'relay' }).relayKey
    const context = { use: 'new-password', recoveryId: caller.recoveryId, keyId } as const
    const bound = { ...context, accountId: plan.accountId }
    const body = { keyId, sealed: await seal(publicKey, 'A former password 1', bound) }
    expect(await caller.send('POST', '/relay', body)).toMatchObject({ status: 422 })
    expect(await caller.send('POST', '/relay', body)).toMatchObject({ status: 400 })
    expect(await caller.relay(plan, newPassword)).toMatchObject({ status: 200 })
  })

  test('outlives the change of the key, for as long as its recovery', async () => {
    const person = await harness.hire()
    const { caller, plan } = await planRelay(harness, person)
    const { keyId } = (plan as Plan & { mode: 'relay' }).relayKey
    await harness.read((tx) => tx.relayKeys.retire(keyId, harness.now()))
    const { plan: next } = await planRelay(harness, await harness.hire())
    expect((next as Plan & { mode: 'relay' }).relayKey.keyId).not.toBe(keyId)
    expect(await caller.relay(plan, newPassword)).toMatchObject({ status: 200 })
  })
})
