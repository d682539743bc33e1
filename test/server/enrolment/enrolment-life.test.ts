import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { SessionRecord } from '../../../src/server/domain/ports/sessions.ts'
import { addTotp } from '../../../src/server/features/enrolment/add-totp.ts'
import { confirmMethod } from '../../../src/server/features/enrolment/confirm-method.ts'
import { listMethods } from '../../../src/server/features/enrolment/list-methods.ts'
import { removeMethod } from '../../../src/server/features/enrolment/remove-method.ts'
import { stepUp } from '../../../src/server/features/session/step-up.ts'
import { challengeStepUp } from '../../../src/server/features/session/step-up-challenge.ts'
import { type Frozen, freeze } from '../session/frozen.ts'

const minute = 60_000

let frozen: Frozen

beforeEach(async () => {
  frozen = await freeze()
})

afterEach(async () => {
  await frozen.stop()
})

/** Sets up an app in a new session, and answers the session as it goes on. */
async function withApp(account = 'ada') {
  const { session } = await frozen.open(account)
  const begun = await addTotp(frozen.deps, session, 'Phone')
  if (!begun.ok) throw new Error(begun.error.code)
  const { methodId, secret } = begun.value
  const code = await frozen.codeOf(secret, -1)
  const confirmed = await confirmMethod(frozen.deps, session, methodId, code)
  if (!confirmed.ok) throw new Error(confirmed.error.code)
  return { methodId, secret, session: confirmed.value.session }
}

/** A confirmed mail address, as if it had been set up some time ago. */
async function withMail(session: SessionRecord, address: string): Promise<string> {
  const { secrets, store } = frozen.deps
  const id = secrets.newId()
  const method = {
    ...({ id, accountId: session.accountId, kind: 'email', label: address } as const),
    secret: secrets.sealMethodSecret({ id, accountId: session.accountId }, address),
    ...{ createdAt: frozen.now(), confirmedAt: frozen.now(), lastUsedAt: null, lastStep: 0 },
    suspendedAt: null,
  }
  await store.transaction((tx) => tx.methods.insert(method))
  return id
}

describe('a method that was begun', () => {
  it('is gone after ten minutes, whatever its code', async () => {
    const { session } = await frozen.open()
    const begun = await addTotp(frozen.deps, session, 'Phone')
    if (!begun.ok) throw new Error(begun.error.code)
    frozen.pass(10 * minute)
    const code = await frozen.codeOf(begun.value.secret)
    const { methodId } = begun.value
    expect(await confirmMethod(frozen.deps, session, methodId, code)).toMatchObject({
      error: { code: 'not_found' },
    })
  })

  it('is not confirmed by a code from two steps away', async () => {
    const { session } = await frozen.open()
    const begun = await addTotp(frozen.deps, session, 'Phone')
    if (!begun.ok) throw new Error(begun.error.code)
    const { methodId, secret } = begun.value
    for (const steps of [-2, 2]) {
      const code = await frozen.codeOf(secret, steps)
      expect(await confirmMethod(frozen.deps, session, methodId, code)).toMatchObject({
        error: { code: 'proof_refused' },
      })
    }
  })

  it('is not confirmed for a session that has ended meanwhile', async () => {
    const { session } = await frozen.open()
    const begun = await addTotp(frozen.deps, session, 'Phone')
    if (!begun.ok) throw new Error(begun.error.code)
    await frozen.deps.store.transaction((tx) => tx.sessions.remove(session.tokenHash))
    const code = await frozen.codeOf(begun.value.secret)
    const { methodId } = begun.value
    expect(await confirmMethod(frozen.deps, session, methodId, code)).toMatchObject({
      error: { code: 'session_required' },
    })
    expect((await listMethods(frozen.deps, session)).methods).toEqual([])
    expect(await frozen.letters()).toEqual([])
  })

  it('is not offered at all when the policy does not name its kind', async () => {
    await frozen.stop()
    frozen = await freeze({ methods: ['email'] })
    const { session } = await frozen.open()
    expect(await addTotp(frozen.deps, session, 'Phone')).toMatchObject({
      error: { code: 'wrong_state' },
    })
  })

  it('is the sixth of its kind no more', async () => {
    let { session } = await withApp()
    for (let number = 2; number <= 5; number += 1) {
      const begun = await addTotp(frozen.deps, session, `Phone ${number}`)
      if (!begun.ok) throw new Error(begun.error.code)
      const { methodId, secret } = begun.value
      const code = await frozen.codeOf(secret)
      const confirmed = await confirmMethod(frozen.deps, session, methodId, code)
      if (!confirmed.ok) throw new Error(confirmed.error.code)
      session = confirmed.value.session
    }
    expect(await addTotp(frozen.deps, session, 'Phone 6')).toMatchObject({
      error: { code: 'already_enrolled' },
    })
  })
})

