import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import type { SessionRecord } from '../../../src/server/domain/ports/sessions.ts'
import { removeMethod } from '../../../src/server/features/enrolment/remove-method.ts'
import { type Caller, planned, prove, start } from './caller.ts'
import { type Harness, openHarness, type Person } from './harness.ts'

let harness: Harness

beforeAll(async () => {
  harness = await openHarness()
})

afterAll(() => harness?.close())

/** The owner in the portal, who has just proven something there. */
async function inPortal(person: Person): Promise<SessionRecord> {
  const now = harness.now()
  const session = {
    ...{ tokenHash: `session-of-${person.account}`, accountId: person.accountId, dn: person.dn },
    ...{ accountName: person.account, displayName: person.account, mail: null },
    ...{ createdAt: now, lastSeenAt: now, expiresAt: now + 3_600_000, steppedUpAt: now },
  }
  await harness.read((tx) => tx.sessions.insert(session))
  return session
}

async function remove(person: Person, ...methodIds: string[]): Promise<void> {
  const session = await inPortal(person)
  for (const methodId of methodIds) {
    const removed = await removeMethod(harness.parts.dependencies, session, methodId)
    expect(removed).toEqual({ ok: true, value: undefined })
  }
}

async function stateOf(caller: Caller) {
  return (await caller.send('GET', '')).body
}

async function eventsOf(caller: Caller) {
  return (await harness.audit(caller.recoveryId)).map(({ event }) => event)
}

describe('a method that was removed proves nothing', () => {
  test('not by the code that is on its way already, though another mailbox is left', async () => {
    const person = await harness.hire()
    const { secrets } = harness.parts.dependencies
    const owned = { id: secrets.newId(), accountId: person.accountId }
    const secret = secrets.sealMethodSecret(owned, `other-${person.mailbox}`)
    await harness.read((tx) =>
      tx.methods.insert({
        ...owned,
        ...{ kind: 'email', label: 'other', secret, createdAt: 1, confirmedAt: 1 },
        ...{ lastUsedAt: null, lastStep: 0, suspendedAt: null },
      }),
    )
    const caller = await start(harness, person.account)
    await caller.challenge()
    const code = await harness.mailed(person)
    await remove(person, person.emailId)
    const late = await caller.verify({ kind: 'email', code })
    expect(late).toMatchObject({ status: 422, body: { code: 'proof_refused', attemptsLeft: 4 } })
    // Nothing was proven, so nothing is told (P6); the next code goes to the mailbox that is left.
    expect(await stateOf(caller)).toMatchObject({ state: 'proving' })
    expect(await eventsOf(caller)).not.toContain('recovery.abandoned')
  })

  test('nor by what was proven before: the recovery is given up, with one method or both', async () => {
    for (const which of [['totpId'], ['emailId'], ['totpId', 'emailId']] as const) {
      const person = await harness.hire()
      const caller = await start(harness, person.account)
      expect((await prove(harness, caller, person)).status).toBe(200)
      await remove(person, ...which.map((id) => person[id]))
      expect(await caller.plan()).toMatchObject({ status: 409, body: { code: 'wrong_state' } })
      expect(await stateOf(caller)).toMatchObject({ state: 'abandoned' })
      expect(await eventsOf(caller)).toContain('recovery.abandoned')
    }
  })

  test('nor when all is planned already', async () => {
    const person = await harness.hire()
    const { caller } = await planned(harness, person)
    await remove(person, person.totpId, person.emailId)
    expect(await caller.commit()).toMatchObject({ status: 409, body: { code: 'wrong_state' } })
    expect(await harness.lab.directory.readAttribute(person.dn, 'pwdLastSet')).not.toBe('0')
  })
})

describe('a portal session does not outlive the password that opened it', () => {
  const newPassword = 'Correct horse 7 battery staple'

  test("when a recovery has set another one: all of the account's are ended with it", async () => {
    const person = await harness.hire()
    const bystander = await inPortal(await harness.hire())
    const session = await inPortal(person)
    const { caller, plan } = await planned(harness, person, [])
    expect((await caller.relay(plan, newPassword)).status).toBe(200)
    expect(await harness.read((tx) => tx.sessions.find(session.tokenHash))).toBeNull()
    expect(await harness.read((tx) => tx.sessions.find(bystander.tokenHash))).not.toBeNull()
    expect(await endsOf(person)).toEqual([{ event: 'session.ended', reason: 'password_reset' }])
  })

  test('when the helpdesk has set another one, or has switched the account off', async () => {
    const { directory } = harness.lab
    for (const [reason, act] of [
      ['password_changed', (dn: string) => directory.setPassword(dn, newPassword)],
      ['password_changed', (dn: string) => directory.modify(dn, { pwdLastSet: 0 })],
      ['not_allowed', (dn: string) => directory.modify(dn, { userAccountControl: 0x202 })],
    ] as const) {
      const person = await harness.hire()
      const session = await inPortal(person)
      await act(person.dn)
      const removed = await removeMethod(harness.parts.dependencies, session, person.totpId)
      expect(removed).toEqual({ ok: false, error: { code: 'session_required' } })
      expect(await harness.read((tx) => tx.sessions.find(session.tokenHash))).toBeNull()
      expect(await endsOf(person)).toEqual([{ event: 'session.ended', reason }])
    }
  })

  async function endsOf({ accountId }: Person) {
    const { entries } = await harness.parts.auditLog.read(0, 10_000)
    return entries
      .map(({ body }) => JSON.parse(body))
      .filter(({ event, fields }) => event === 'session.ended' && fields.accountId === accountId)
      .map(({ event, fields }) => ({ event, reason: fields.reason }))
  }
})

test('a suspension ends what was proven, and says nothing to whoever has proven nothing', async () => {
  const few = await openHarness({ sections: { limits: { failuresInRow: 10 } } })
  onTestFinished(() => few.close())
  const person = await few.hire()
  const owner = await start(few, person.account)
  const byApp = await owner.verify({ kind: 'totp', code: await few.code(person) })
  expect(byApp.status).toBe(200)
  const stranger = await start(few, person.account)
  await stranger.challenge()
  for (let failures = 0; failures < 10; failures += 1) {
    const guesser = await start(few, person.account)
    const guess = await guesser.verify({ kind: 'totp', code: '000000' })
    expect(guess).toMatchObject({ status: 422, body: { code: 'proof_refused' } })
  }
  const methods = await few.read((tx) => tx.methods.list(person.accountId))
  expect(methods.find(({ id }) => id === person.totpId)?.suspendedAt).not.toBeNull()
  expect(await stateOf(owner)).toMatchObject({ state: 'abandoned' })
  expect(await stateOf(stranger)).toMatchObject({ state: 'proving' })
})
