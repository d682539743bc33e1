import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { normaliseWritten } from '../../../src/contract/written-code.ts'
import type { SessionRecord } from '../../../src/server/domain/ports/sessions.ts'
import { addRecoveryCodes } from '../../../src/server/features/enrolment/add-recovery-codes.ts'
import { confirmMethod } from '../../../src/server/features/enrolment/confirm-method.ts'
import { listMethods } from '../../../src/server/features/enrolment/list-methods.ts'
import { removeMethod } from '../../../src/server/features/enrolment/remove-method.ts'
import { stepUp } from '../../../src/server/features/session/step-up.ts'
import { type Frozen, freeze } from '../session/frozen.ts'

const minute = 60_000

let frozen: Frozen

beforeEach(async () => {
  frozen = await freeze({ methods: ['totp', 'email', 'recoveryCode'] })
})

afterEach(async () => {
  await frozen.stop()
})

type Set10 = { methodId: string; codes: string[] }

async function begin(session: SessionRecord): Promise<Set10> {
  const begun = await addRecoveryCodes(frozen.deps, session)
  if (!begun.ok) throw new Error(begun.error.code)
  return { ...begun.value, codes: begun.value.codes.map(normaliseWritten) }
}

/** A set that counts, and the session as it goes on. */
async function withCodes(given?: SessionRecord): Promise<Set10 & { session: SessionRecord }> {
  const session = given ?? (await frozen.open()).session
  const set = await begin(session)
  const confirmed = await confirmMethod(frozen.deps, session, set.methodId, set.codes[7] ?? '')
  if (!confirmed.ok) throw new Error(confirmed.error.code)
  return { ...set, session: confirmed.value.session }
}

const prove = (session: SessionRecord, methodId: string, code = '') =>
  stepUp(frozen.deps, session, methodId, { kind: 'recoveryCode', code })

const list = async (session: SessionRecord) => (await listMethods(frozen.deps, session)).methods

describe('refused:', () => {
  it('a set that policy does not offer', async () => {
    await frozen.stop()
    frozen = await freeze()
    const { session } = await frozen.open()
    expect(await addRecoveryCodes(frozen.deps, session)).toMatchObject({
      error: { code: 'wrong_state' },
    })
  })

  it('a set that was not typed back: it proves nothing and is not in the list', async () => {
    const { session } = await frozen.open()
    const { methodId, codes } = await begin(session)
    expect(await list(session)).toEqual([])
    expect(await prove(session, methodId, codes[0])).toMatchObject({ error: { code: 'not_found' } })
  })

  it('a confirmation by a code of another set, of another person, or after ten minutes', async () => {
    const { session } = await frozen.open()
    const mine = await begin(session)
    const other = await withCodes((await frozen.open('bob')).session)
    const confirm = (code = '') => confirmMethod(frozen.deps, session, mine.methodId, code)
    expect(await confirm(other.codes[0])).toMatchObject({ error: { code: 'proof_refused' } })
    const newer = await begin(session)
    // The older one that was never confirmed made room.
    expect(await confirm(mine.codes[0])).toMatchObject({ error: { code: 'not_found' } })
    expect(
      await confirmMethod(frozen.deps, session, newer.methodId, mine.codes[0] ?? ''),
    ).toMatchObject({ error: { code: 'proof_refused' } })
    frozen.pass(10 * minute)
    expect(
      await confirmMethod(frozen.deps, session, newer.methodId, newer.codes[0] ?? ''),
    ).toMatchObject({ error: { code: 'not_found' } })
  })

  it('a code that was used', async () => {
    const { session, methodId, codes } = await withCodes()
    const proven = await prove(session, methodId, codes[4])
    if (!proven.ok) throw new Error(proven.error.code)
    const again = await prove(proven.value.session, methodId, codes[4])
    expect(again).toMatchObject({ error: { code: 'proof_refused' } })
    expect(await list(session)).toMatchObject([{ left: 9 }])
  })

  it('one of two who show the same code at once', async () => {
    const { session, methodId, codes } = await withCodes()
    const answers = await Promise.all([1, 2, 3, 4].map(() => prove(session, methodId, codes[4])))
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1)
  })

  it('another person’s code, at the same position', async () => {
    const mine = await withCodes()
    const other = await withCodes((await frozen.open('bob')).session)
    expect(await prove(mine.session, mine.methodId, other.codes[0])).toMatchObject({
      error: { code: 'proof_refused' },
    })
  })

  it('an old code, once new ones are confirmed; and none before', async () => {
    const old = await withCodes()
    const proven = await prove(old.session, old.methodId, old.codes[0])
    if (!proven.ok) throw new Error(proven.error.code)
    const renewed = await begin(proven.value.session)
    const still = await prove(proven.value.session, old.methodId, old.codes[1])
    if (!still.ok) throw new Error(still.error.code)
    const { session } = still.value
    const confirmed = await confirmMethod(
      frozen.deps,
      session,
      renewed.methodId,
      renewed.codes[0] ?? '',
    )
    if (!confirmed.ok) throw new Error(confirmed.error.code)
    const next = confirmed.value.session
    expect(await prove(next, old.methodId, old.codes[2])).toMatchObject({
      error: { code: 'not_found' },
    })
    expect(await prove(next, renewed.methodId, old.codes[2])).toMatchObject({
      error: { code: 'proof_refused' },
    })
    expect(await list(next)).toMatchObject([{ methodId: renewed.methodId, left: 10 }])
  })

  it('new codes without a proof, once there are some', async () => {
    const { session } = await withCodes()
    frozen.pass(5 * minute)
    expect(await addRecoveryCodes(frozen.deps, session)).toMatchObject({
      error: { code: 'step_up_required' },
    })
  })

  it('all codes of a set that was removed or suspended', async () => {
    const removed = await withCodes()
    await removeMethod(frozen.deps, removed.session, removed.methodId)
    expect(await prove(removed.session, removed.methodId, removed.codes[0])).toMatchObject({
      error: { code: 'not_found' },
    })
    const suspended = await withCodes(removed.session)
    await frozen.deps.store.transaction((tx) => tx.methods.suspend(suspended.methodId, 1))
    expect(await prove(suspended.session, suspended.methodId, suspended.codes[0])).toMatchObject({
      error: { code: 'not_found' },
    })
    const open = await frozen.deps.store.transaction((tx) =>
      tx.writtenCodes.listOpen(suspended.session.accountId, frozen.now()),
    )
    expect(new Set(open.map(({ methodId }) => methodId))).toEqual(new Set([suspended.methodId]))
  })

  it('a set that was suspended between the comparison and the spend', async () => {
    const { session, methodId, codes } = await withCodes()
    const { store } = frozen.deps
    const code = await store.transaction((tx) => tx.writtenCodes.find(methodId, 0, frozen.now()))
    await store.transaction((tx) => tx.methods.suspend(methodId, 1))
    if (code === null) throw new Error('no code')
    expect(await store.transaction((tx) => tx.writtenCodes.spend(code, frozen.now()))).toBe(false)
    expect(await prove(session, methodId, codes[0])).toMatchObject({ error: { code: 'not_found' } })
  })
})