describe('changes are open for five minutes after a proof', () => {
  it('and closed then', async () => {
    const { session, methodId } = await withApp()
    frozen.pass(5 * minute)
    const closed = { error: { code: 'step_up_required' } }
    expect(await addTotp(frozen.deps, session, 'Tablet')).toMatchObject(closed)
    expect(await removeMethod(frozen.deps, session, methodId)).toMatchObject(closed)
  })

  it('and open again after the next one', async () => {
    const { session, methodId, secret } = await withApp()
    frozen.pass(5 * minute)
    const proof = { kind: 'totp', code: await frozen.codeOf(secret) } as const
    const proven = await stepUp(frozen.deps, session, methodId, proof)
    if (!proven.ok) throw new Error(proven.error.code)
    expect((await removeMethod(frozen.deps, proven.value.session, methodId)).ok).toBe(true)
  })

  it('an app that was begun in time wants another proof when it is confirmed too late', async () => {
    const { session } = await withApp()
    const begun = await addTotp(frozen.deps, session, 'Tablet')
    if (!begun.ok) throw new Error(begun.error.code)
    frozen.pass(6 * minute)
    const code = await frozen.codeOf(begun.value.secret)
    const { methodId } = begun.value
    expect(await confirmMethod(frozen.deps, session, methodId, code)).toMatchObject({
      error: { code: 'step_up_required' },
    })
  })
})

describe('a session ends before anything is changed', () => {
  const minutesAfter = (minutes: number) => ({
    ...{ pwdLastSet: frozen.now() + minutes * minute, mustChange: false, usn: '2' },
  })

  it.each([
    ['not_allowed', () => ({ maySignIn: false })],
    ['password_changed', () => ({ password: minutesAfter(1) })],
    ['password_changed', () => ({ password: { ...minutesAfter(-1), mustChange: true } })],
    ['password_changed', () => ({ password: { ...minutesAfter(0), pwdLastSet: null } })],
    ['password_changed', () => ({ password: null })],
  ] as const)('when the directory does not bear it out: %s', async (reason, said) => {
    const { session, methodId } = await withApp()
    const begun = await addTotp(frozen.deps, session, 'Tablet')
    if (!begun.ok) throw new Error(begun.error.code)
    const code = await frozen.codeOf(begun.value.secret)
    const over = { error: { code: 'session_required' } }
    frozen.directorySays(said())
    expect(await removeMethod(frozen.deps, session, methodId)).toMatchObject(over)
    // It stays over, also when the directory thinks better of it.
    frozen.directorySays({})
    expect(await addTotp(frozen.deps, session, 'Tablet')).toMatchObject(over)
    const { methodId: pending } = begun.value
    expect(await confirmMethod(frozen.deps, session, pending, code)).toMatchObject(over)
    const { entries } = await auditOf(frozen)
    const ended = entries.map(({ body }) => JSON.parse(body)).filter(isEnd)
    expect(ended).toMatchObject([{ fields: { accountName: 'ada', reason } }])
  })

  it('at each step that changes something', async () => {
    for (const step of ['add', 'confirm', 'remove'] as const) {
      const { session, methodId } = await withApp(step)
      const begun = await addTotp(frozen.deps, session, 'Tablet')
      if (!begun.ok) throw new Error(begun.error.code)
      const code = await frozen.codeOf(begun.value.secret)
      frozen.directorySays({ password: minutesAfter(1) })
      const tried = await {
        add: () => addTotp(frozen.deps, session, 'Another'),
        confirm: () => confirmMethod(frozen.deps, session, begun.value.methodId, code),
        remove: () => removeMethod(frozen.deps, session, methodId),
      }[step]()
      expect(tried, step).toMatchObject({ error: { code: 'session_required' } })
      frozen.directorySays({})
    }
  })
})

