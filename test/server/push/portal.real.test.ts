import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { EnrolledMethods, SessionStatus } from '../../../src/contract/enrolment.ts'
import type { PhoneEnrolment, PhoneStatus } from '../../../src/contract/push.ts'
import { storeEngines } from '../../helpers/stack.ts'
import { type Harness, openHarness, type Person } from '../recovery/harness.ts'
import { givePhone, newPhone } from './phone.ts'
import { openPortal, type PortalSession } from './portal.ts'

const minute = 60_000

describe.each(storeEngines)('phones in the portal, on %s', (engine) => {
  let harness: Harness

  beforeAll(async () => {
    const policy = { required: 2, methods: ['push', 'totp', 'email'] }
    harness = await openHarness({ engine, sections: { policy } })
  })

  afterAll(() => harness?.close())

  const secretOf = (link: string) => new URL(link).hash.replace('#pair=', '')
  const otherThan = (number: string) => (number === '99' ? '10' : '99')

  /** Somebody with nothing set up, signed in: changes are open to them. */
  async function newcomer(): Promise<{ person: Person; portal: PortalSession }> {
    const person = await harness.hire({}, [])
    return { person, portal: await openPortal(harness, person) }
  }
  async function begin(portal: PortalSession): Promise<PhoneEnrolment> {
    const begun = await portal.send<PhoneEnrolment>('POST', '/me/methods/push')
    if (begun.status !== 200) throw new Error(JSON.stringify(begun.body))
    return begun.body
  }
  /** A phone that has followed the link. */
  async function follow({ link, methodId }: PhoneEnrolment, name = 'My phone') {
    const phone = await newPhone(harness, methodId)
    const secret = secretOf(link)
    const paired = await phone.send<PhoneStatus>('POST', '/phone/pair', { secret, name })
    return { phone, paired, number: paired.body.pairingNumber ?? '' }
  }
  const confirm = (portal: PortalSession, { methodId }: PhoneEnrolment, number: string) =>
    portal.send<EnrolledMethods>('POST', `/me/methods/${methodId}/phone`, { number })
  const isSteppedUp = async (portal: PortalSession) =>
    (await portal.send<SessionStatus>('GET', '/session')).body.steppedUp

  describe('pairing', () => {
    it('is for people who have signed in, and have proven what they have', async () => {
      const nobody = await openPortal(harness, null)
      expect(await nobody.send('POST', '/me/methods/push')).toMatchObject({ status: 401 })
      const portal = await openPortal(harness, await harness.hire())
      const answer = await portal.send('POST', '/me/methods/push')
      expect(answer).toMatchObject({ status: 403, body: { code: 'step_up_required' } })
    })

    it('takes no other secret, and each only once, for ten minutes', async () => {
      const { portal } = await newcomer()
      const enrolment = await begin(portal)
      const guessed = { ...enrolment, link: enrolment.link.replace(/.{43}$/, 'A'.repeat(43)) }
      expect((await follow(guessed)).paired).toMatchObject({ status: 404 })
      expect((await follow(enrolment)).paired).toMatchObject({ status: 200 })
      expect((await follow(enrolment)).paired).toMatchObject({ status: 404 })
      const late = await begin(portal)
      harness.pass(10 * minute)
      expect((await follow(late)).paired).toMatchObject({ status: 404 })
    })

    it('takes no key that is another phone’s, and none that has not signed', async () => {
      const { portal } = await newcomer()
      const first = await begin(portal)
      const { phone } = await follow(first)
      const { portal: others } = await newcomer()
      const second = await begin(others)
      const body = { secret: secretOf(second.link), name: 'Copy' }
      expect(await phone.send('POST', '/phone/pair', body)).toMatchObject({ status: 401 })
      const fresh = await newPhone(harness)
      const unsigned = await fresh.send('POST', '/phone/pair', body, { proof: null })
      expect(unsigned).toMatchObject({ status: 401 })
    })

    it('a newer link kills the older one', async () => {
      const { portal } = await newcomer()
      const older = await begin(portal)
      await begin(portal)
      expect((await follow(older)).paired).toMatchObject({ status: 404 })
    })

    it('counts nothing until the number was compared', async () => {
      const { person, portal } = await newcomer()
      const enrolment = await begin(portal)
      expect(await confirm(portal, enrolment, '42')).toMatchObject({
        ...{ status: 409, body: { code: 'wrong_state' } },
      })
      const { phone, number } = await follow(enrolment)
      expect(number).toMatch(/^[1-9]\d$/)
      const listed = await portal.send<EnrolledMethods>('GET', '/me/methods')
      expect(listed.body.methods).toEqual([])
      expect(await phone.status()).toMatchObject({ pairingNumber: number, request: null })
      const other = await openPortal(harness, await harness.hire({}, []))
      expect(await confirm(other, enrolment, number)).toMatchObject({ status: 404 })
      expect(person.accountId).not.toBe('')
    })

    it('ends with a wrong number, for the phone as well', async () => {
      const { portal } = await newcomer()
      const enrolment = await begin(portal)
      const { phone, number } = await follow(enrolment)
      const wrong = await confirm(portal, enrolment, otherThan(number))
      expect(wrong).toMatchObject({ status: 422, body: { code: 'proof_refused', attemptsLeft: 0 } })
      expect(await confirm(portal, enrolment, number)).toMatchObject({ status: 404 })
      expect(await phone.send('GET', '/phone')).toMatchObject({ status: 401 })
    })

    it('with the right number the phone counts, and every address hears of it', async () => {
      const { person, portal } = await newcomer()
      const since = Date.now()
      const enrolment = await begin(portal)
      expect(enrolment.link).toMatch(/\/portal\/phone-app\/#pair=[\w-]{43}$/)
      const { phone, number } = await follow(enrolment, 'Adas Telefon')
      const confirmed = await confirm(portal, enrolment, number)
      expect(confirmed.body.methods).toMatchObject([{ kind: 'push', label: 'Adas Telefon' }])
      expect(await isSteppedUp(portal)).toBe(true)
      expect(await phone.status()).toMatchObject({ pairingNumber: null, label: 'Adas Telefon' })
      await harness.deliver()
      await harness.lab.mail.waitFor(
        ({ to, text, receivedAt }) =>
          to.includes(`${person.account}@corp.example.com`) &&
          receivedAt >= since &&
          text.includes('Latchkey on a phone'),
        10_000,
      )
      const device = await harness.read((tx) => tx.pushDevices.find(enrolment.methodId))
      expect(JSON.stringify(device)).not.toContain(secretOf(enrolment.link))
      const removed = await portal.send('DELETE', `/me/methods/${enrolment.methodId}`)
      expect(removed.status).toBe(204)
      expect(await phone.send('GET', '/phone')).toMatchObject({ status: 401 })
    })
  })

  describe('opening changes', () => {
    async function withPhone() {
      const person = await harness.hire()
      const phone = await givePhone(harness, person)
      const portal = await openPortal(harness, person)
      const ask = () =>
        portal.send<{ number: string }>('POST', `/session/step-up/${phone.methodId}/challenge`)
      const heard = () => portal.send<{ state: string }>('POST', '/session/step-up/phone')
      return { person, phone, portal, ask, heard }
    }

    it('has nothing to collect before anything was asked', async () => {
      const { heard } = await withPhone()
      expect(await heard()).toMatchObject({ status: 409 })
    })

    it('is not done by a wrong number, nor by waiting', async () => {
      const { phone, portal, ask, heard } = await withPhone()
      const { number } = (await ask()).body
      expect((await heard()).body).toEqual({ state: 'waiting' })
      expect(await phone.approve(otherThan(number))).toMatchObject({ body: { outcome: 'wrong' } })
      expect((await heard()).body).toEqual({ state: 'wrong' })
      await ask()
      harness.pass(2 * minute)
      expect((await heard()).body).toEqual({ state: 'expired' })
      expect(await isSteppedUp(portal)).toBe(false)
    })

    it('is done by the right number: once, and in this session alone', async () => {
      const { person, phone, portal, ask, heard } = await withPhone()
      const other = await openPortal(harness, person)
      const { number } = (await ask()).body
      expect((await phone.status()).request).toMatchObject({
        ...{ purpose: 'methods', place: '203.0.113.x' },
      })
      expect(await phone.approve(number)).toMatchObject({ body: { outcome: 'approved' } })
      expect(await other.send('POST', '/session/step-up/phone')).toMatchObject({ status: 409 })
      expect((await heard()).body).toEqual({ state: 'approved' })
      expect(await heard()).toMatchObject({ status: 409 })
      expect(await isSteppedUp(portal)).toBe(true)
      expect(await isSteppedUp(other)).toBe(false)
    })

    it('asks no more than twice in ten minutes', async () => {
      const { ask } = await withPhone()
      const statuses: number[] = []
      for (let count = 0; count < 3; count += 1) statuses.push((await ask()).status)
      expect(statuses).toEqual([200, 200, 429])
    })

    it('“This wasn’t me” ends every session of the account', async () => {
      const { person, phone, portal, ask } = await withPhone()
      const other = await openPortal(harness, person)
      const since = Date.now()
      await ask()
      expect(await phone.deny()).toMatchObject({ body: { outcome: 'denied' } })
      for (const one of [portal, other]) {
        expect(await one.send('GET', '/session')).toMatchObject({ status: 401 })
      }
      await harness.deliver()
      await harness.lab.mail.waitFor(
        ({ to, text, receivedAt }) =>
          to.includes(person.mailbox) && receivedAt >= since && text.includes('This wasn’t me'),
        10_000,
      )
    })

    it('asks nothing for an hour after “This wasn’t me”', async () => {
      const { person, phone, ask } = await withPhone()
      await ask()
      await phone.deny()
      const portal = await openPortal(harness, person)
      const path = `/session/step-up/${phone.methodId}/challenge`
      expect(await portal.send('POST', path)).toMatchObject({
        ...{ status: 429, body: { code: 'too_many_codes' } },
      })
      harness.pass(61 * minute)
      expect((await (await openPortal(harness, person)).send('POST', path)).status).toBe(200)
    })
  })
})
