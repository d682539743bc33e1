import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { normaliseWritten } from '../../../src/contract/written-code.ts'
import { limitKeys } from '../../../src/server/domain/limits.ts'
import type { PassOperator } from '../../../src/server/domain/ports/passes.ts'
import { listMethods } from '../../../src/server/features/enrolment/list-methods.ts'
import { approvePass } from '../../../src/server/features/pass/approve.ts'
import { type IssueRequest, issuePass } from '../../../src/server/features/pass/issue.ts'
import { listPasses } from '../../../src/server/features/pass/list.ts'
import { revokePass } from '../../../src/server/features/pass/revoke.ts'
import { stepUp } from '../../../src/server/features/session/step-up.ts'
import { type Frozen, freeze } from '../session/frozen.ts'

const minute = 60_000
const anna: PassOperator = { accountId: 'id-of-anna', accountName: 'anna', login: 'cli:anna' }
const ben: PassOperator = { accountId: 'id-of-ben', accountName: 'ben', login: 'cli:ben' }

let frozen: Frozen

beforeEach(async () => {
  frozen = await freeze({ methods: ['totp', 'email', 'temporaryPass'] })
})

afterEach(async () => {
  await frozen.stop()
})

function accountOf(name: string) {
  const mail = `${name}@corp.example.com`
  return {
    accountId: `id-of-${name}`,
    dn: `CN=${name}`,
    accountName: name,
    displayName: name,
    mail,
  }
}

/** Erika, who has called. */
const request = (change: Partial<IssueRequest> = {}): IssueRequest => ({
  account: accountOf('erika'),
  reason: 'INC-4711, phone lost, known by voice',
  minutes: 60,
  printReason: 'no private address on file',
  ...change,
})

async function issued(change: Partial<IssueRequest> = {}, operator = anna) {
  const answer = await issuePass(frozen.deps, operator, request(change))
  if (!answer.ok) throw new Error(answer.error)
  if (answer.value.waiting !== null) throw new Error('it waits')
  const { pass, code, sentTo } = answer.value
  return { pass, sentTo, code: code === null ? null : normaliseWritten(code) }
}

async function requested() {
  const answer = await issuePass(frozen.deps, anna, request())
  if (!answer.ok || answer.value.waiting === null) throw new Error('it does not wait')
  return answer.value.waiting
}

/** Shows a pass in the portal. */
async function show(code: string | null, account = 'erika') {
  const { session } = await frozen.open(account)
  const { methods } = await listMethods(frozen.deps, session)
  const methodId = methods.find(({ kind }) => kind === 'temporaryPass')?.methodId ?? 'none'
  return stepUp(frozen.deps, session, methodId, { kind: 'temporaryPass', code: code ?? '' })
}

const mailbox = (address: string) => contact('email', address, 'e•••@home.example')
const number = (e164: string) => contact('sms', e164, '+49 ••• ••67')

async function contact(kind: 'email' | 'sms', address: string, label: string) {
  const { secrets, store } = frozen.deps
  const [id, accountId] = [secrets.newId(), 'id-of-erika']
  await store.transaction((tx) =>
    tx.methods.insert({
      ...{ id, accountId, kind, label, createdAt: 1, confirmedAt: 1 },
      secret: secrets.sealMethodSecret({ id, accountId }, address),
      ...{ lastUsedAt: null, lastStep: 0, suspendedAt: null },
    }),
  )
}

const refused = (code: string) => ({ ok: false, error: code })
const states = async () => (await listPasses(frozen.deps)).map(({ state }) => state)