describe('a set that is confirmed', () => {
  it('has all ten codes left, and each opens changes once', async () => {
    const { session, methodId, codes } = await withCodes()
    expect(codes).toHaveLength(10)
    expect(await list(session)).toMatchObject([
      { kind: 'recoveryCode', left: 10, lastUsedAt: null },
    ])
    let current = session
    for (const code of codes) {
      const proven = await prove(current, methodId, code)
      if (!proven.ok) throw new Error(proven.error.code)
      current = proven.value.session
    }
    expect(await list(current)).toMatchObject([{ left: 0 }])
  })

  it('counts as one way to recover, until it is used up', async () => {
    const { session, methodId, codes } = await withCodes()
    await setUpApp(session)
    const states: boolean[] = []
    let current = session
    for (const code of codes) {
      states.push((await listMethods(frozen.deps, current)).recoverable)
      const proven = await prove(current, methodId, code)
      if (!proven.ok) throw new Error(proven.error.code)
      current = proven.value.session
    }
    expect(states).toEqual(Array.from({ length: 10 }, () => true))
    expect((await listMethods(frozen.deps, current)).recoverable).toBe(false)
  })

  it('reminds its owner by mail when two are left, one, and none', async () => {
    const { session, methodId, codes } = await withCodes()
    await frozen.letters()
    let current = session
    const reminders: unknown[] = []
    for (const code of codes) {
      const proven = await prove(current, methodId, code)
      if (!proven.ok) throw new Error(proven.error.code)
      current = proven.value.session
      frozen.pass(minute)
      reminders.push(await lettersOf('recovery_codes_low'))
    }
    const few = (left: number) => [
      expect.objectContaining({ content: expect.objectContaining({ left }) }),
    ]
    expect(reminders.slice(0, 7)).toEqual([[], [], [], [], [], [], []])
    expect(reminders.slice(7)).toEqual([few(2), few(1), few(0)])
  })
})

async function lettersOf(template: string) {
  const { store } = frozen.deps
  const letters = await frozen.letters()
  await store.transaction(async (tx) => {
    for (const { id } of await tx.outbox.takeDue(frozen.now(), frozen.now(), 100)) {
      await tx.outbox.remove(id)
    }
  })
  return letters.filter(({ content }) => content.template === template)
}

async function setUpApp(session: SessionRecord): Promise<void> {
  const { secrets, store } = frozen.deps
  const id = secrets.newId()
  const { accountId } = session
  await store.transaction((tx) =>
    tx.methods.insert({
      ...{ id, accountId, kind: 'totp', label: 'Phone', createdAt: 1, confirmedAt: 1 },
      secret: secrets.sealMethodSecret({ id, accountId }, frozen.deps.totp.newSeed()),
      ...{ lastUsedAt: null, lastStep: 0, suspendedAt: null },
    }),
  )
}
