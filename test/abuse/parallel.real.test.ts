import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Limits } from '../../src/server/domain/settings.ts'
import { type Answer, type Caller, start } from '../server/recovery/caller.ts'
import { type Harness, openHarness, type Person } from '../server/recovery/harness.ts'
import { giveCodes, givePass } from '../server/recovery/written.ts'
import { shuffled } from './distributions.ts'

// Two hundred requests at once, on both engines: whatever is counted is counted before it is compared,
// and whatever is spent is spent once.

const atOnce = 200
/** Where each costs a password hash. The store's own tests ask two hundred times. */
const fewer = 50

describe.each(['sqlite', 'postgres'] as const)('on %s', (engine) => {
  let harness: Harness

  beforeAll(async () => {
    const methods = ['totp', 'recoveryCode', 'temporaryPass', 'email']
    harness = await openHarness({ engine, sections: { policy: { methods } } })
  })

  afterAll(() => harness?.close())

  const many = <T>(count: number, make: (index: number) => Promise<T>) =>
    Promise.all(Array.from({ length: count }, (_, index) => make(index)))

  /** How many guesses were compared with something, by the log that cannot be left out. */
  async function compared(callers: readonly Caller[]): Promise<number> {
    const events = await Promise.all(callers.map(({ recoveryId }) => harness.audit(recoveryId)))
    return events.flat().filter(({ event }) => event === 'recovery.proof_refused').length
  }

  const wrong = (caller: Caller, kind: 'totp' | 'email') => caller.verify({ kind, code: '000000' })

  function expectRefused(answers: readonly Answer[]): void {
    const codes = new Set(answers.map(({ body }) => body.code))
    for (const code of codes) {
      expect(['proof_refused', 'recovery_locked', 'too_many_attempts']).toContain(code)
    }
  }

  test('guesses at a mailed code are five in one recovery, and then the right one is too late', async () => {
    const person = await harness.hire()
    const caller = await start(harness, person.account)
    await caller.challenge()
    const code = await harness.mailed(person)
    expectRefused(await many(atOnce, () => wrong(caller, 'email')))
    expect(await compared([caller])).toBe(5)
    expect(await caller.verify({ kind: 'email', code })).toMatchObject({ status: 423 })
  })

  test.each([
    { kinds: ['email'] as const, most: 10 },
    // Each kind has one try left when the other one is used up, and no more.
    { kinds: ['totp', 'email'] as const, most: 11 },
  ])(
    'guesses with $kinds, spread over forty recoveries, are ten for one name',
    async ({ kinds, most }) => {
      const person = await harness.hire()
      const callers = await many(40, () => start(harness, person.account))
      const guesses = callers.flatMap((caller) =>
        Array.from({ length: atOnce / 40 }, (_, index) => ({
          caller,
          kind: kinds[index % kinds.length] ?? 'totp',
        })),
      )
      const answers = await Promise.all(
        shuffled(guesses).map(({ caller, kind }) => wrong(caller, kind)),
      )
      expectRefused(answers)
      const count = await compared(callers)
      expect(count).toBeGreaterThanOrEqual(10)
      expect(count).toBeLessThanOrEqual(most)
    },
  )

  /** Lets the time steps decide, and not the limits for those who guess. */
  async function withoutLimits<T>(work: () => Promise<T>): Promise<T> {
    const limits = harness.parts.dependencies.settings.limits as Mutable<Limits>
    const { failures } = limits
    limits.failures = 10 * atOnce
    try {
      return await work()
    } finally {
      limits.failures = failures
    }
  }

  /** Shows each of many recoveries a code at once; the steps that were accepted, in their order. */
  async function show(person: Person, steps: readonly number[]): Promise<number[]> {
    const callers = await many(atOnce, () => start(harness, person.account))
    const codes = await Promise.all(steps.map((step) => harness.code(person, step)))
    const shown = callers.map((caller, index) => ({ caller, at: index % steps.length }))
    const answers = await Promise.all(
      shuffled(shown).map(async ({ caller, at }) => {
        const { status } = await caller.verify({ kind: 'totp', code: codes[at] ?? '' })
        return { status, at, recoveryId: caller.recoveryId }
      }),
    )
    const { entries } = await harness.parts.auditLog.read(0, 100_000)
    const order = entries.map(({ body }) => JSON.parse(body))
    return order
      .filter(({ event }) => event === 'recovery.proof_accepted')
      .flatMap(({ fields }) => answers.filter((one) => one.recoveryId === fields.recoveryId))
      .filter(({ status }) => status === 200)
      .map(({ at }) => steps[at] ?? 0)
  }

  test('one code of an app, shown to two hundred recoveries, proves one', async () => {
    const person = await harness.hire()
    expect(await withoutLimits(() => show(person, [0]))).toEqual([0])
  })

  test('older, present and next code, mixed: none after itself, and none after a newer one', async () => {
    const person = await harness.hire()
    const accepted = await withoutLimits(() => show(person, [-1, 0, 1]))
    expect(accepted).toContain(1)
    expect(accepted).toEqual([...new Set(accepted)].sort((a, b) => a - b))
  })

  test.each(['recoveryCode', 'temporaryPass'] as const)(
    'one %s, shown to many recoveries, proves one',
    async (kind) => {
      const person = await harness.hire()
      const code =
        kind === 'recoveryCode'
          ? ((await giveCodes(harness, person)).codes[4] ?? '')
          : (await givePass(harness, person)).code
      const callers = await many(fewer, () => start(harness, person.account))
      const answers = await withoutLimits(() =>
        Promise.all(callers.map((caller) => caller.verify({ kind, code }))),
      )
      expect(answers.filter(({ status }) => status === 200)).toHaveLength(1)
      expectRefused(answers.filter(({ status }) => status !== 200))
    },
  )
})

type Mutable<T> = { -readonly [Key in keyof T]: T[Key] }
