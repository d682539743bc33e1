import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import type { Store, StoreTransaction } from '../../../src/server/domain/ports/store.ts'
import { type Answer, type Caller, start } from './caller.ts'
import { type Harness, openHarness, type Person } from './harness.ts'

const minute = 60_000
const wrong = { kind: 'totp', code: '000000' } as const

function codesOf(answers: readonly Answer[]) {
  const counts: Record<string, number> = {}
  for (const { status, body } of answers) {
    const code = status === 200 ? 'ok' : String(body.code)
    counts[code] = (counts[code] ?? 0) + 1
  }
  return counts
}

async function failTimes(harness: Harness, account: string, times: number, kind = 'totp') {
  const answers: Answer[] = []
  let caller: Caller | undefined
  for (let index = 0; index < times; index++) {
    if (index % 4 === 0) caller = await start(harness, account)
    const proof = { kind, code: '000000' } as typeof wrong
    answers.push(await (caller as Caller).verify(proof))
  }
  return answers
}

/**
 * Holds whoever has spent a time step, before it looks at the other proofs, until somebody else has
 * spent a mailed code, or cannot while the first one is under way.
 *
 * @returns puts things right again
 */
function overlap(harness: Harness): () => void {
  const { store } = harness.parts.dependencies
  const { transaction } = store
  let tell = () => {}
  const mailSpent = new Promise<void>((spent) => {
    tell = spent
  })
  const change = (tx: StoreTransaction): StoreTransaction => {
    let isHeld = false
    const methods = intercept(tx.methods, 'spendStep', async (spend) => {
      isHeld = true
      return spend()
    })
    const offers = intercept(tx.offers, 'list', async (list) => {
      if (isHeld) await Promise.race([mailSpent, pause(300)])
      return list()
    })
    const challenges = intercept(tx.challenges, 'spend', async (spend) => spend().finally(tell))
    return { ...tx, methods, offers, challenges }
  }
  const overlapping: Store['transaction'] = (run) => transaction((tx) => run(change(tx)))
  Object.assign(store, { transaction: overlapping })
  return () => void Object.assign(store, { transaction })
}

/** The same object, with one method led through `around`. */
function intercept<T extends object, K extends keyof T>(
  target: T,
  name: K,
  around: (call: () => Promise<never>) => Promise<unknown>,
): T {
  return new Proxy(target, {
    get(_, key) {
      const value = target[key as keyof T]
      if (key !== name || typeof value !== 'function') return value
      return (...parameters: unknown[]) => around(() => value.apply(target, parameters))
    },
  })
}

describe.each(['sqlite', 'postgres'] as const)('on %s', (engine) => {
  let harness: Harness

  beforeAll(async () => {
    harness = await openHarness({ engine })
  })

  afterAll(() => harness?.close())

  test('two hundred guesses at once are five, and the recovery is locked', async () => {
    const person = await harness.hire()
    const caller = await start(harness, person.account)
    const answers = await Promise.all(Array.from({ length: 200 }, () => caller.verify(wrong)))
    const counts = codesOf(answers)
    expect((counts.proof_refused ?? 0) + (counts.recovery_locked ?? 0)).toBe(200)
    const compared = (await harness.audit(caller.recoveryId)).filter(
      ({ event }) => event === 'recovery.proof_refused',
    )
    expect(compared).toHaveLength(5)
    const right = await caller.verify({ kind: 'totp', code: await harness.code(person) })
    expect(right).toMatchObject({ status: 423, body: { code: 'recovery_locked' } })
    // The 195 that were not compared do not count against the name.
    const next = await start(harness, person.account)
    expect((await next.verify({ kind: 'totp', code: await harness.code(person) })).status).toBe(200)
  })

  test('guesses spread over forty recoveries at once are ten for one name', async () => {
    const person = await harness.hire()
    const callers = await Promise.all(
      Array.from({ length: 40 }, () => start(harness, person.account)),
    )
    const answers = await Promise.all(
      callers.flatMap((caller) => Array.from({ length: 5 }, () => caller.verify(wrong))),
    )
    const counts = codesOf(answers)
    expect(counts.too_many_attempts).toBe(190)
    expect((counts.proof_refused ?? 0) + (counts.recovery_locked ?? 0)).toBe(10)
  })

  test('an older code does not pass after a newer one, nor any code twice', async () => {
    const person = await harness.hire()
    const [older, newer] = [await harness.code(person, -1), await harness.code(person)]
    const attempt = async (code: string) =>
      (await start(harness, person.account)).verify({ kind: 'totp', code })
    expect((await attempt(newer)).status).toBe(200)
    expect(await attempt(newer)).toMatchObject({ body: { code: 'proof_refused' } })
    expect(await attempt(older)).toMatchObject({ body: { code: 'proof_refused' } })
    harness.pass(30_000)
    expect((await attempt(await harness.code(person))).status).toBe(200)
  })

  test('two proofs at the same moment go on together', async () => {
    const person = await harness.hire()
    const caller = await start(harness, person.account)
    await caller.challenge()
    const mailed = await harness.mailed(person)
    const restore = overlap(harness)
    onTestFinished(restore)
    const answers = await Promise.all([
      caller.verify({ kind: 'totp', code: await harness.code(person) }),
      caller.verify({ kind: 'email', code: mailed }),
    ])
    expect(codesOf(answers)).toEqual({ ok: 2 })
    expect((await caller.send('GET', '')).body).toMatchObject({ state: 'proven', remaining: 0 })
  })

  test('one mailed code passes once, however many try at once', async () => {
    const person = await harness.hire()
    const caller = await start(harness, person.account)
    await caller.challenge()
    const code = await harness.mailed(person)
    const answers = await Promise.all(
      Array.from({ length: 5 }, () => caller.verify({ kind: 'email', code })),
    )
    expect(codesOf(answers).ok).toBe(1)
  })
})

