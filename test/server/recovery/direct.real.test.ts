import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Plan } from '../../../src/contract/recovery.ts'
import { bindAsUser, changePassword, openDirectory } from '../../../src/directory/index.ts'
import { open, sealingKeyId } from '../../../src/sealing/hpke.ts'
import { type Caller, planned, prove, start } from './caller.ts'
import { type Harness, openHarness, type Person } from './harness.ts'

let harness: Harness

beforeAll(async () => {
  harness = await openHarness()
})

afterAll(() => harness?.close())

const newPassword = 'Correct horse 7 battery staple'

async function connectAsAgent(caller: Caller, plan: Plan & { mode: 'direct' }) {
  const context = {
    use: 'agent-password',
    recoveryId: caller.recoveryId,
    accountId: plan.accountId,
    keyId: await sealingKeyId(caller.keys.publicKey),
  } as const
  const opened = await open(caller.keys.privateKey, plan.agent.password, context)
  if (!opened.ok) throw new Error('the agent password does not open')
  const password = new TextDecoder().decode(opened.value)
  const connection = await openDirectory({
    controller: plan.controller,
    caPem: [harness.lab.caPem],
    ...{ connectTimeoutMs: 3000, operationTimeoutMs: 5000 },
    bind: { name: plan.agent.name, password },
  })
  if (!connection.ok) throw new Error(connection.error.detail)
  return connection.value
}

function signIn(person: Person, password: string) {
  const { directory, caPem } = harness.lab
  const controllers = [{ host: directory.host, port: 636, address: directory.address }]
  const options = { controllers, caPem: [caPem], connectTimeoutMs: 3000, operationTimeoutMs: 5000 }
  return bindAsUser(options, `${directory.netbiosName}\\${person.account}`, password)
}

test('a locked-out employee gets back in, and every step is recorded', async () => {
  const person = await harness.hire()
  const caller = await start(harness, person.account)
  expect(caller.started).toMatchObject({ state: 'proving', required: 2, remaining: 2 })
  expect(caller.started.directory).toBeUndefined()
  const proven = await prove(harness, caller, person)
  expect(proven.body).toMatchObject({
    state: 'proven',
    remaining: 0,
    directory: { controllers: [{ host: harness.lab.directory.host, port: 636 }] },
  })
  const plan = (await caller.plan()).body as Plan & { mode: 'direct' }
  expect(plan).toMatchObject({
    mode: 'direct',
    userDn: person.dn,
    accountName: person.account,
    rules: { minLength: 15, complexity: true, historyLength: 24 },
  })
  expect(plan.rules).not.toHaveProperty('mayBeStricter')
  const committed = await caller.commit()
  const temporary = await caller.openTemporary(committed, plan.accountId)
  expect(temporary.length).toBeGreaterThanOrEqual(120)
  // Nobody can sign in with the temporary password.
  expect(await signIn(person, temporary)).toMatchObject({
    error: { code: 'invalid_credentials', restriction: 'must_change' },
  })
  expect((await caller.send('POST', '/complete')).body).toMatchObject({ code: 'not_confirmed' })
  const agent = await connectAsAgent(caller, plan)
  expect(await changePassword(agent, plan.userDn, temporary, newPassword)).toEqual({
    ok: true,
    value: undefined,
  })
  await agent.close()
  const completed = await caller.send('POST', '/complete')
  expect(completed).toMatchObject({ status: 200, body: { state: 'completed' } })
  // The answer may have been lost: asking again is answered the same.
  expect((await caller.send('POST', '/complete')).body).toEqual(completed.body)
  expect(await signIn(person, newPassword)).toEqual({ ok: true, value: undefined })
  expect((await harness.audit(caller.recoveryId)).map(({ event }) => event)).toEqual([
    'recovery.started',
    'recovery.proof_accepted',
    'recovery.challenged',
    'recovery.proof_accepted',
    'recovery.planned',
    'recovery.commit_intended',
    'recovery.committed',
    'recovery.completed',
  ])
  await harness.deliver()
  for (const address of [person.mailbox, `${person.account}@corp.example.com`]) {
    const mail = await harness.lab.mail.waitFor(
      ({ to, subject }) => to.includes(address) && subject === 'Your password was reset',
      5000,
    )
    expect(mail.text).toContain(person.account)
  }
  expect(await harness.read((tx) => tx.writes.find(person.accountId))).toBeNull()
})

test('a commit whose answer was lost can be repeated, three times in all', async () => {
  const person = await harness.hire()
  const { caller, plan } = await planned(harness, person)
  const first = await caller.openTemporary(await caller.commit(), plan.accountId)
  const second = await caller.openTemporary(await caller.commit(), plan.accountId)
  const third = await caller.openTemporary(await caller.commit(), plan.accountId)
  expect(new Set([first, second, third]).size).toBe(3)
  expect(await caller.commit()).toMatchObject({ status: 429, body: { code: 'too_many_attempts' } })
  const agent = await connectAsAgent(caller, plan as Plan & { mode: 'direct' })
  expect(await changePassword(agent, person.dn, first, newPassword)).toMatchObject({ ok: false })
  expect(await changePassword(agent, person.dn, third, newPassword)).toMatchObject({ ok: true })
  await agent.close()
  expect(await caller.send('POST', '/complete')).toMatchObject({ status: 200 })
})

test('a password that must be changed again is no new password, whoever said so', async () => {
  const person = await harness.hire()
  const { caller, plan } = await planned(harness, person)
  const temporary = await caller.openTemporary(await caller.commit(), plan.accountId)
  const agent = await connectAsAgent(caller, plan as Plan & { mode: 'direct' })
  expect(await changePassword(agent, person.dn, temporary, newPassword)).toMatchObject({ ok: true })
  await agent.close()
  await harness.lab.directory.modify(person.dn, { pwdLastSet: 0 })
  const refused = await caller.send('POST', '/complete')
  expect(refused).toMatchObject({ status: 409, body: { code: 'not_confirmed' } })
  expect((await caller.send('GET', '')).body).toMatchObject({ state: 'committed' })
})

test('unlocking lifts the lockout, changes no password and tells the owner', async () => {
  const person = await harness.hire()
  const { directory } = harness.lab
  await directory.modify(person.dn, { lockoutTime: '133000000000000000' })
  const caller = await start(harness, person.account, 'unlock')
  const proven = await prove(harness, caller, person)
  expect(proven.body).not.toHaveProperty('directory')
  expect((await caller.plan([])).body).toMatchObject({ mode: 'unlock' })
  expect((await caller.commit()).body).toMatchObject({ mode: 'unlock' })
  expect(await directory.readAttribute(person.dn, 'lockoutTime')).toBe('0')
  expect(await signIn(person, person.password)).toMatchObject({ ok: true })
  expect(await caller.commit()).toMatchObject({ status: 409, body: { code: 'wrong_state' } })
  expect((await caller.send('GET', '')).body).toMatchObject({ state: 'completed' })
  await harness.deliver()
  await harness.lab.mail.waitFor(
    ({ to, subject }) => to.includes(person.mailbox) && subject === 'Your account was unlocked',
    5000,
  )
})