describe('a mailed code opens nothing while there is an app', () => {
  it('neither is one sent, nor taken', async () => {
    const { session } = await withApp()
    const mailId = await withMail(session, 'ada@home.example')
    const thief = (await frozen.open()).session
    const closed = { error: { code: 'wrong_state' } }
    const proof = { kind: 'email', code: '123456' } as const
    expect(await challengeStepUp(frozen.deps, thief, mailId, '192.0.2.1')).toMatchObject(closed)
    expect(await stepUp(frozen.deps, thief, mailId, proof)).toMatchObject(closed)
    const codes = (await frozen.letters()).filter(({ content }) => content.code)
    expect(codes).toEqual([])
  })

  it('not by one that was sent before there was an app, nor by what it had opened', async () => {
    const { session } = await frozen.open()
    const mailId = await withMail(session, 'ada@home.example')
    const prove = async (current: SessionRecord) => {
      await challengeStepUp(frozen.deps, current, mailId, '192.0.2.1')
      const [letter] = (await frozen.letters()).reverse().filter(({ content }) => content.code)
      return { kind: 'email', code: letter?.content.code ?? '' } as const
    }
    const open = await stepUp(frozen.deps, session, mailId, await prove(session))
    const thief = (await frozen.open()).session
    frozen.pass(1000)
    const opened = await stepUp(frozen.deps, thief, mailId, await prove(thief))
    const late = (await frozen.open()).session
    frozen.pass(1000)
    const proof = await prove(late)
    if (!open.ok || !opened.ok) throw new Error('the mailbox opens changes as long as it is alone')
    const begun = await addTotp(frozen.deps, open.value.session, 'Phone')
    if (!begun.ok) throw new Error(begun.error.code)
    const { methodId, secret } = begun.value
    const code = await frozen.codeOf(secret)
    expect((await confirmMethod(frozen.deps, open.value.session, methodId, code)).ok).toBe(true)
    expect(await stepUp(frozen.deps, late, mailId, proof)).toMatchObject({
      error: { code: 'wrong_state' },
    })
    expect(await removeMethod(frozen.deps, opened.value.session, methodId)).toMatchObject({
      error: { code: 'step_up_required' },
    })
  })

  it('nor when the app is suspended, which a stranger can bring about', async () => {
    const { session, methodId } = await withApp()
    const mailId = await withMail(session, 'ada@home.example')
    await frozen.deps.store.transaction((tx) => tx.methods.suspend(methodId, frozen.now()))
    const sent = await challengeStepUp(frozen.deps, session, mailId, '192.0.2.1')
    expect(sent).toMatchObject({ error: { code: 'wrong_state' } })
  })
})