describe('limits', () => {
  let harness: Harness
  let person: Person

  beforeAll(async () => {
    harness = await openHarness()
    person = await harness.hire()
  })

  afterAll(() => harness?.close())

  test('hold for each method, and across new recoveries', async () => {
    for (const kind of ['totp', 'email']) {
      const victim = await harness.hire()
      const answers = await failTimes(harness, victim.account, 11, kind)
      expect(codesOf(answers)).toEqual({ proof_refused: 10, too_many_attempts: 1 })
      const { headers, body } = answers[10] as Answer
      expect(body.retryAfterSeconds).toBeGreaterThan(20)
      expect(body.retryAfterSeconds).toBeLessThanOrEqual(30)
      expect(headers['retry-after']).toBe(String(body.retryAfterSeconds))
    }
  })

  test('count methods together, leave the other one open for a try, and never touch badPwdCount', async () => {
    const answers = await failTimes(harness, person.account, 11)
    expect(codesOf(answers).too_many_attempts).toBe(1)
    const caller = await start(harness, person.account)
    await caller.challenge()
    const mailed = await caller.verify({ kind: 'email', code: await harness.mailed(person) })
    expect(mailed.status).toBe(200)
    const blocked = await caller.verify({ kind: 'totp', code: await harness.code(person) })
    expect(blocked).toMatchObject({ status: 429, body: { code: 'too_many_attempts' } })
    const { directory } = harness.lab
    expect(await directory.readAttribute(person.dn, 'badPwdCount')).toBe('0')
    harness.pass(31_000)
    const now = await caller.verify({ kind: 'totp', code: await harness.code(person) })
    expect(now).toMatchObject({ status: 200, body: { state: 'proven' } })
    // All is forgotten once the owner has proven everything.
    const after = await failTimes(harness, person.account, 5)
    expect(codesOf(after)).toEqual({ proof_refused: 5 })
  })

  test('of an account hold for all its names, and do not tell that they are one', async () => {
    const victim = await harness.hire()
    const names = [victim.account, `CORP\\${victim.account}`, `${victim.account}@corp.example.com`]
    for (const [index, name] of names.entries()) {
      const answers = await failTimes(harness, name, index === 2 ? 2 : 4)
      expect(codesOf(answers)).toEqual({ proof_refused: answers.length })
    }
    // Ten wrong in all: the right code is refused now, with the words for a wrong one.
    const caller = await start(harness, names[2] as string)
    const right = await caller.verify({ kind: 'totp', code: await harness.code(victim) })
    expect(right).toMatchObject({ status: 422, body: { code: 'proof_refused', attemptsLeft: 4 } })
    harness.pass(31_000)
    const later = await caller.verify({ kind: 'totp', code: await harness.code(victim) })
    expect(later.status).toBe(200)
  })
})

test('too many failures in a row suspend the method, its owner is told, the other one works', async () => {
  const harness = await openHarness({ sections: { limits: { failuresInRow: 12 } } })
  onTestFinished(() => harness.close())
  const victim = await harness.hire()
  for (let failures = 0; failures < 12; ) {
    const caller = await start(harness, victim.account)
    const answer = await caller.verify(wrong)
    if (answer.status === 422) failures += 1
    harness.pass(61 * minute)
  }
  const methods = await harness.read((tx) => tx.methods.list(victim.accountId))
  expect(methods.find(({ kind }) => kind === 'totp')?.suspendedAt).not.toBeNull()
  const caller = await start(harness, victim.account)
  const right = await caller.verify({ kind: 'totp', code: await harness.code(victim) })
  expect(right).toMatchObject({ body: { code: 'proof_refused' } })
  await caller.challenge()
  await harness.deliver()
  await harness.lab.mail.waitFor(
    ({ to, subject }) =>
      to.includes(victim.mailbox) && subject === 'A recovery method was suspended',
    5000,
  )
  const mail = await harness.lab.mail.waitFor(
    ({ to, subject }) => to.includes(victim.mailbox) && subject === 'Your Latchkey code',
    5000,
  )
  const code = /\b\d{6}\b/.exec(mail.text)?.[0] ?? ''
  expect((await caller.verify({ kind: 'email', code })).status).toBe(200)
})
