import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { PhoneState } from '../../../src/contract/push.ts'
import type { RecoveryStatus } from '../../../src/contract/recovery.ts'
import { storeEngines } from '../../helpers/stack.ts'
import { type Answer, type Caller, start } from '../recovery/caller.ts'
import { type Harness, openHarness, type Person } from '../recovery/harness.ts'
import { givePhone, newPhone, type Phone } from './phone.ts'

const policy = { required: 2, methods: ['push', 'totp', 'email'] }
const minute = 60_000

type Asked = { kind: 'push'; number: string; expiresAt: string }

describe.each(storeEngines)('a recovery that asks a phone, on %s', (engine) => {
  let harness: Harness
  let person: Person
  let phone: Phone

  beforeAll(async () => {
    harness = await openHarness({ engine, sections: { policy } })
    person = await harness.hire()
    phone = await givePhone(harness, person)
  })

  afterAll(() => harness?.close())

  /** Somebody of their own, so that caps and counters of others do not matter. */
  async function somebody() {
    const person = await harness.hire()
    const phone = await givePhone(harness, person)
    return { person, phone, caller: await start(harness, person.account) }
  }
  const ask = (caller: Caller) =>
    caller.send<Asked>('POST', `/methods/${caller.offer('push')}/challenge`)
  const asked = async (caller: Caller): Promise<Asked> => {
    const answer = await ask(caller)
    if (answer.status !== 200) throw new Error(JSON.stringify(answer.body))
    return answer.body as Asked
  }
  const status = async (caller: Caller) =>
    (await caller.send<RecoveryStatus>('GET', '')).body as RecoveryStatus
  const phoneState = async (caller: Caller): Promise<PhoneState | undefined> =>
    (await status(caller)).phone
  const otherThan = (number: string) => (number === '99' ? '10' : '99')
  const requestOf = async (one: Phone) => (await one.status()).request?.requestId ?? ''

  describe('refuses a phone', () => {
    it.each([
      ['without a signature', { proof: null }],
      ['with something else in its place', { proof: 'not-a-proof' }],
      ['whose signature is for another request', { signedPath: '/phone/events' }],
      ['whose signature is for another body', { signedBody: '{}' }],
    ])('%s', async (_, tampering) => {
      const answer = await phone.send('GET', '/phone', undefined, tampering)
      expect(answer).toMatchObject({ status: 401, body: { code: 'unauthorized' } })
    })

    it('that nobody has paired', async () => {
      const stranger = await newPhone(harness)
      const answer = await stranger.send('GET', '/phone')
      expect(answer).toMatchObject({ status: 401, body: { code: 'unauthorized' } })
    })

    it('whose number was changed on the way', async () => {
      const { phone, caller } = await somebody()
      const { number } = await asked(caller)
      const path = `/phone/requests/${await requestOf(phone)}`
      const signedBody = JSON.stringify({ decision: 'deny' })
      const body = { decision: 'approve', number }
      const answer = await phone.send('POST', path, body, { signedBody })
      expect(answer.status).toBe(401)
      expect(await phoneState(caller)).toBe('waiting')
    })

    it('that shows the same signature twice', async () => {
      const { phone, caller } = await somebody()
      await asked(caller)
      const { createDpopProof } = await import('../../../src/sealing/dpop.ts')
      const proof = await createDpopProof(phone.key, {
        method: 'GET',
        url: 'https://reset.example.com/api/v1/phone',
        body: '',
        now: harness.now(),
      })
      expect((await phone.send('GET', '/phone', undefined, { proof })).status).toBe(200)
      expect((await phone.send('GET', '/phone', undefined, { proof })).status).toBe(401)
    })

    it('of another account', async () => {
      const { phone, caller } = await somebody()
      const other = await somebody()
      const { number } = await asked(caller)
      const requestId = await requestOf(phone)
      expect(await other.phone.approve(number, requestId)).toMatchObject({ status: 404 })
      expect(await other.phone.deny(requestId)).toMatchObject({ status: 404 })
      expect(await phoneState(caller)).toBe('waiting')
    })

    it('that was removed, or suspended, or never confirmed', async () => {
      const { person, phone, caller } = await somebody()
      const unconfirmed = await givePhone(harness, person, null)
      const suspended = await givePhone(harness, person)
      await harness.read((tx) => tx.methods.suspend(suspended.methodId, harness.now()))
      const { number } = await asked(caller)
      const requestId = await requestOf(phone)
      await harness.read((tx) => tx.methods.remove(phone.methodId, person.accountId))
      for (const one of [phone, unconfirmed, suspended]) {
        expect(await one.approve(number, requestId)).toMatchObject({ status: 401 })
      }
      expect(await phoneState(caller)).toBe('waiting')
      expect(await harness.read((tx) => tx.pushDevices.find(phone.methodId))).toBeNull()
    })
  })

  it('is proven by the right number, once, and by nothing that the workstation could send', async () => {
    const { person, phone, caller } = await somebody()
    const { number } = await asked(caller)
    expect(number).toMatch(/^[1-9]\d$/)
    const { request, ...shown } = await phone.status()
    expect(JSON.stringify({ request, shown })).not.toContain(`"${number}"`)
    expect(request).toMatchObject({
      ...{ purpose: 'reset', place: '10.1.2.x', account: person.account },
    })
    const verified = await caller.send('POST', `/methods/${caller.offer('push')}/verify`, {
      ...{ kind: 'push', number },
    })
    expect(verified).toMatchObject({ status: 400, body: { code: 'invalid_request' } })
    const requestId = request?.requestId ?? ''
    const approved = await phone.approve(number, requestId)
    expect(approved).toMatchObject({ status: 200, body: { outcome: 'approved' } })
    expect(await status(caller)).toMatchObject({
      ...{ phone: 'approved', remaining: 1, attemptsLeft: 5, state: 'proving' },
    })
    expect(await phone.approve(number, requestId)).toMatchObject({ status: 409 })
    expect(await phone.deny(requestId)).toMatchObject({ status: 409 })
    expect((await phone.status()).request).toBeNull()
    const byApp = await caller.verify({ kind: 'totp', code: await harness.code(person) })
    expect(byApp.body).toMatchObject({ state: 'proven', remaining: 0 })
    const names = (await harness.audit(caller.recoveryId)).map(({ event }) => event)
    expect(names).toEqual([
      'recovery.started',
      'recovery.challenged',
      'recovery.proof_accepted',
      'recovery.proof_accepted',
    ])
    expect((await harness.read((tx) => tx.methods.find(phone.methodId)))?.lastUsedAt).not.toBeNull()
  })

  it('counts a wrong number, which ends the question: there is no second guess', async () => {
    const { phone, caller } = await somebody()
    const { number } = await asked(caller)
    const requestId = await requestOf(phone)
    const wrong = await phone.approve(otherThan(number), requestId)
    expect(wrong).toMatchObject({ status: 200, body: { outcome: 'wrong' } })
    expect(await phone.approve(number, requestId)).toMatchObject({ status: 409 })
    const after = await status(caller)
    expect(after).toMatchObject({ phone: 'wrong', attemptsLeft: 4, remaining: 2 })
    expect(after.methods.some(({ proven }) => proven)).toBe(false)
    const events = await harness.audit(caller.recoveryId)
    expect(events.at(-1)).toMatchObject({ event: 'recovery.proof_refused' })
    const again = await asked(caller)
    expect(await phone.approve(again.number)).toMatchObject({ body: { outcome: 'approved' } })
  })

  it('takes no answer without a number', async () => {
    const { phone, caller } = await somebody()
    await asked(caller)
    const path = `/phone/requests/${await requestOf(phone)}`
    for (const body of [{ decision: 'approve' }, { decision: 'approve', number: '' }, {}]) {
      expect((await phone.send('POST', path, body)).status).toBe(400)
    }
    expect(await phoneState(caller)).toBe('waiting')
  })

  it('takes no answer after two minutes', async () => {
    const { phone, caller } = await somebody()
    const { number } = await asked(caller)
    const requestId = await requestOf(phone)
    harness.pass(2 * minute)
    expect(await phoneState(caller)).toBe('expired')
    expect((await phone.status()).request).toBeNull()
    expect(await phone.approve(number, requestId)).toMatchObject({ status: 409 })
  })

  it('a newer number kills the older one', async () => {
    const { phone, caller } = await somebody()
    const first = await asked(caller)
    const old = await requestOf(phone)
    await asked(caller)
    expect(await phone.approve(first.number, old)).toMatchObject({ status: 409 })
    expect(await requestOf(phone)).not.toBe(old)
  })

  it('"This wasn’t me" ends it and tells every address', async () => {
    const { person, phone, caller } = await somebody()
    const since = Date.now()
    await asked(caller)
    expect(await phone.deny()).toMatchObject({ status: 200, body: { outcome: 'denied' } })
    expect(await status(caller)).toMatchObject({ state: 'abandoned', phone: 'denied' })
    const after = await caller.verify({ kind: 'totp', code: await harness.code(person) })
    expect(after).toMatchObject({ status: 409, body: { code: 'wrong_state' } })
    const events = await harness.audit(caller.recoveryId)
    expect(events.slice(-2).map(({ event }) => event)).toEqual([
      'recovery.abandoned',
      'push.denied',
    ])
    await harness.deliver()
    for (const address of [person.mailbox, `${person.account}@corp.example.com`]) {
      const letter = await harness.lab.mail.waitFor(
        ({ to, text, receivedAt }) =>
          to.includes(address) && receivedAt >= since && text.includes('This wasn’t me'),
        10_000,
      )
      expect(letter.text).toContain(person.account)
    }
  })

  it('"This wasn’t me" also ends what other proofs have brought to its write', async () => {
    const { person, phone, caller } = await somebody()
    await asked(caller)
    await caller.verify({ kind: 'totp', code: await harness.code(person) })
    await caller.challenge()
    const proven = await caller.verify({ kind: 'email', code: await harness.mailed(person) })
    expect(proven.body).toMatchObject({ state: 'proven' })
    expect(await phone.deny()).toMatchObject({ body: { outcome: 'denied' } })
    expect(await status(caller)).toMatchObject({ state: 'abandoned' })
    expect(await caller.plan()).toMatchObject({ status: 409 })
  })

  it('of two phones that answer at once, one counts', async () => {
    const { person, phone, caller } = await somebody()
    const other = await givePhone(harness, person)
    const { number } = await asked(caller)
    const requestId = await requestOf(phone)
    const answers = await Promise.all(
      [phone, other, phone, other].map((one, index) =>
        index < 2 ? one.approve(number, requestId) : one.approve(otherThan(number), requestId),
      ),
    )
    const counted = answers.filter((answer) => answer.status === 200)
    expect(counted).toHaveLength(1)
    const { attemptsLeft, phone: state } = await status(caller)
    expect([attemptsLeft, state]).toEqual(
      (counted[0] as Answer<{ outcome: string }>).body.outcome === 'approved'
        ? [5, 'approved']
        : [4, 'wrong'],
    )
  })

  describe('is not a way to wear somebody down', () => {
    it('asks twice in ten minutes without a strong proof, under whatever name', async () => {
      const { person, phone } = await somebody()
      const upn = `${person.account}@${harness.lab.directory.realm.toLowerCase()}`
      const mail = `${person.account}@corp.example.com`
      const spellings = [...new Set([person.account, upn, mail, `CORP\\${person.account}`])]
      const reached: boolean[] = []
      for (const name of [...spellings, person.account].slice(0, 3)) {
        const caller = await start(harness, name)
        expect((await ask(caller)).status).toBe(200)
        reached.push((await phone.status()).request !== null)
        harness.pass(2 * minute)
      }
      // The last one looked like the others, and nobody was asked.
      expect(reached).toEqual([true, true, false])
    })

    it('refuses openly only what the typed name has used up', async () => {
      const { person } = await somebody()
      const answers: number[] = []
      for (let count = 0; count < 3; count += 1) {
        answers.push((await ask(await start(harness, person.account))).status)
        harness.pass(2 * minute)
      }
      expect(answers).toEqual([200, 200, 429])
      harness.pass(10 * minute)
      const later: number[] = []
      for (let count = 0; count < 3; count += 1) {
        later.push((await ask(await start(harness, person.account))).status)
        harness.pass(2 * minute)
      }
      expect(later).toEqual([200, 200, 429])
      harness.pass(10 * minute)
      expect((await ask(await start(harness, person.account))).status).toBe(429)
    })

    it('shows one question at a time, and the owner’s before a stranger’s', async () => {
      const { person, phone, caller: stranger } = await somebody()
      await asked(stranger)
      const strangers = await requestOf(phone)
      const another = await start(harness, person.account)
      await asked(another)
      expect(await requestOf(phone)).toBe(strangers)
      const owner = await start(harness, person.account)
      await owner.verify({ kind: 'totp', code: await harness.code(person) })
      const { number } = await asked(owner)
      expect(await requestOf(phone)).not.toBe(strangers)
      expect(await phone.approve(number)).toMatchObject({ body: { outcome: 'approved' } })
      expect(await status(owner)).toMatchObject({ state: 'proven' })
      expect(await phoneState(stranger)).toBe('expired')
    })

    it('strangers cannot use up what the owner needs after a strong proof', async () => {
      const { person, phone } = await somebody()
      for (let count = 0; count < 4; count += 1) await ask(await start(harness, person.account))
      const owner = await start(harness, person.account)
      expect((await ask(owner)).status).toBe(429)
      await owner.verify({ kind: 'totp', code: await harness.code(person) })
      const { number } = await asked(owner)
      expect(await phone.approve(number)).toMatchObject({ body: { outcome: 'approved' } })
    })

    it('asks six times in an hour in all, whoever asks', async () => {
      const { person, phone } = await somebody()
      let reached = 0
      for (let round = 0; round < 4; round += 1) {
        for (const strangers of [0, 1, 2]) {
          const asker = await start(harness, person.account)
          if (strangers === 0) {
            await asker.verify({ kind: 'totp', code: await harness.code(person) })
          }
          const before = await requestOf(phone)
          await ask(asker)
          const after = await requestOf(phone)
          if (after !== '' && after !== before) reached += 1
          harness.pass(2 * minute)
        }
        harness.pass(5 * minute)
      }
      expect(reached).toBe(6)
    })

    it('is quiet for a day after "This wasn’t me", silently, but for who has proven more', async () => {
      const { person, phone, caller } = await somebody()
      await asked(caller)
      await phone.deny()
      for (const hours of [0, 1, 22]) {
        harness.pass(hours * 60 * minute)
        await asked(await start(harness, person.account))
        expect(await requestOf(phone)).toBe('')
      }
      const owner = await start(harness, person.account)
      await owner.verify({ kind: 'totp', code: await harness.code(person) })
      await asked(owner)
      expect(await requestOf(phone)).not.toBe('')
      harness.pass(61 * minute)
      await asked(await start(harness, person.account))
      expect(await requestOf(phone)).not.toBe('')
    })

    it('is not switched off for everybody by many questions that reach nobody', async () => {
      const { person, phone } = await somebody()
      const all = 'push:all'
      const full = { key: all, windowStart: harness.now(), count: 1_000_000 }
      await harness.read((tx) =>
        tx.limits.update(all, harness.now(), (current) => ({ ...current, ...full })),
      )
      await asked(await start(harness, person.account))
      expect(await requestOf(phone)).not.toBe('')
    })
  })

  it('looks the same for a stranger, whom nobody is asked for', async () => {
    const { caller } = await somebody()
    const noPhone = await start(harness, (await harness.hire()).account)
    const stranger = await start(harness, 'nobody-of-this-name')
    const looks = async (one: Caller) => {
      const { status: code, headers, body } = await ask(one)
      const names = Object.keys(headers).sort()
      const seen = await status(one)
      const { expiresAt, number, ...rest } = body as Asked
      const form = [typeof expiresAt, /^[1-9]\d$/.test(number), rest]
      return { code, names, form, phone: seen.phone, left: seen.attemptsLeft }
    }
    const employee = await looks(caller)
    expect(employee).toMatchObject({ code: 200, phone: 'waiting' })
    expect(await looks(noPhone)).toEqual(employee)
    expect(await looks(stranger)).toEqual(employee)
    harness.pass(2 * minute)
    for (const one of [caller, noPhone, stranger]) expect(await phoneState(one)).toBe('expired')
  })
})
