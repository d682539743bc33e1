import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { storeEngines } from '../../helpers/stack.ts'
import { type Answer, type Caller, planned, prove, start } from '../recovery/caller.ts'
import { type Harness, openHarness, type Person } from '../recovery/harness.ts'
import { apply, createGroup, createOu } from './world.ts'

// What the policy of a group or an OU means in a recovery, on a real directory.

const noSuchHost = ['dc9.corp.example.com']

describe.each(storeEngines)('a policy on %s', (engine) => {
  let harness: Harness

  beforeAll(async () => {
    harness = await openHarness({ engine, sections: { policy: { minLength: 9 } } })
  })

  afterAll(() => harness?.close())

  /** Applied, and known to every server. */
  const applied = async (draft: Parameters<typeof apply>[1]) => {
    const version = await apply(harness, draft)
    harness.pass(2_000)
    return version
  }
  const proveTotp = async (caller: Caller, person: Person) =>
    caller.verify({ kind: 'totp', code: await harness.code(person) })
  const proveMail = async (caller: Caller, person: Person) => {
    await caller.challenge()
    return caller.verify({ kind: 'email', code: await harness.mailed(person) })
  }
  const kindsOf = ({ body }: Answer) =>
    (body as { methods: { kind: string }[] }).methods.map(({ kind }) => kind)
  const setAt = async ({ accountId }: Person) => {
    const { host } = harness.lab.directory
    const read = await harness.parts.dependencies.directory.readPasswordState(host, accountId)
    return read.ok ? read.value.pwdLastSet : null
  }
  const refusedAs = (reason: string) => ({
    status: 403,
    body: { code: 'account_not_eligible', ineligible: reason },
  })

  describe('refuses', () => {
    test('a proof that is not allowed, like a wrong one and like a stranger’s', async () => {
      const person = await harness.hire()
      const group = await createGroup(harness.lab, [person.dn])
      await applied({ rules: [ruleOf({ ...group, methods: ['passkey', 'email'] })] })
      const [caller, stranger] = [
        await start(harness, person.account),
        await start(harness, 'no-such-person'),
      ]
      const shape = ({ started }: Caller) => ({
        ...{ required: started.required, remaining: started.remaining },
        kinds: started.methods.map(({ kind }) => kind),
      })
      expect(shape(caller)).toEqual(shape(stranger))
      const miss = { status: 422, body: { code: 'proof_refused', attemptsLeft: 4 } }
      const refused = await proveTotp(caller, person)
      expect(refused).toMatchObject(miss)
      const code = await harness.code(person)
      const theirs = await stranger.verify({ kind: 'totp', code })
      expect({ ...theirs.body, requestId: '' }).toEqual({ ...refused.body, requestId: '' })
      // The method itself is not spent by that, nor suspended.
      await applied({})
      const again = await start(harness, person.account)
      expect(await proveTotp(again, person)).toMatchObject({ status: 200 })
    })

    test('to mail a code where mail is not allowed, without saying so', async () => {
      const person = await harness.hire()
      const group = await createGroup(harness.lab, [person.dn])
      await applied({ rules: [ruleOf({ ...group, methods: ['passkey', 'totp'] })] })
      const caller = await start(harness, person.account)
      const sent = await caller.challenge()
      expect(sent).toMatchObject({ status: 200, body: { kind: 'email' } })
      await harness.deliver()
      const inbox = await harness.lab.mail.messages()
      expect(inbox.filter(({ to }) => to.includes(person.mailbox))).toEqual([])
    })

    test('privileged people who prove nothing that resists phishing', async () => {
      const person = await harness.hire()
      const inner = await createGroup(harness.lab, [person.dn])
      const outer = await createGroup(harness.lab, [inner.dn])
      await applied({
        everyone: { methods: ['passkey', 'totp', 'email'], required: 1 },
        privileged: [outer.sid],
      })
      const caller = await start(harness, person.account)
      expect(caller.started).toMatchObject({ required: 1, remaining: 1 })
      const byApp = await proveTotp(caller, person)
      expect(byApp).toMatchObject({ status: 200, body: { required: 2, remaining: 1 } })
      // Mail would not help, so it is not offered any more; whoever asks for it all the same gets nowhere.
      expect(kindsOf(byApp)).toEqual(['passkey', 'totp'])
      expect(await proveMail(caller, person)).toMatchObject({
        status: 200,
        body: { state: 'proving', remaining: 1 },
      })
      expect((await caller.plan()).status).toBe(409)
    })

    test('to plan for whom a rule is switched off, and tells only who has proven enough', async () => {
      const person = await harness.hire()
      const group = await createGroup(harness.lab, [person.dn])
      await applied({ rules: [ruleOf({ ...group, enabled: false })] })
      const caller = await start(harness, person.account)
      expect(await proveTotp(caller, person)).toMatchObject({ status: 200, body: { remaining: 1 } })
      expect(await proveMail(caller, person)).toMatchObject({ body: { state: 'proven' } })
      expect(await caller.plan()).toMatchObject(refusedAs('not_enabled'))
      const { recoveryId } = caller
      expect(await harness.audit(recoveryId)).toContainEqual(
        expect.objectContaining({
          event: 'recovery.refused',
          fields: { recoveryId, accountId: person.accountId, reason: 'not_enabled' },
        }),
      )
    })

    const weekend = { days: ['sat'], from: '03:00', to: '03:01', timeZone: 'UTC' }
    test.each([
      ['purpose_not_allowed', { purposes: ['unlock'] }],
      ['not_here', { networks: ['192.0.2.0/24'] }],
      ['not_now', { hours: weekend }],
      ['unknown_device', { knownDevice: true }],
    ])('%s by %j, at the plan and again at the write', async (reason, restriction) => {
      const person = await harness.hire()
      const group = await createGroup(harness.lab, [person.dn])
      await applied({ rules: [ruleOf({ ...group, ...restriction })] })
      const caller = await start(harness, person.account)
      await prove(harness, caller, person)
      expect(await caller.plan()).toMatchObject(refusedAs(reason))
      // Allowed at the plan, and not any more when it comes to the write: direct, relayed, unlocking.
      await applied({})
      expect((await caller.plan()).status).toBe(200)
      const before = await setAt(person)
      await applied({ rules: [ruleOf({ ...group, ...restriction })] })
      expect(await caller.commit()).toMatchObject(refusedAs(reason))
      await applied({})
      const plan = await caller.plan(noSuchHost)
      await applied({ rules: [ruleOf({ ...group, ...restriction })] })
      const relayed = await caller.relay(plan.body as never, 'Correct-horse-battery-1')
      expect(relayed).toMatchObject(refusedAs(reason))
      expect(await setAt(person)).toBe(before)
    })

    test('an unlock at the write, as well', async () => {
      const person = await harness.hire()
      await applied({})
      const caller = await start(harness, person.account, 'unlock')
      await prove(harness, caller, person)
      expect((await caller.plan()).status).toBe(200)
      await applied({ everyone: { purposes: ['reset'] } })
      expect(await caller.commit()).toMatchObject(refusedAs('purpose_not_allowed'))
    })

    test('the write when a stricter version has come in between, at once', async () => {
      const person = await harness.hire()
      await applied({})
      const { caller } = await planned(harness, person)
      const before = await setAt(person)
      // No time passes: what cannot be taken back does not wait for the cache.
      await apply(harness, { everyone: { methods: ['passkey', 'totp', 'email'], required: 3 } })
      expect(await caller.commit()).toMatchObject(refusedAs('policy_changed'))
      expect(await setAt(person)).toBe(before)
    })

    test('the write when the person has come into a stricter group in between', async () => {
      const person = await harness.hire()
      const group = await createGroup(harness.lab)
      const rule = { methods: ['passkey', 'totp', 'email'], strength: 'phishing-resistant' }
      await applied({ rules: [ruleOf({ ...group, ...rule })] })
      const { caller } = await planned(harness, person)
      await harness.lab.directory.addMember(group.dn, person.dn)
      expect(await caller.commit()).toMatchObject(refusedAs('policy_changed'))
    })

    test('nobody midway because it has become late: the old password is gone already', async () => {
      const person = await harness.hire()
      await applied({})
      const { caller } = await planned(harness, person)
      expect((await caller.commit()).status).toBe(200)
      await applied({ everyone: { hours: weekend, networks: ['192.0.2.0/24'] } })
      expect((await caller.commit()).status).toBe(200)
      // What is more lasting holds all the same.
      await applied({ everyone: { enabled: false }, rules: [nobodysRule] })
      expect(await caller.commit()).toMatchObject(refusedAs('not_enabled'))
    })
  })

  test('a nested group counts, a group before an OU, and the nearest OU before the others', async () => {
    const { lab } = harness
    const outerOu = await createOu(lab)
    const innerOu = await createOu(lab, outerOu)
    const [byGroup, byInner, byOuter, byNone] = await Promise.all(
      [innerOu, innerOu, outerOu, undefined].map((parent) =>
        harness.hire(parent === undefined ? {} : { parent }),
      ),
    )
    const inner = await createGroup(lab, [byGroup?.dn ?? ''])
    const middle = await createGroup(lab, [inner.dn])
    const outer = await createGroup(lab, [middle.dn])
    await applied({
      rules: [
        { methods: ['totp'], required: 1, scope: { ous: [outerOu] }, id: 'outer', name: 'Outer' },
        { methods: ['totp', 'email', 'push'], required: 3, scope: { ous: [innerOu] } },
        ruleOf({ ...outer, methods: ['totp', 'push', 'recoveryCode', 'sms'], required: 4 }),
      ],
    })
    const requiredOf = async (person: Person | undefined) => {
      if (!person) return null
      const caller = await start(harness, person.account)
      // To everybody the same, until they have proven something.
      expect(caller.started).toMatchObject({ required: 2, remaining: 2 })
      expect(caller.started.methods.map(({ kind }) => kind)).toEqual([
        ...['push', 'totp', 'recoveryCode', 'sms', 'email'],
      ])
      const proven = await proveTotp(caller, person)
      return { required: proven.body.required, kinds: kindsOf(proven) }
    }
    expect(await requiredOf(byGroup)).toEqual({
      required: 4,
      kinds: ['push', 'totp', 'recoveryCode', 'sms'],
    })
    expect(await requiredOf(byInner)).toEqual({ required: 3, kinds: ['push', 'totp', 'email'] })
    expect(await requiredOf(byOuter)).toEqual({ required: 1, kinds: ['totp'] })
    expect(await requiredOf(byNone)).toEqual({ required: 2, kinds: ['totp', 'email'] })
  })

  test('the hours and the network of a rule let through whoever is in them', async () => {
    const person = await harness.hire()
    const group = await createGroup(harness.lab, [person.dn])
    const everyDay = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun']
    const always = { days: everyDay, from: '00:00', to: '24:00', timeZone: 'Europe/Berlin' }
    await applied({ rules: [ruleOf({ ...group, networks: ['10.1.0.0/16'], hours: always })] })
    const { caller, plan } = await planned(harness, person)
    expect(plan.mode).toBe('direct')
    expect((await caller.commit()).status).toBe(200)
  })

  test('the rules for the new password are those of the person', async () => {
    const [person, other] = await Promise.all([harness.hire(), harness.hire()])
    const group = await createGroup(harness.lab, [person.dn])
    const password = { minLength: 20, bannedWords: ['Tiger'], breached: 'off' }
    await applied({
      everyone: { password: { minLength: 11, breached: 'warn' } },
      rules: [ruleOf({ ...group, password })],
    })
    const rulesOf = async (one: Person) => {
      const { plan } = await planned(harness, one)
      return plan.mode === 'unlock' ? null : plan.rules
    }
    const rules = await rulesOf(person)
    expect(rules).toMatchObject({ minLength: 20, breached: 'off' })
    expect(rules?.bannedWords).toContain('Tiger')
    expect(await rulesOf(other)).toMatchObject({ minLength: 11, breached: 'warn' })
  })

  test('what was decided when the person was found holds for their proofs', async () => {
    const person = await harness.hire()
    await applied({})
    const caller = await start(harness, person.account)
    expect(await proveTotp(caller, person)).toMatchObject({ body: { required: 2, remaining: 1 } })
    await applied({ everyone: { required: 1 } })
    expect((await caller.send('GET', '')).body).toMatchObject({ required: 2, remaining: 1 })
  })

  test('nothing is stored at first, and what the configuration says holds', async () => {
    const fresh = await openHarness({
      engine,
      sections: { policy: { required: 1, minLength: 12 } },
    })
    try {
      const person = await fresh.hire()
      const caller = await start(fresh, person.account)
      expect(caller.started).toMatchObject({ required: 1 })
      const code = await fresh.code(person)
      await caller.verify({ kind: 'totp', code })
      expect(await caller.plan()).toMatchObject({ status: 200, body: { rules: { minLength: 12 } } })
    } finally {
      await fresh.close()
    }
  })
})

const nobodysRule = { methods: ['totp'], required: 1, scope: { ous: ['OU=Nobody,DC=corp'] } }

/** A rule for a group, without what only the directory knows of that. */
function ruleOf({ dn: _, sid: __, ...rule }: Record<string, unknown>): Record<string, unknown> {
  return rule
}
