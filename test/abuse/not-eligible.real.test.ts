import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import type { NewUser } from '../../scripts/lab/domain-controller/index.ts'
import { bindAsUser } from '../../src/directory/index.ts'
import { planned, prove, start } from '../server/recovery/caller.ts'
import { type Harness, openHarness, type Person } from '../server/recovery/harness.ts'

// Enough proofs are not enough: the account itself must be one that may be recovered. Whoever has
// proven to be its owner is told the true reason, and nothing is written.

let harness: Harness

beforeAll(async () => {
  harness = await openHarness()
})

afterAll(() => harness?.close())

async function planFor(person: Person, purpose: 'reset' | 'unlock' = 'reset') {
  const caller = await start(harness, person.account, purpose)
  const proven = await prove(harness, caller, person)
  expect(proven).toMatchObject({ status: 200, body: { state: 'proven' } })
  return { caller, answer: await caller.plan() }
}

/** Rises with every change of the account ([MS-ADTS] 3.1.1.1.9): it stays where nothing was written. */
const stateOf = ({ dn }: Person) => harness.lab.directory.readAttribute(dn, 'uSNChanged')

type Change = (person: Person) => Promise<unknown>

const group =
  (name: string, container = 'Users'): Change =>
  async ({ dn }) => {
    const { directory } = harness.lab
    await directory.addMember(`CN=${name},CN=${container},${directory.baseDn}`, dn)
  }

/** Domain Admins, but only through a group in a group. */
const nested: Change = async ({ dn, account }) => {
  const { directory } = harness.lab
  const inner = await directory.createGroup(`${account}-in`, [dn])
  const outer = await directory.createGroup(`${account}-out`, [inner])
  await directory.addMember(`CN=Domain Admins,CN=Users,${directory.baseDn}`, outer)
}

const forbidChange: Change = async ({ dn }) => {
  const right = 'ab721a53-1e2f-11d0-9819-00aa0040529b'
  const sddl = `--sddl=(OD;;CR;${right};;WD)(OD;;CR;${right};;PS)`
  await harness.lab.directory.samba(['dsacl', 'set', `--objectdn=${dn}`, sddl])
}

const nothing: Change = async () => {}

describe('is refused, with its reason:', () => {
  test.each<[string, string, Partial<NewUser>, Change]>([
    ['a disabled account', 'disabled', { disabled: true }, nothing],
    ['an expired account', 'account_expired', { accountExpiresAt: 1 }, nothing],
    ['one with a smart card', 'smartcard_required', { smartcardRequired: true }, nothing],
    [
      'one whose password never expires',
      'password_never_expires',
      { passwordNeverExpires: true },
      nothing,
    ],
    ['one that may not change its password', 'not_enabled', {}, forbidChange],
    ['a privileged one, three groups deep', 'protected', {}, nested],
    ['a Backup Operator', 'protected', {}, group('Backup Operators', 'Builtin')],
    ['a member of Protected Users', 'protected', {}, group('Protected Users')],
  ])('%s', async (_, reason, user, change) => {
    const person = await harness.hire(user)
    await change(person)
    const before = await stateOf(person)
    const { caller, answer } = await planFor(person)
    expect(answer).toMatchObject({
      status: 403,
      body: { code: 'account_not_eligible', ineligible: reason },
    })
    for (const step of ['/commit', '/complete']) {
      expect(await caller.send('POST', step)).toMatchObject({ status: 409 })
    }
    expect(await stateOf(person)).toEqual(before)
    const last = (await harness.audit(caller.recoveryId)).at(-1)
    expect(last).toMatchObject({ event: 'recovery.refused', fields: { reason } })
    const logged = { event: 'account_not_eligible', code: reason, recoveryId: caller.recoveryId }
    expect(harness.logged).toContainEqual(logged)
  })

  test('somebody of an OU that is not enabled', async () => {
    const person = await harness.hire({ parent: harness.lab.directory.outsideOu })
    const { answer } = await planFor(person)
    expect(answer).toMatchObject({ status: 403, body: { ineligible: 'not_enabled' } })
  })

  test('whoever became privileged after the proofs, and again after the plan of a relay', async () => {
    const early = await harness.hire()
    const caller = await start(harness, early.account)
    await prove(harness, caller, early)
    await group('Domain Admins')(early)
    expect(await caller.plan()).toMatchObject({ status: 403, body: { ineligible: 'protected' } })
    const late = await harness.hire()
    const relayed = await planned(harness, late, [])
    await group('Domain Admins')(late)
    const before = await stateOf(late)
    expect(await relayed.caller.relay(relayed.plan, 'Correct horse 7 battery')).toMatchObject({
      status: 403,
      body: { ineligible: 'protected' },
    })
    expect(await stateOf(late)).toEqual(before)
  })
})