describe('nobody gets a pass', () => {
  it('for themselves, by whatever name', async () => {
    const account = { ...accountOf('anna'), accountName: 'a.nna' }
    expect(await issuePass(frozen.deps, anna, request({ account }))).toEqual(refused('self'))
    expect(await listPasses(frozen.deps)).toEqual([])
  })

  it.each([
    ['invalid_minutes', { minutes: 9 }],
    ['invalid_minutes', { minutes: 24 * 60 + 1 }],
    ['invalid_minutes', { minutes: 60.5 }],
    ['invalid_minutes', { minutes: Number.NaN }],
    ['invalid_reason', { reason: '  ' }],
    ['invalid_reason', { reason: 'x'.repeat(201) }],
    ['invalid_reason', { printReason: ' . ' }],
    ['nowhere_to_send', { printReason: null }],
  ])('%s: %j', async (code, change) => {
    expect(await issuePass(frozen.deps, anna, request(change))).toEqual(refused(code))
    expect(await show('0')).toMatchObject({ error: { code: 'not_found' } })
    expect(await frozen.letters()).toEqual([])
  })

  it('that is not offered to them', async () => {
    await frozen.stop()
    frozen = await freeze()
    expect(await issuePass(frozen.deps, anna, request())).toEqual(refused('not_offered'))
  })

  it.each([
    ['disabled', { ineligible: 'disabled', maySignIn: false }],
    ['not enabled', { ineligible: 'not_enabled' }],
    ['gone', { ineligible: 'not_found', maySignIn: false }],
  ] as const)('for an account that is %s', async (_, said) => {
    frozen.directorySays(said)
    expect(await issuePass(frozen.deps, anna, request())).toEqual(refused('not_eligible'))
  })

  it.each(['erika+pass@corp.example.com', 'ERIKA@corp.example.com', 'e.muster+x@corp.example.com'])(
    'mailed to another spelling of the work mailbox: %s',
    async (address) => {
      await mailbox(address)
      frozen.directorySays({ mailboxes: ['e.muster@corp.example.com'] })
      const answer = await issuePass(frozen.deps, anna, request({ printReason: null }))
      expect(answer).toEqual(refused('nowhere_to_send'))
    },
  )

  it('mailed to where the lost password opens, or where nobody has confirmed', async () => {
    await mailbox('erika@corp.example.com')
    frozen.directorySays({ mailboxes: ['erika@corp.example.com'] })
    const answer = await issuePass(frozen.deps, anna, request({ printReason: null }))
    expect(answer).toEqual(refused('nowhere_to_send'))
  })
})

describe('for somebody privileged', () => {
  beforeEach(() => frozen.directorySays({ ineligible: 'protected' }))

  it('nothing is handed out before a second person has approved', async () => {
    await requested()
    expect(await frozen.letters()).toEqual([])
    expect(await show('0')).toMatchObject({ error: { code: 'not_found' } })
    expect(await states()).toEqual(['waiting'])
  })

  it.each([
    ['same_person', anna],
    ['same_person', { ...ben, login: anna.login }],
    ['same_person', { ...ben, accountId: anna.accountId }],
    ['self', { accountId: 'id-of-erika', accountName: 'erika', login: 'cli:erika' }],
  ])('%s: not approved by %j', async (code, approver) => {
    const { id } = await requested()
    expect(await approvePass(frozen.deps, approver, id)).toEqual(refused(code))
    expect(await states()).toEqual(['waiting'])
  })

  it('not approved when it is unknown, too late, revoked, or approved before', async () => {
    expect(await approvePass(frozen.deps, ben, 'unknown-pass')).toEqual(refused('not_found'))
    const late = await requested()
    frozen.pass(60 * minute)
    expect(await approvePass(frozen.deps, ben, late.id)).toEqual(refused('wrong_state'))
    const revoked = await requested()
    await revokePass(frozen.deps, anna, revoked.id)
    expect(await approvePass(frozen.deps, ben, revoked.id)).toEqual(refused('wrong_state'))
    const { id } = await requested()
    const both = await Promise.all([1, 2].map(() => approvePass(frozen.deps, ben, id)))
    expect(both.filter(({ ok }) => ok)).toHaveLength(1)
  })

  it('nobody of the policy’s privileged groups is missed', async () => {
    const group = { sid: 'S-1-5-21-1-2-3-2222', name: 'Payroll' }
    const { document } = await frozen.deps.policies.current()
    const stricter = { ...document, privileged: { groups: [group] } }
    frozen.directorySays({ groupSids: [group.sid] })
    const deps = {
      ...frozen.deps,
      policies: {
        current: async () => ({ version: 1, document: stricter }),
        latest: async () => ({ version: 1, document: stricter }),
      },
    }
    expect(await issuePass(deps, anna, request())).toMatchObject({
      value: { waiting: { state: 'waiting' } },
    })
    expect(await issuePass(frozen.deps, anna, request())).toMatchObject({
      value: { waiting: null },
    })
  })

  it('works once it is approved, for the time that was asked for', async () => {
    const { id } = await requested()
    frozen.pass(30 * minute)
    const approved = await approvePass(frozen.deps, ben, id)
    if (!approved.ok) throw new Error(approved.error)
    frozen.pass(59 * minute)
    expect((await show(normaliseWritten(approved.value.code ?? ''))).ok).toBe(true)
    expect(await listPasses(frozen.deps)).toMatchObject([
      { state: 'used', issuer: { accountName: 'anna' }, approver: { accountName: 'ben' } },
    ])
  })
})