describe('a step-up', () => {
  it('is refused by a mailed code after ten minutes', async () => {
    const { session } = await frozen.open()
    const methodId = await withMail(session, 'ada@home.example')
    const sent = await challengeStepUp(frozen.deps, session, methodId, '192.0.2.1')
    expect(sent).toMatchObject({ ok: true, value: { kind: 'email' } })
    const [letter] = await frozen.letters()
    expect(letter).toMatchObject({ to: 'ada@home.example', content: { template: 'step_up_code' } })
    const proof = { kind: 'email', code: letter?.content.code ?? '' } as const
    frozen.pass(10 * minute)
    expect(await stepUp(frozen.deps, session, methodId, proof)).toMatchObject({
      error: { code: 'proof_refused' },
    })
  })

  it('suspends a method after a hundred failures in a row, and tells its owner everywhere', async () => {
    const { session, methodId, secret } = await withApp()
    await withMail(session, 'ada@home.example')
    for (let failures = 0; failures < 100; failures += 1) {
      frozen.pass(61 * minute)
      const code = await frozen.codeOf(secret, 50)
      const refused = await stepUp(frozen.deps, session, methodId, { kind: 'totp', code })
      expect(refused).toMatchObject({ error: { code: 'proof_refused' } })
    }
    frozen.pass(61 * minute)
    const proof = { kind: 'totp', code: await frozen.codeOf(secret) } as const
    expect(await stepUp(frozen.deps, session, methodId, proof)).toMatchObject({
      error: { code: 'not_found' },
    })
    const listed = await listMethods(frozen.deps, session)
    expect(listed.recoverable).toBe(false)
    const suspended = listed.methods.filter((method) => method.suspended)
    expect(suspended.map((method) => method.methodId)).toEqual([methodId])
    const told = (await frozen.letters()).filter(
      ({ content }) => content.template === 'method_suspended',
    )
    expect(told.map(({ to }) => to).sort()).toEqual(['ada@corp.example.com', 'ada@home.example'])
  })

  it('that is right ends the row', async () => {
    const { session, methodId, secret } = await withApp()
    const prove = async (current: SessionRecord, steps: number) => {
      const proof = { kind: 'totp', code: await frozen.codeOf(secret, steps) } as const
      return stepUp(frozen.deps, current, methodId, proof)
    }
    let current = session
    for (let round = 0; round < 2; round += 1) {
      for (let failures = 0; failures < 60; failures += 1) {
        frozen.pass(61 * minute)
        expect((await prove(current, 50)).ok).toBe(false)
      }
      frozen.pass(61 * minute)
      const proven = await prove(current, 0)
      if (!proven.ok) throw new Error(proven.error.code)
      current = proven.value.session
    }
    expect((await listMethods(frozen.deps, current)).methods).toMatchObject([{ suspended: false }])
  })
})

describe('what is recorded and told', () => {
  it('of an addition and a removal, in the same breath', async () => {
    const { session, methodId } = await withApp()
    const mailId = await withMail(session, 'ada@home.example')
    await removeMethod(frozen.deps, session, mailId)
    await removeMethod(frozen.deps, session, methodId)
    const letters = await frozen.letters()
    expect(letters.map(({ to, content }) => `${content.template} ${to}`).sort()).toEqual([
      'method_added ada@corp.example.com',
      'method_removed ada@corp.example.com',
      'method_removed ada@corp.example.com',
      // The old address hears of its own removal.
      'method_removed ada@home.example',
    ])
    const { entries } = await auditOf(frozen)
    const events = entries.map(({ body }) => JSON.parse(body).event)
    const [added, ...removed] = ['method.added', 'method.removed', 'method.removed']
    expect(events).toEqual(['method.begun', added, ...removed])
  })

  it('holds neither seed nor address nor code', async () => {
    const { session, secret } = await withApp()
    const mailId = await withMail(session, 'ada@home.example')
    await challengeStepUp(frozen.deps, session, mailId, '192.0.2.1')
    const [letter] = (await frozen.letters()).filter(({ content }) => content.code)
    const code = letter?.content.code ?? 'none'
    const { entries } = await auditOf(frozen)
    const text = entries.map(({ body }) => body).join('\n')
    for (const canary of [secret, 'ada@home.example', code]) expect(text).not.toContain(canary)
  })
})

function isEnd({ event }: { event: string }): boolean {
  return event === 'session.ended'
}

async function auditOf({ deps }: Frozen) {
  const { log } = deps.store as Awaited<
    ReturnType<typeof import('../../../src/server/store/open-store.ts').openStore>
  >
  return log.read(0, 1000)
}
