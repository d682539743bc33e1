import { afterAll, afterEach, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import type { SmsProvider } from '../../../scripts/lab/sms-provider.ts'
import { deliverDue } from '../../../src/server/notify/delivery.ts'
import { openLab } from '../../helpers/lab.ts'
import { newNumber, type SmsLab, startSmsLab, textedCode } from '../../helpers/sms.ts'
import { storeEngines } from '../../helpers/stack.ts'
import { type Answer, type Caller, start } from './caller.ts'
import { type Harness, openHarness, type Person } from './harness.ts'

const methods = ['totp', 'email', 'sms']
const minute = 60_000

let sms: SmsLab
let provider: SmsProvider

beforeAll(async () => {
  sms = await startSmsLab(await openLab())
  provider = sms.provider
})

afterEach(() => provider.behave({ kind: 'accept' }))
afterAll(() => provider?.stop())

type Sections = Record<string, Record<string, unknown>>

const open = (engine: 'sqlite' | 'postgres', sections: Sections = {}) =>
  openHarness({
    engine,
    sections: {
      ...{ sms: sms.twilio, ...sections },
      policy: { methods, ...sections.policy },
      limits: { smsFromAddress: 10_000, ...sections.limits },
    },
  })

/** Opens a harness for one test. */
async function openFor(sections: Sections, engine: 'sqlite' | 'postgres' = 'sqlite') {
  const harness = await open(engine, sections)
  onTestFinished(() => harness.close())
  return harness
}

/** Somebody with a confirmed number, as it would be after the portal. */
async function withNumber(harness: Harness, person: Person, number = newNumber()): Promise<string> {
  const { secrets } = harness.parts.dependencies
  const id = secrets.newId()
  const { accountId } = person
  const secret = secrets.sealMethodSecret({ id, accountId }, number)
  const times = { createdAt: 1, confirmedAt: 1, lastUsedAt: null, lastStep: 0, suspendedAt: null }
  await harness.read((tx) =>
    tx.methods.insert({ id, accountId, kind: 'sms', label: number, secret, ...times }),
  )
  return number
}

const ask = (caller: Caller, kind: 'sms' | 'email' = 'sms') =>
  caller.send('POST', `/methods/${caller.offer(kind)}/challenge`)

const messagesTo = (number: string) => provider.messages().filter(({ to }) => to === number)

async function codeFor(harness: Harness, number: string): Promise<string> {
  const since = Date.now()
  await harness.deliver()
  return textedCode(provider, number, since)
}

async function proveApp(harness: Harness, caller: Caller, person: Person): Promise<void> {
  const answer = await caller.verify({ kind: 'totp', code: await harness.code(person) })
  if (answer.status !== 200) throw new Error(JSON.stringify(answer.body))
}

const otherThan = (code: string) => (code === '000000' ? '000001' : '000000')

const auditOf = async ({ parts }: Harness) => {
  const { entries } = await parts.auditLog.read(0, 100_000)
  return entries.map(({ body }) => JSON.parse(body))
}

/** Ids and times differ for everybody. */
const looksOf = ({ status, headers, body }: Answer) => ({
  ...{ status, length: headers['content-length'], names: Object.keys(headers).sort() },
  members: Object.keys(body).sort(),
})

describe.each(storeEngines)('on %s', (engine) => {
  let harness: Harness

  beforeAll(async () => {
    harness = await open(engine)
  })

  afterAll(() => harness?.close())

  test('a telephone and a mailbox together are never enough', async () => {
    const person = await harness.hire()
    const number = await withNumber(harness, person)
    const caller = await start(harness, person.account)
    await ask(caller, 'email')
    await caller.verify({ kind: 'email', code: await harness.mailed(person) })
    await ask(caller)
    const both = await caller.verify({ kind: 'sms', code: await codeFor(harness, number) })
    expect(both.body).toMatchObject({ state: 'proving', remaining: 1 })
    expect((await caller.plan()).body.code).toBe('wrong_state')
  })

  test('a wrong code, an older code and a code of somebody else are refused', async () => {
    const person = await harness.hire()
    const number = await withNumber(harness, person)
    const caller = await start(harness, person.account)
    await ask(caller)
    const older = await codeFor(harness, number)
    const other = await start(harness, person.account)
    expect((await other.verify({ kind: 'sms', code: older })).body.code).toBe('proof_refused')
    const wrong = await caller.verify({ kind: 'sms', code: otherThan(older) })
    expect(wrong.body).toMatchObject({ code: 'proof_refused', attemptsLeft: 4 })
    await ask(caller)
    const newer = await codeFor(harness, number)
    if (newer !== older) {
      expect((await caller.verify({ kind: 'sms', code: older })).body.code).toBe('proof_refused')
    }
    expect((await caller.verify({ kind: 'sms', code: newer })).status).toBe(200)
  })

  test('a code is spent by one of two hundred who show it at once', async () => {
    const person = await harness.hire()
    const number = await withNumber(harness, person)
    const caller = await start(harness, person.account)
    await ask(caller)
    const code = await codeFor(harness, number)
    const all = await Promise.all(
      Array.from({ length: 200 }, () => caller.verify({ kind: 'sms', code })),
    )
    expect(all.filter(({ status }) => status === 200)).toHaveLength(1)
  })

  test('an app and a telephone are enough', async () => {
    const person = await harness.hire({}, ['totp'])
    const number = await withNumber(harness, person)
    const caller = await start(harness, person.account)
    await ask(caller)
    const code = await codeFor(harness, number)
    await caller.verify({ kind: 'sms', code })
    const proven = await caller.verify({ kind: 'totp', code: await harness.code(person) })
    expect(proven.body).toMatchObject({ state: 'proven', remaining: 0 })
    expect(messagesTo(number)).toEqual([
      expect.objectContaining({
        text: expect.stringMatching(/^\d{6} is your .*\n@reset\.example\.com #\d{6}$/),
      }),
    ])
  })

  test('nobody is sent more than a number may have, under whatever name it is asked for', async () => {
    const number = newNumber()
    const people = await Promise.all([harness.hire({}, []), harness.hire({}, [])])
    for (const person of people) await withNumber(harness, person, number)
    const callers = await Promise.all(
      Array.from({ length: 20 }, (_, index) => start(harness, people[index % 2]?.account ?? '')),
    )
    const answers = await Promise.all(callers.map((caller) => ask(caller)))
    await harness.deliver()
    expect(messagesTo(number)).toHaveLength(6)
    const told = answers.map(({ status, body }) => `${status} ${body.code ?? ''}`)
    // Twelve could have been asked for by these two names; that six were not sent is told to nobody.
    expect(told.filter((answer) => answer.startsWith('200'))).toHaveLength(12)
    expect(new Set(told)).toEqual(new Set(['200 ', '429 too_many_codes']))
  })
})

describe('who cannot be reached', () => {
  let harness: Harness

  beforeAll(async () => {
    harness = await open('sqlite')
  })

  afterAll(() => harness?.close())

  test('looks like everybody else, and the same rows are written', async () => {
    const reachable = await harness.hire({}, [])
    await withNumber(harness, reachable)
    const abroad = await harness.hire({}, [])
    await withNumber(harness, abroad, '+447400123456')
    const premium = await harness.hire({}, [])
    await withNumber(harness, premium, '+499001234567')
    const nothing = await harness.hire({ attributes: { mobile: newNumber() } }, [])
    const names = [reachable, abroad, premium, nothing].map(({ account }) => account)
    const before = provider.messages().length
    const looks = []
    for (const name of [...names, 'nobody-of-this-name']) {
      const caller = await start(harness, name)
      const rows = await harness.read((tx) => tx.outbox.count())
      const steps = [await ask(caller), await caller.verify({ kind: 'sms', code: '000000' })]
      expect(await harness.read((tx) => tx.outbox.count())).toBe(rows + 1)
      looks.push(steps.map(looksOf))
    }
    for (const look of looks) expect(look).toEqual(looks[0])
    await harness.deliver()
    expect(provider.messages()).toHaveLength(before + 1)
  })

  test('is not reached by a number that came with the request, which is refused', async () => {
    const person = await harness.hire({}, ['totp'])
    await withNumber(harness, person)
    const caller = await start(harness, person.account)
    const before = provider.requests()
    const path = `/methods/${caller.offer('sms')}/challenge`
    const answer = await caller.send('POST', path, { to: newNumber() })
    expect(answer.body).toMatchObject({ code: 'invalid_request', fields: ['to'] })
    await harness.deliver()
    expect(provider.requests()).toBe(before)
  })

  test('is not reached by what the directory says, unless policy lets that be', async () => {
    const mobile = newNumber()
    const person = await harness.hire({ attributes: { mobile } }, ['totp'])
    const caller = await start(harness, person.account)
    await ask(caller)
    await harness.deliver()
    expect(messagesTo(mobile)).toEqual([])
  })
})

describe('the directory’s own number', () => {
  const policy = { allowDirectoryPhone: true }

  test('helps somebody who has never confirmed one, and does not lie open in the store', async () => {
    const harness = await openFor({ policy })
    const number = newNumber()
    const mobile = `0${number.slice(3, 6)} / ${number.slice(6)}`
    const person = await harness.hire({ attributes: { mobile } }, ['totp'])
    const caller = await start(harness, person.account)
    await ask(caller)
    const row = await harness.read((tx) => tx.recoveries.find(caller.recoveryId))
    expect(row?.account?.sealedMobile).toEqual(expect.any(String))
    expect(JSON.stringify(row)).not.toContain(number.slice(6))
    await caller.verify({ kind: 'sms', code: await codeFor(harness, number) })
    const proven = await caller.verify({ kind: 'totp', code: await harness.code(person) })
    expect(proven.body).toMatchObject({ state: 'proven' })
  })

  test('is not used where it is no mobile number of a listed country', async () => {
    const harness = await openFor({ policy })
    for (const mobile of ['0900 1234567', '+44 7400 123456', 'see intranet', '+49 30 1234567']) {
      const person = await harness.hire({ attributes: { mobile } }, ['totp'])
      const before = provider.requests()
      await ask(await start(harness, person.account))
      await harness.deliver()
      expect(provider.requests(), mobile).toBe(before)
    }
  })

  test('is left alone after too many failures in a row, like a method that is suspended', async () => {
    const limits = { failuresInRow: 10, failures: 20, attemptsInRecovery: 10 }
    const harness = await openFor({ policy, limits })
    const mobile = newNumber()
    const person = await harness.hire({ attributes: { mobile } }, ['totp'])
    const guesser = await start(harness, person.account)
    await ask(guesser)
    const code = await codeFor(harness, mobile)
    for (let tries = 0; tries < 10; tries += 1) {
      await guesser.verify({ kind: 'sms', code: otherThan(code) })
    }
    harness.pass(61 * minute)
    const caller = await start(harness, person.account)
    expect((await ask(caller)).status).toBe(200)
    await harness.deliver()
    expect(messagesTo(mobile)).toHaveLength(1)
  })
})

describe('what text messages may cost', () => {
  test('in a day is not used up by strangers, and is told only to whoever has proven something', async () => {
    const harness = await openFor({ limits: { smsInDay: 2, smsToPrefix: 500 } })
    for (let index = 0; index < 5; index += 1) await ask(await start(harness, `nobody-${index}`))
    const hired = await Promise.all([1, 2, 3].map(() => harness.hire({}, ['totp'])))
    const numbers = await Promise.all(hired.map((person) => withNumber(harness, person)))
    const callers = await Promise.all(hired.map(({ account }) => start(harness, account)))
    for (const caller of callers) expect((await ask(caller)).status).toBe(200)
    await harness.deliver()
    expect(numbers.map((number) => messagesTo(number).length)).toEqual([1, 1, 0])
    expect(harness.logged).toContainEqual({ event: 'sms_cap_reached', code: 'day' })

    const [, , third] = hired
    const caller = await start(harness, third?.account ?? '')
    await proveApp(harness, caller, third as Person)
    const told = await ask(caller)
    expect(told.body).toMatchObject({ code: 'too_many_codes' })
    expect(told.body.retryAfterSeconds).toBeGreaterThan(23 * 3600)
    harness.pass(24 * 60 * minute)
    await ask(await start(harness, third?.account ?? ''))
    await harness.deliver()
    expect(messagesTo(numbers[2] ?? '')).toHaveLength(1)
  })

  test('to one calling code in an hour leaves other countries alone', async () => {
    const harness = await openFor({ limits: { smsToPrefix: 1 } })
    const numbers = [newNumber(), newNumber(), '+436641234567']
    for (const number of numbers) {
      const person = await harness.hire({}, [])
      await withNumber(harness, person, number)
      await ask(await start(harness, person.account))
    }
    const before = messagesTo('+436641234567').length
    await harness.deliver()
    expect(numbers.slice(0, 2).map((number) => messagesTo(number).length)).toEqual([1, 0])
    expect(messagesTo('+436641234567')).toHaveLength(before + 1)
  })

  test('is counted apart from mail, and by the network address too', async () => {
    const harness = await openFor({ limits: { codesFromAddress: 1, smsFromAddress: 2 } })
    const codes = []
    for (const kind of ['email', 'email', 'sms', 'sms', 'sms'] as const) {
      codes.push((await ask(await start(harness, 'nobody'), kind)).body.code)
    }
    expect(codes).toEqual([undefined, 'too_many_codes', undefined, undefined, 'too_many_codes'])
  })
})

describe('a provider that fails', () => {
  /** Somebody whose code is on its way, and the answer they were given. */
  async function asked(harness: Harness) {
    const person = await harness.hire({}, ['totp'])
    const number = await withNumber(harness, person)
    const caller = await start(harness, person.account)
    const answer = await ask(caller)
    expect(answer.status).toBe(200)
    return { person, number, caller }
  }

  const nothingQuoted = (harness: Harness, audit: unknown, number: string) => {
    const said = JSON.stringify([harness.logged, audit])
    expect(said).not.toContain(number.slice(-7))
  }

  test('is asked again, and the code still counts', async () => {
    const harness = await openFor({})
    const { caller, number } = await asked(harness)
    provider.behave({ kind: 'answer', status: 503, body: `no way to ${number}` })
    await harness.deliver()
    provider.behave({ kind: 'accept' })
    harness.pass(5_000)
    const code = await codeFor(harness, number)
    expect((await caller.verify({ kind: 'sms', code })).status).toBe(200)
    const failures = harness.logged.filter(({ event }) => event === 'sms_failed')
    expect(failures).toEqual([expect.objectContaining({ code: 'http_503', count: 1 })])
    const audit = await auditOf(harness)
    expect(audit.some(({ event }) => event === 'sms.failed')).toBe(false)
    nothingQuoted(harness, audit, number)
  })

  test('for good is recorded with its code, and is not asked again', async () => {
    const harness = await openFor({})
    const { number } = await asked(harness)
    const body = JSON.stringify({ code: 21614, message: `${number} is not a mobile number` })
    provider.behave({ kind: 'answer', status: 400, body })
    await harness.deliver()
    const requests = provider.requests()
    harness.pass(minute)
    await harness.deliver()
    expect(provider.requests()).toBe(requests)
    const audit = await auditOf(harness)
    expect(audit.filter(({ event }) => event === 'sms.failed')).toEqual([
      expect.objectContaining({ fields: { adapter: 'twilio', reason: '21614', tries: 1 } }),
    ])
    nothingQuoted(harness, audit, number)
    expect(await harness.read((tx) => tx.outbox.count())).toBe(0)
  })

  test('until the code is over is recorded with what it said last', async () => {
    const harness = await openFor({})
    await asked(harness)
    provider.behave({ kind: 'answer', status: 500, body: '' })
    for (let round = 0; round < 125; round += 1) {
      await harness.deliver()
      harness.pass(5_000)
    }
    const audit = await auditOf(harness)
    const [failed, ...more] = audit.filter(({ event }) => event === 'sms.failed')
    expect(failed?.fields).toMatchObject({ adapter: 'twilio', reason: 'http_500' })
    expect(more).toEqual([])
  })

  test('by hanging holds up no mail that comes after', async () => {
    const harness = await openFor({})
    await asked(harness)
    const reader = await harness.hire({}, ['email'])
    const { envelope, transport, sms: texts, dependencies } = harness.parts
    const { store, log, now } = dependencies
    const round = () => deliverDue({ store, envelope, transport, sms: texts, log, now })
    provider.behave({ kind: 'slow', delayMs: 4_000 })
    const startedAt = performance.now()
    await round()
    await ask(await start(harness, reader.account), 'email')
    await round()
    await harness.lab.mail.waitFor(({ to }) => to.includes(reader.mailbox), 3_000)
    expect(performance.now() - startedAt).toBeLessThan(3_500)
    await texts.lane.settled()
  })
})

test('nobody is texted where no way to send is configured', async () => {
  const harness = await openHarness({ sections: {} })
  onTestFinished(() => harness.close())
  const read = harness.parts.dependencies.phoneNumbers.read(newNumber())
  expect(read.ok).toBe(false)
  const caller = await start(harness, 'nobody')
  expect(caller.started.methods.map(({ kind }) => kind)).toEqual(['totp', 'email'])
})
