import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { RecoveryState } from '../../../src/contract/recovery.ts'
import { type Answer, type Caller, start } from './caller.ts'
import { type Harness, openHarness, type Person } from './harness.ts'

let harness: Harness
let person: Person

beforeAll(async () => {
  harness = await openHarness()
  person = await harness.hire()
})

afterAll(() => harness?.close())

const steps = [
  'wrong totp',
  'right totp',
  'challenge',
  'wrong email',
  'right email',
  'plan',
  'commit',
  'relay',
  'complete',
  'abandon',
  'expire',
] as const
type Step = (typeof steps)[number]

/** What a recovery must be, from what was done so far: written without the product's own table. */
type Model = {
  state: RecoveryState
  failures: number
  totp: boolean
  email: boolean
  mailed: boolean
}

type Expected = { status: number[]; next: Model }

function isOver({ state }: Model): boolean {
  return ['locked', 'expired', 'abandoned', 'completed'].includes(state)
}

function refusalWhenOver({ state }: Model): number {
  return state === 'locked' ? 423 : state === 'expired' ? 410 : 409
}

function fail(model: Model): Expected {
  const failures = model.failures + 1
  if (failures < 5) return { status: [422], next: { ...model, failures } }
  return { status: [423], next: { ...model, failures, state: 'locked' } }
}

function pass(model: Model, proven: Partial<Model>): Expected {
  const next = { ...model, ...proven }
  if (next.totp && next.email) next.state = 'proven'
  return { status: [200], next }
}

function expected(step: Step, model: Model): Expected {
  const refused = { status: [409], next: model }
  if (step === 'abandon') {
    return { status: [204], next: isOver(model) ? model : { ...model, state: 'abandoned' } }
  }
  if (step === 'expire') {
    return { status: [0], next: isOver(model) ? model : { ...model, state: 'expired' } }
  }
  if (isOver(model)) return { status: [refusalWhenOver(model)], next: model }
  const proving = model.state === 'proving'
  switch (step) {
    case 'wrong totp':
      return proving && !model.totp ? fail(model) : refused
    case 'right totp':
      return proving && !model.totp ? pass(model, { totp: true }) : refused
    case 'challenge':
      return proving && !model.email ? { status: [200], next: { ...model, mailed: true } } : refused
    case 'wrong email':
      return proving && !model.email ? fail(model) : refused
    case 'right email':
      if (!proving || model.email) return refused
      return model.mailed ? pass(model, { email: true }) : fail(model)
    case 'plan':
      if (model.state !== 'proven' && model.state !== 'planned') return refused
      return { status: [200], next: { ...model, state: 'planned' } }
    case 'commit':
      if (model.state !== 'planned' && model.state !== 'committed') return refused
      return { status: [200], next: { ...model, state: 'committed' } }
    // Nobody has changed the temporary password, and nothing was planned as a relay.
    case 'relay':
    case 'complete':
      return refused
  }
}

async function perform(step: Step, caller: Caller, mailed: { code: string }): Promise<Answer> {
  const totp = (code: string) => caller.verify({ kind: 'totp', code })
  switch (step) {
    case 'wrong totp':
      return totp('000000')
    case 'right totp':
      return totp(await harness.code(person))
    case 'challenge': {
      const answer = await caller.challenge()
      if (answer.status === 200) mailed.code = await harness.mailed(person)
      return answer
    }
    case 'wrong email':
      return caller.verify({ kind: 'email', code: '000000' })
    case 'right email':
      return caller.verify({ kind: 'email', code: mailed.code })
    case 'plan':
      return caller.plan()
    case 'commit':
      return caller.commit()
    case 'relay': {
      const sealed = { enc: 'AA', ciphertext: 'AA' }
      return caller.send('POST', '/relay', { keyId: 'abcdefgh', sealed })
    }
    case 'complete':
      return caller.send('POST', '/complete')
    case 'abandon':
      return caller.send('DELETE', '')
    case 'expire':
      harness.pass(10 * 60_000 + 1)
      await harness.sweep()
      return { status: 0, headers: {}, body: {} }
  }
}

async function checkWalk(walk: readonly Step[]): Promise<void> {
  // A quiet hour and more: codes, caps and counters of other walks play no part in this one.
  harness.pass(3 * 60 * 60_000)
  const caller = await start(harness, person.account)
  const mailed = { code: '000000' }
  let model: Model = { state: 'proving', failures: 0, totp: false, email: false, mailed: false }
  let commits = 0
  for (const step of walk) {
    if (step === 'commit' && ++commits > 3) continue
    const { status, next } = expected(step, model)
    const answer = await perform(step, caller, mailed)
    expect(status, `${step} in ${model.state}: ${JSON.stringify(answer.body)}`).toContain(
      answer.status,
    )
    model = next
    const now = await caller.send<{ state: string }>('GET', '')
    expect(now.body.state, `after ${step}`).toBe(model.state)
  }
  await caller.send('DELETE', '')
  await harness.sweep()
}

const honest: Step[] = ['right totp', 'challenge', 'right email', 'plan', 'commit']

test.each(['plan', 'commit', 'relay', 'complete'] as const)(
  '%s does nothing before its turn',
  async (step) => {
    for (let length = 0; length < honest.length; length++) {
      const before = honest.slice(0, length)
      if (step === 'plan' && length >= 3) break
      if (step === 'commit' && length >= 4) break
      await checkWalk([...before, step])
    }
  },
)

test.each<{ end: string; how: Step[] }>([
  { end: 'locked', how: Array(5).fill('wrong totp') },
  { end: 'expired', how: ['expire'] },
  { end: 'abandoned', how: ['abandon'] },
])('a recovery that is $end says so at every step, planned or not', async ({ how }) => {
  const late: Step[] = ['right totp', 'challenge', 'plan', 'commit', 'relay', 'complete']
  await checkWalk([...how, ...late])
})

test('steps that are skipped, reordered and repeated at random never lead further than their proofs', async () => {
  const free = fc.constantFrom(...steps)
  // Random steps between the honest ones, so that the later states are visited as well.
  const woven = fc
    .tuple(...honest.map(() => fc.array(free, { maxLength: 1 })))
    .map((between) => honest.flatMap((step, index) => [step, ...(between[index] ?? [])]))
  const walks = fc.oneof(fc.array(free, { minLength: 1, maxLength: 8 }), woven)
  await fc.assert(fc.asyncProperty(walks, checkWalk), { numRuns: 25 })
}, 120_000)