describe('a pass proves nothing', () => {
  it('a second time, nor for two at once', async () => {
    const { code } = await issued()
    const answers = await Promise.all([1, 2, 3, 4].map(() => show(code)))
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1)
    expect((await show(code)).ok).toBe(false)
  })

  it('when its time is over, to the millisecond', async () => {
    const { code } = await issued({ minutes: 10 })
    frozen.pass(10 * minute)
    expect(await show(code)).toMatchObject({ error: { code: 'not_found' } })
    expect(await states()).toEqual(['expired'])
  })

  it('when its time is over between the comparison and the spend', async () => {
    const { pass } = await issued({ minutes: 10 })
    const { store } = frozen.deps
    const methodId = pass.methodId ?? ''
    const code = await store.transaction((tx) => tx.writtenCodes.find(methodId, 0, frozen.now()))
    if (code === null) throw new Error('no code')
    frozen.pass(10 * minute)
    expect(await store.transaction((tx) => tx.writtenCodes.spend(code, frozen.now()))).toBe(false)
  })

  it('when it was revoked', async () => {
    const { code, pass } = await issued()
    expect(await revokePass(frozen.deps, ben, pass.id)).toMatchObject({ ok: true })
    expect(await show(code)).toMatchObject({ error: { code: 'not_found' } })
    expect(await revokePass(frozen.deps, ben, pass.id)).toEqual(refused('wrong_state'))
    expect(await revokePass(frozen.deps, ben, 'unknown-pass')).toEqual(refused('not_found'))
  })

  it('when a newer one was issued', async () => {
    const older = await issued()
    const newer = await issued()
    expect((await show(older.code)).ok).toBe(false)
    expect((await show(newer.code)).ok).toBe(true)
    expect((await states()).sort()).toEqual(['replaced', 'used'])
  })

  it('for anybody else', async () => {
    const { code } = await issued()
    await issued({ account: accountOf('frieda') })
    expect(await show(code, 'frieda')).toMatchObject({ error: { code: 'proof_refused' } })
  })

  it('and what it has opened in the portal is closed when it is revoked', async () => {
    const { code, pass } = await issued()
    const proven = await show(code)
    if (!proven.ok) throw new Error(proven.error.code)
    await revokePass(frozen.deps, ben, pass.id)
    const { tokenHash } = proven.value.session
    const after = await frozen.deps.store.transaction((tx) => tx.sessions.find(tokenHash))
    expect(after?.steppedUpAt).toBeNull()
  })
})

