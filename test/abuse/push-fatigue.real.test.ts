import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { PhoneAnswer } from '../../src/contract/push.ts'
import { givePhone } from '../server/push/phone.ts'
import { type Caller, start } from '../server/recovery/caller.ts'
import { type Harness, openHarness } from '../server/recovery/harness.ts'

// Somebody who asks until the owner of a phone gives in, and somebody who answers until it fits. Many at
// once, on both engines.

const atOnce = 100
const minute = 60_000

describe.each(['sqlite', 'postgres'] as const)('on %s', (engine) => {
  let harness: Harness

  beforeAll(async () => {
    const methods = ['push', 'totp', 'email']
    harness = await openHarness({ engine, sections: { policy: { methods } } })
  })

  afterAll(() => harness?.close())

  const many = <T>(count: number, make: (index: number) => Promise<T>) =>
    Promise.all(Array.from({ length: count }, (_, index) => make(index)))
  const ask = (caller: Caller) =>
    caller.send<{ number: string }>('POST', `/methods/${caller.offer('push')}/challenge`)

  test('a phone is asked three times in ten minutes and six in an hour, and once at a time', async () => {
    const person = await harness.hire()
    const phone = await givePhone(harness, person)
    const realm = harness.lab.directory.realm.toLowerCase()
    const { account } = person
    // Each spelling is a name of its own, with caps of its own.
    const spellings = [account, `${account}@${realm}`, `CORP\\${account}`, account.toUpperCase()]
    const seen = new Set<string>()
    const seenAfter: number[] = []
    for (let round = 0; round < 8; round += 1) {
      const callers = await many(12, (index) =>
        start(harness, spellings[index % spellings.length] ?? account),
      )
      const answers = await Promise.all(callers.map(ask))
      for (const { status } of answers) expect([200, 429]).toContain(status)
      const { request } = await phone.status()
      if (request) seen.add(request.requestId)
      const pending = await harness.read((tx) =>
        tx.pushRequests.pending(person.accountId, harness.now()),
      )
      expect(pending?.id).toBe(request?.requestId)
      seenAfter.push(seen.size)
      harness.pass(3 * minute)
    }
    expect(seenAfter[2]).toBeLessThanOrEqual(3)
    expect(seen.size).toBeLessThanOrEqual(6)
    expect(seen.size).toBeGreaterThan(0)
  })

  test('of a hundred answers to one question one counts', async () => {
    const person = await harness.hire()
    const phone = await givePhone(harness, person)
    const caller = await start(harness, person.account)
    await ask(caller)
    const requestId = (await phone.status()).request?.requestId ?? ''
    const answers = await many(atOnce, (index) =>
      phone.approve(String(index % 100).padStart(2, '0'), requestId),
    )
    const counted = answers.filter(({ status }) => status === 200)
    expect(counted).toHaveLength(1)
    for (const { status } of answers) expect([200, 409, 503]).toContain(status)
    const refused = (await harness.audit(caller.recoveryId)).filter(
      ({ event }) => event === 'recovery.proof_refused' || event === 'recovery.proof_accepted',
    )
    expect(refused).toHaveLength(1)
  })

  test('nothing says yes without the number', () => {
    for (const answer of [
      { decision: 'approve' },
      { decision: 'approve', number: null },
      { decision: 'approve', number: '' },
      { decision: 'approve', number: '7' },
      { decision: 'approve', number: '100' },
      { decision: 'yes', number: '42' },
      { decision: 'deny', number: '42' },
    ]) {
      expect(PhoneAnswer.safeParse(answer).success).toBe(false)
    }
  })
})