describe('nothing is written for whoever, after the plan,', () => {
  const disable: Change = ({ dn }) =>
    harness.lab.directory.modify(dn, { userAccountControl: 0x202 })
  const keep: Change = ({ dn }) => harness.lab.directory.modify(dn, { userAccountControl: 0x10200 })

  test.each<[string, string, Change]>([
    ['became privileged', 'protected', group('Domain Admins')],
    ['was disabled', 'disabled', disable],
    ['got a password that never expires', 'password_never_expires', keep],
  ])('%s: no temporary password', async (_, ineligible, change) => {
    const person = await harness.hire()
    const { caller } = await planned(harness, person)
    await change(person)
    const before = await stateOf(person)
    expect(await caller.commit()).toMatchObject({ status: 403, body: { ineligible } })
    expect(await stateOf(person)).toEqual(before)
    expect(await harness.read((tx) => tx.writes.find(person.accountId))).toBeNull()
    const last = (await harness.audit(caller.recoveryId)).at(-1)
    expect(last).toMatchObject({ event: 'recovery.refused', fields: { reason: ineligible } })
  })

  test.each<[string, string, Change]>([
    ['became privileged', 'protected', group('Domain Admins')],
    ['was disabled', 'disabled', disable],
  ])('%s: the lockout stays', async (_, ineligible, change) => {
    const person = await harness.hire()
    await harness.lab.directory.modify(person.dn, { lockoutTime: '133000000000000000' })
    const { caller, answer } = await planFor(person, 'unlock')
    expect(answer).toMatchObject({ status: 200 })
    await change(person)
    expect(await caller.commit()).toMatchObject({ status: 403, body: { ineligible } })
    const lockoutTime = await harness.lab.directory.readAttribute(person.dn, 'lockoutTime')
    expect(lockoutTime).toBe('133000000000000000')
  })

  test('left, and whose name somebody else has got', async () => {
    const person = await harness.hire()
    const { caller } = await planned(harness, person)
    const { directory } = harness.lab
    await directory.samba(['user', 'delete', person.account])
    const heir = await directory.createUser({ name: person.account })
    expect(heir.dn).toBe(person.dn)
    const before = await directory.readAttribute(heir.dn, 'uSNChanged')
    expect(await caller.commit()).toMatchObject({ status: 403, body: { ineligible: 'not_found' } })
    expect(await directory.readAttribute(heir.dn, 'uSNChanged')).toBe(before)
  })
})

test('whoever was moved after the plan is still the same person', async () => {
  const person = await harness.hire()
  const { caller } = await planned(harness, person)
  const { directory } = harness.lab
  const ou = `OU=moved-${person.account},${directory.usersOu}`
  await directory.samba(['ou', 'add', ou])
  await directory.samba(['user', 'move', person.account, ou])
  expect(await caller.commit()).toMatchObject({ status: 200 })
})

describe('an account whose password never expires', () => {
  test('can be unlocked: that sets no temporary password', async () => {
    const person = await harness.hire({ passwordNeverExpires: true })
    await harness.lab.directory.modify(person.dn, { lockoutTime: '133000000000000000' })
    const { caller, answer } = await planFor(person, 'unlock')
    expect(answer).toMatchObject({ status: 200, body: { mode: 'unlock' } })
    expect(await caller.commit()).toMatchObject({ status: 200 })
    expect(await harness.lab.directory.readAttribute(person.dn, 'lockoutTime')).toBe('0')
  })

  test('is reset where policy allows it, and then the temporary password does let its holder in', async () => {
    const open = await openHarness({ sections: { policy: { allowNeverExpiring: true } } })
    onTestFinished(() => open.close())
    const person = await open.hire({ passwordNeverExpires: true })
    const { caller, plan } = await planned(open, person)
    const temporary = await caller.openTemporary(await caller.commit(), plan.accountId)
    const { directory, caPem } = open.lab
    const controllers = [{ host: directory.host, port: 636, address: directory.address }]
    const times = { connectTimeoutMs: 3000, operationTimeoutMs: 5000 }
    const signIn = (password: string) =>
      bindAsUser({ controllers, caPem: [caPem], ...times }, `CORP\\${person.account}`, password)
    // The reason why it is refused by default: must-change has no effect.
    expect(await signIn(temporary)).toMatchObject({ ok: true })
    // What is not finished is still noticed, and replaced.
    expect(await caller.send('POST', '/complete')).toMatchObject({
      body: { code: 'not_confirmed' },
    })
    open.pass(10 * 60_000 + 1)
    await open.sweep()
    const events = (await open.audit(caller.recoveryId)).map(({ event }) => event)
    expect(events).toContain('sweep.scrambled')
  })
})
