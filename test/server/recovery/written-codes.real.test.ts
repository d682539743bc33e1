import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { normaliseWritten } from '../../../src/contract/written-code.ts'
import { revokePass } from '../../../src/server/features/pass/revoke.ts'
import { uniqueName } from '../../helpers/lab.ts'
import { type Answer, type Caller, start } from './caller.ts'
import { type Harness, openHarness, type Person } from './harness.ts'
import { agent, giveCodes, givePass } from './written.ts'

// Recovery codes and temporary passes in recoveries: what they do not prove, then what they do.

describe.each(['sqlite', 'postgres'] as const)('on %s', (engine) => {
  let harness: Harness

  beforeAll(async () => {
    const methods = ['totp', 'recoveryCode', 'temporaryPass', 'email']
    harness = await openHarness({ engine, sections: { policy: { methods } } })
  })

  afterAll(() => harness?.close())

  const begin = (person: Pick<Person, 'account'>) => start(harness, person.account)
  const byCode = (caller: Caller, code = '') => caller.verify({ kind: 'recoveryCode', code })
  const byPass = (caller: Caller, code: string) => caller.verify({ kind: 'temporaryPass', code })
  const refused = { status: 422, body: { code: 'proof_refused' } }
  const wins = (answers: readonly Answer[]) => answers.filter(({ status }) => status === 200)
  const wrong = () => harness.parts.dependencies.secrets.newWrittenCode('0')

  describe.each(['recoveryCode', 'temporaryPass'] as const)('%s', (kind) => {
    it('a stranger hears what somebody hears who has none, and who mistypes theirs', async () => {
      const [none, some] = [await harness.hire(), await harness.hire()]
      if (kind === 'recoveryCode') await giveCodes(harness, some)
      else await givePass(harness, some)
      const answers: Answer[] = []
      for (const account of [uniqueName('nobody'), none.account, some.account]) {
        const caller = await start(harness, account)
        answers.push(await caller.verify({ kind, code: wrong() }))
      }
      const told = answers.map(({ status, body }) => ({ status, ...body, requestId: '' }))
      expect(told[0]).toMatchObject({ status: 422, code: 'proof_refused', attemptsLeft: 4 })
      expect(told[1]).toEqual(told[0])
      expect(told[2]).toEqual(told[0])
    })

    it('is counted: the fifth wrong one closes the recovery, and the right one comes too late', async () => {
      const person = await harness.hire()
      const right =
        kind === 'recoveryCode'
          ? ((await giveCodes(harness, person)).codes[0] ?? '')
          : (await givePass(harness, person)).code
      const caller = await begin(person)
      const answers = []
      for (let index = 0; index < 5; index++) {
        answers.push((await caller.verify({ kind, code: wrong() })).body.code)
      }
      expect(answers.at(-1)).toBe('recovery_locked')
      expect((await caller.verify({ kind, code: right })).status).toBe(423)
    })
  })

  describe('a recovery code proves nothing', () => {
    it('a second time, in this recovery or the next', async () => {
      const person = await harness.hire()
      const { codes } = await giveCodes(harness, person)
      const first = await begin(person)
      expect((await byCode(first, codes[3])).status).toBe(200)
      expect(await byCode(await begin(person), codes[3])).toMatchObject(refused)
      expect((await byCode(await begin(person), codes[4])).status).toBe(200)
    })

    it('for more than one of those who show it at once', async () => {
      const person = await harness.hire()
      const { codes } = await giveCodes(harness, person)
      const callers = await Promise.all(Array.from({ length: 8 }, () => begin(person)))
      const answers = await Promise.all(callers.map((caller) => byCode(caller, codes[5])))
      expect(wins(answers)).toHaveLength(1)
      const others = answers.filter(({ status }) => status !== 200)
      for (const answer of others) expect(answer).toMatchObject(refused)
    })

    it('for another person, at the same position', async () => {
      const [one, other] = [await harness.hire(), await harness.hire()]
      await giveCodes(harness, one)
      const { codes } = await giveCodes(harness, other)
      expect(await byCode(await begin(one), codes[0])).toMatchObject(refused)
      expect(await byPass(await begin(other), codes[0] ?? '')).toMatchObject(refused)
    })

    it('once newer ones are confirmed, and what an old one has proven is void', async () => {
      const person = await harness.hire()
      const old = await giveCodes(harness, person)
      const caller = await begin(person)
      expect((await byCode(caller, old.codes[0])).status).toBe(200)
      await giveCodes(harness, person)
      expect((await caller.challenge()).status).toBeGreaterThanOrEqual(400)
      expect(await byCode(await begin(person), old.codes[1])).toMatchObject(refused)
    })

    it.each(['removed', 'suspended'] as const)('of a set that was %s', async (how) => {
      const person = await harness.hire()
      const { methodId, codes } = await giveCodes(harness, person)
      await harness.read((tx) =>
        how === 'removed'
          ? tx.methods.remove(methodId, person.accountId)
          : tx.methods.suspend(methodId, harness.now()),
      )
      expect(await byCode(await begin(person), codes[0])).toMatchObject(refused)
    })
  })

  describe('a temporary pass proves nothing', () => {
    it('a second time, nor for more than one of those who show it at once', async () => {
      const person = await harness.hire()
      const { code } = await givePass(harness, person)
      const callers = await Promise.all(Array.from({ length: 8 }, () => begin(person)))
      const answers = await Promise.all(callers.map((caller) => byPass(caller, code)))
      expect(wins(answers)).toHaveLength(1)
      expect(await byPass(await begin(person), code)).toMatchObject(refused)
    })

    it('after it was revoked, also when it has proven something already', async () => {
      const person = await harness.hire()
      const unused = await givePass(harness, person)
      await revokePass(harness.parts.dependencies, agent, unused.passId)
      expect(await byPass(await begin(person), unused.code)).toMatchObject(refused)
      const used = await givePass(harness, person)
      const caller = await begin(person)
      expect((await byPass(caller, used.code)).status).toBe(200)
      await revokePass(harness.parts.dependencies, agent, used.passId)
      const next = await caller.verify({ kind: 'totp', code: await harness.code(person) })
      expect(next.status).toBeGreaterThanOrEqual(400)
      expect(next.status).not.toBe(422)
    })

    it('after a newer one was issued, or for another person', async () => {
      const [one, other] = [await harness.hire(), await harness.hire()]
      const older = await givePass(harness, one)
      const newer = await givePass(harness, one)
      expect(await byPass(await begin(one), older.code)).toMatchObject(refused)
      expect(await byPass(await begin(other), newer.code)).toMatchObject(refused)
      expect((await byPass(await begin(one), newer.code)).status).toBe(200)
    })

    it('together with mail, when it was mailed itself: the mailbox is one proof, not two', async () => {
      const person = await harness.hire()
      const since = Date.now()
      await givePass(harness, person, { printReason: null })
      const code = await mailedPass(person, since)
      const caller = await begin(person)
      await caller.challenge()
      const mailed = await caller.verify({ kind: 'email', code: await harness.mailed(person) })
      expect(mailed.body).toMatchObject({ remaining: 1 })
      const proven = await byPass(caller, code)
      expect(proven.body).toMatchObject({ state: 'proving', remaining: 1 })
      expect(proven.body.methods?.map(({ kind }) => kind)).not.toContain('email')
      const second = await caller.verify({ kind: 'totp', code: await harness.code(person) })
      expect(second.body).toMatchObject({ state: 'proven', remaining: 0 })
    })

    it('when its time is over', async () => {
      const person = await harness.hire()
      const { code } = await givePass(harness, person, { minutes: 10 })
      harness.pass(10 * 60_000)
      expect(await byPass(await begin(person), code)).toMatchObject(refused)
    })
  })

  describe('what is enough', () => {
    it('a recovery code and mail', async () => {
      const person = await harness.hire()
      const { codes } = await giveCodes(harness, person)
      const caller = await begin(person)
      expect((await byCode(caller, codes[0])).body).toMatchObject({ remaining: 1 })
      await caller.challenge()
      const proven = await caller.verify({ kind: 'email', code: await harness.mailed(person) })
      expect(proven.body).toMatchObject({ state: 'proven' })
      expect((await caller.plan()).status).toBe(200)
    })

    it('a pass that was read out and mail, and the record says who issued and when it was used', async () => {
      const person = await harness.hire()
      const { code, passId } = await givePass(harness, person)
      const caller = await begin(person)
      await caller.challenge()
      await caller.verify({ kind: 'email', code: await harness.mailed(person) })
      expect((await byPass(caller, code)).body).toMatchObject({ state: 'proven' })
      const record = await harness.read((tx) => tx.passes.find(passId))
      expect(record).toMatchObject({ state: 'used', issuer: agent })
      expect(await eventsOf(passId)).toEqual(['pass.issued', 'pass.sent', 'pass.used'])
    })

    it('but not two recovery codes: they are one kind', async () => {
      const person = await harness.hire()
      const { codes } = await giveCodes(harness, person)
      const caller = await begin(person)
      await byCode(caller, codes[0])
      expect((await byCode(caller, codes[1])).status).toBe(409)
    })
  })

  it('no code is in the log, the database or the audit log', async () => {
    const person = await harness.hire()
    const { codes } = await giveCodes(harness, person)
    const { code } = await givePass(harness, person)
    const caller = await begin(person)
    await byCode(caller, codes[0])
    await byCode(caller, codes[1])
    await byPass(caller, code)
    const { entries } = await harness.parts.auditLog.read(0, 100_000)
    const stored = await harness.read(async (tx) => ({
      methods: await tx.methods.list(person.accountId),
      passes: await tx.passes.listOf(person.accountId, ['issued', 'used']),
    }))
    const everything = JSON.stringify([entries, harness.logged, stored]).toUpperCase()
    expect(everything).toContain(person.account.toUpperCase())
    for (const secret of [...codes, code]) {
      expect(everything).not.toContain(secret)
      expect(everything).not.toContain(secret.match(/.{5}/g)?.join('-'))
    }
  })

  async function eventsOf(passId: string): Promise<string[]> {
    const { entries } = await harness.parts.auditLog.read(0, 100_000)
    return entries
      .map(({ body }) => JSON.parse(body))
      .filter(({ fields }) => fields.passId === passId)
      .map(({ event }) => event)
  }

  async function mailedPass(person: Person, since: number): Promise<string> {
    await harness.deliver()
    const shape = /[0-9A-Z]{5}(-[0-9A-Z]{5}){2}/
    const letter = await harness.lab.mail.waitFor(
      ({ to, text, receivedAt }) =>
        to.includes(person.mailbox) && receivedAt >= since && shape.test(text),
      20_000,
    )
    return normaliseWritten(shape.exec(letter.text)?.[0] ?? '')
  }
})