describe('a pass', () => {
  it('goes to the private mailbox and is not shown, and every address is told without it', async () => {
    await mailbox('erika@home.example')
    const { code, sentTo, pass } = await issued({ printReason: null })
    expect({ code, sentTo }).toEqual({ code: null, sentTo: ['e•••@home.example'] })
    const letters = await frozen.letters()
    const byTemplate = (name: string) =>
      letters.filter(({ content }) => content.template === name).map(({ to }) => to)
    expect(byTemplate('temporary_pass')).toEqual(['erika@home.example'])
    expect(byTemplate('pass_issued').sort()).toEqual([
      'erika@corp.example.com',
      'erika@home.example',
    ])
    const mailed = letters.find(({ content }) => content.template === 'temporary_pass')
    expect((await show(normaliseWritten(mailed?.content.code ?? ''))).ok).toBe(true)
    expect(JSON.stringify(pass)).not.toContain(mailed?.content.code)
  })

  it('goes to the telephone where there is no private mailbox, within what messages may cost', async () => {
    await frozen.stop()
    frozen = await freeze({ methods: ['totp', 'sms', 'temporaryPass'] })
    await number('+4917012345678')
    const { code, sentTo } = await issued({ printReason: null })
    expect({ code, sentTo }).toEqual({ code: null, sentTo: ['+49 ••• ••67'] })
    const sent = (await frozen.letters()).filter(
      ({ content }) => content.template === 'temporary_pass',
    )
    expect(sent).toMatchObject([{ to: '+4917012345678', channel: 'sms' }])
    expect(await listPasses(frozen.deps)).toMatchObject([{ sentBy: 'sms', state: 'issued' }])
    const { smsInDay } = frozen.deps.settings.limits
    await frozen.deps.store.transaction((tx) =>
      tx.limits.update(limitKeys.smsInDay(), frozen.now(), (current) => ({
        ...current,
        windowStart: frozen.now(),
        count: smsInDay,
      })),
    )
    const next = await issuePass(frozen.deps, anna, request({ printReason: null }))
    expect(next).toEqual(refused('nowhere_to_send'))
  })

  it('does not go to a telephone that the policy does not let them use', async () => {
    await number('+4917012345678')
    const answer = await issuePass(frozen.deps, anna, request({ printReason: null }))
    expect(answer).toEqual(refused('nowhere_to_send'))
  })

  it('is in its owner’s list while it lasts, and does not count as ready for an emergency', async () => {
    await mailbox('erika@home.example')
    await issued({ minutes: 10 })
    const { session } = await frozen.open('erika')
    const before = await listMethods(frozen.deps, session)
    const until = new Date(frozen.now() + 10 * minute).toISOString()
    expect(before.methods).toMatchObject([{ kind: 'email' }, { kind: 'temporaryPass', until }])
    expect(before.recoverable).toBe(false)
    frozen.pass(10 * minute)
    expect((await listMethods(frozen.deps, session)).methods).toMatchObject([{ kind: 'email' }])
  })

  it('leaves the database when it is over, and its record a month later', async () => {
    const { pass } = await issued({ minutes: 10 })
    const { store } = frozen.deps
    frozen.pass(10 * minute)
    await store.transaction((tx) => tx.purge(frozen.now()))
    expect(await store.transaction((tx) => tx.methods.find(pass.methodId ?? ''))).toBeNull()
    expect(await states()).toEqual(['expired'])
    frozen.pass(31 * 24 * 60 * minute)
    await store.transaction((tx) => tx.purge(frozen.now()))
    expect(await states()).toEqual([])
  })

  it('is also of use to somebody who has nothing else, who then sets up the first method', async () => {
    const { code } = await issued()
    const { session } = await frozen.open('erika')
    const { methods } = await listMethods(frozen.deps, session)
    expect(methods).toHaveLength(1)
    expect((await show(code)).ok).toBe(true)
    expect((await listMethods(frozen.deps, session)).methods).toEqual([])
  })
})
