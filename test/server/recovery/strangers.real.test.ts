import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import type { Limits } from '../../../src/server/domain/settings.ts'
import { sweep } from '../../../src/server/features/sweep/sweep.ts'
import { kolmogorovSmirnov, shuffled } from '../../abuse/distributions.ts'
import type { Answer } from './caller.ts'
import { start } from './caller.ts'
import { type Harness, openHarness } from './harness.ts'

let harness: Harness

beforeAll(async () => {
  harness = await openHarness()
})

afterAll(() => harness?.close())

/** Everybody who must look alike to somebody who knows no secret. */
async function everybody(): Promise<Record<string, string>> {
  const hire = async (...args: Parameters<Harness['hire']>) => (await harness.hire(...args)).account
  const { outsideOu } = harness.lab.directory
  return {
    employee: await hire(),
    unknown: 'nobody-of-this-name',
    disabled: await hire({ disabled: true }),
    locked: await hire({ attributes: { lockoutTime: '133000000000000000' } }),
    expired: await hire({ accountExpiresAt: Date.now() - 86_400_000 }),
    notEnabled: await hire({ parent: outsideOu }),
    notEnrolled: await hire({}, []),
    onlyMail: await hire({}, ['email']),
    privileged: 'Administrator',
    impossible: 'a"b*(c)\\d',
  }
}

/** What can be seen of an answer: ids and times differ for everybody, so only their form counts. */
function looksOf({ status, headers, body }: Answer) {
  const length = headers['content-length']
  const names = Object.keys(headers).sort()
  const form = JSON.parse(
    JSON.stringify(body, (key, value) =>
      ['recoveryId', 'token', 'methodId', 'requestId', 'expiresAt'].includes(key)
        ? `${typeof value} of ${String(value).length}`
        : value,
    ),
  )
  return { status, names, length, form }
}

async function walk(account: string) {
  const caller = await start(harness, account)
  const wrong = { kind: 'totp', code: '000000' } as const
  const steps: Answer[] = [
    await caller.verify(wrong),
    await caller.challenge(),
    await caller.verify({ kind: 'email', code: '000000' }),
    await caller.send('GET', ''),
    await caller.plan(),
    await caller.commit(),
    await caller.verify(wrong),
    await caller.verify(wrong),
    await caller.verify(wrong),
    await caller.verify(wrong),
  ]
  const audit = await harness.audit(caller.recoveryId)
  const { outbox } = await harness.read(async (tx) => ({ outbox: await tx.outbox.count() }))
  return {
    started: looksOf({ status: 201, headers: {}, body: caller.started }),
    steps: steps.map(looksOf),
    events: audit.map(({ event }) => event),
    outbox,
  }
}

test('a stranger looks like any employee at every step, and leaves as many traces', async () => {
  const people = await everybody()
  const walks = []
  for (const [who, account] of Object.entries(people)) {
    const before = await harness.read((tx) => tx.outbox.count())
    const walked = await walk(account)
    walks.push({ who, ...walked, outbox: walked.outbox - before })
  }
  const [{ who: _, ...employee }] = walks as [(typeof walks)[number]]
  expect(employee.steps.map(({ status }) => status)).toEqual([
    422, 200, 422, 200, 409, 409, 422, 422, 423, 423,
  ])
  expect(employee.outbox).toBe(1)
  for (const { who, ...walked } of walks) expect(walked, who).toEqual(employee)
})

test('nobody but the employees with a mailbox of their own gets mail', async () => {
  const person = await harness.hire({}, ['totp'])
  const caller = await start(harness, person.account)
  await caller.challenge()
  await harness.deliver()
  const mails = await harness.lab.mail.messages()
  expect(mails.filter(({ to }) => to.some((one) => one.includes(person.account)))).toEqual([])
})

test('answers that could tell leave on the grid: at multiples of fifty milliseconds', async () => {
  const person = await harness.hire()
  for (const account of [person.account, 'nobody-of-this-name-either']) {
    const caller = await start(harness, account)
    for (const ask of [
      () => caller.verify({ kind: 'totp', code: '000000' }),
      () => caller.challenge(),
    ]) {
      const startedAt = performance.now()
      await ask()
      expect(performance.now() - startedAt).toBeGreaterThanOrEqual(49)
    }
  }
})

test('behind the grid the work itself is of one size: nobody is spared the hash', async () => {
  const limits = harness.parts.dependencies.settings.limits as {
    -readonly [K in keyof Limits]: number
  }
  const { answerGrid } = limits
  limits.answerGrid = 0.001
  onTestFinished(() => {
    limits.answerGrid = answerGrid
  })
  const times: Record<string, number[]> = {}
  const measure = async (what: string, ask: () => Promise<Answer>) => {
    const startedAt = performance.now()
    await ask()
    times[what] = [...(times[what] ?? []), performance.now() - startedAt]
  }
  const employees = await Promise.all(Array.from({ length: 6 }, () => harness.hire()))
  const names = employees.flatMap(({ account }) => [
    { kind: 'employee', name: account },
    { kind: 'stranger', name: account.replace('emp', 'nil') },
  ])
  for (let round = 0; round < 16; round += 1) {
    // Nothing is remembered from the round before: neither the directory's answers nor failures.
    harness.pass(60 * 60_000)
    for (const { kind, name } of shuffled(names)) {
      const caller = await start(harness, name)
      await measure(`${kind} verify`, () => caller.verify({ kind: 'totp', code: '000000' }))
      await measure(`${kind} challenge`, () => caller.challenge())
    }
  }
  for (const step of ['verify', 'challenge']) {
    const [one, other] = [times[`employee ${step}`] ?? [], times[`stranger ${step}`] ?? []]
    expect(kolmogorovSmirnov(one, other), step).toBeLessThan(0.5)
  }
})

test('what somebody types as a name by mistake is written down nowhere', async () => {
  const slip = 'Canary-Summer-2026!'
  const caller = await start(harness, slip)
  await caller.challenge()
  await caller.verify({ kind: 'totp', code: '000000' })
  const recovery = await harness.read((tx) => tx.recoveries.find(caller.recoveryId))
  expect(recovery).not.toBeNull()
  const audited = await harness.audit(caller.recoveryId)
  expect(audited.length).toBeGreaterThanOrEqual(3)
  const written = JSON.stringify([recovery, audited, harness.logged])
  expect(written.toLowerCase()).not.toContain('canary')
})

test('what strangers leave behind is removed as fast as they can leave it', async () => {
  const { store } = harness.parts.dependencies
  const now = harness.now()
  await store.transaction(async (tx) => {
    for (let index = 0; index < 2500; index += 1) await tx.spend('dpop', `left-${index}`, now)
  })
  await sweep(harness.parts.dependencies, 0)
  expect(await store.transaction((tx) => tx.purge(now))).toBe(false)
  expect(await store.transaction((tx) => tx.spend('dpop', 'left-2499', now))).toBe(true)
})
