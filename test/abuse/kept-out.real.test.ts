import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { start } from '../server/recovery/caller.ts'
import { type Harness, openHarness, type Person } from '../server/recovery/harness.ts'

const minute = 60_000

let harness: Harness

beforeAll(async () => {
  harness = await openHarness()
})

afterAll(() => harness?.close())

/** Somebody who knows a name and nothing else asks for as many codes as they are given. */
async function askForCodes(on: Harness, names: readonly string[], address = '203.0.113.9') {
  for (const name of names) {
    const stranger = await start(on, name, 'reset', address)
    for (let codes = 0; codes < 3; codes += 1) await stranger.challenge({ address })
  }
}

/** … and fails proofs of every kind, until no more are taken. */
async function failProofs(on: Harness, name: string) {
  for (const kind of ['totp', 'email'] as const) {
    for (let recoveries = 0; recoveries < 4; recoveries += 1) {
      const stranger = await start(on, name)
      for (let tries = 0; tries < 4; tries += 1) await stranger.verify({ kind, code: '000000' })
    }
  }
}

async function proveApp(on: Harness, person: Person) {
  const owner = await start(on, person.account)
  const byApp = await owner.verify({ kind: 'totp', code: await on.code(person) })
  expect(byApp.status).toBe(200)
  return owner
}

describe('an owner who has proven the app is not kept out', () => {
  test('by codes that a stranger asks for under the same name', async () => {
    const person = await harness.hire()
    await askForCodes(harness, [person.account, `CORP\\${person.account}`, person.account])
    // Theirs arrive too, as they did before; the owner reads the newest.
    await harness.deliver()
    const owner = await proveApp(harness, person)
    const sent = await owner.challenge()
    expect(sent).toMatchObject({ status: 200 })
    const byMail = await owner.verify({ kind: 'email', code: await harness.mailed(person) })
    expect(byMail).toMatchObject({ status: 200, body: { state: 'proven' } })
  })

  test('by proofs that a stranger fails under the same name, for as long as they like', async () => {
    const person = await harness.hire()
    const owner = await proveApp(harness, person)
    await failProofs(harness, person.account)
    await failProofs(harness, `CORP\\${person.account}`)
    await owner.challenge()
    const byMail = await owner.verify({ kind: 'email', code: await harness.mailed(person) })
    expect(byMail).toMatchObject({ status: 200, body: { state: 'proven' } })
  })

  test('by codes that strangers ask for under any name, from any address', async () => {
    const small = await openHarness({
      sections: { limits: { codesInAll: 6, codesFromAddress: 4 } },
    })
    onTestFinished(() => small.close())
    const person = await small.hire()
    await askForCodes(small, ['nobody-one', 'nobody-two'], '203.0.113.9')
    await askForCodes(small, ['nobody-three'], '10.1.2.3')
    const other = await start(small, 'nobody-four')
    expect((await other.challenge()).status).toBe(429)
    const owner = await proveApp(small, person)
    expect((await owner.challenge()).status).toBe(200)
    const byMail = await owner.verify({ kind: 'email', code: await small.mailed(person) })
    expect(byMail.status).toBe(200)
  })
})

describe('whoever holds the app alone is still limited', () => {
  test('to a few codes an hour, over all recoveries', async () => {
    const person = await harness.hire()
    const statuses: number[] = []
    for (let recoveries = 0; recoveries < 3; recoveries += 1) {
      harness.pass(minute)
      const thief = await proveApp(harness, person)
      for (let codes = 0; codes < 3; codes += 1) statuses.push((await thief.challenge()).status)
    }
    expect(statuses).toEqual([200, 200, 200, 200, 200, 200, 429, 429, 429])
  })

  test('to ten guesses at the code before each further one waits', async () => {
    const person = await harness.hire()
    const answers: string[] = []
    for (let recoveries = 0; recoveries < 3; recoveries += 1) {
      harness.pass(30_000)
      const thief = await proveApp(harness, person)
      if (recoveries === 0) await thief.challenge()
      for (let tries = 0; tries < 4; tries += 1) {
        const { body } = await thief.verify({ kind: 'email', code: '000000' })
        answers.push(String(body.code))
      }
    }
    expect(answers.slice(0, 10)).toEqual(Array(10).fill('proof_refused'))
    expect(answers.slice(10)).toEqual(['too_many_attempts', 'too_many_attempts'])
    // And nobody else waits for it.
    const stranger = await start(harness, person.account)
    expect((await stranger.verify({ kind: 'email', code: '000000' })).body.code).toBe(
      'proof_refused',
    )
  })
})

test('codes of one /64 are counted together, whichever of its addresses asks', async () => {
  const small = await openHarness({ sections: { limits: { codesFromAddress: 2 } } })
  onTestFinished(() => small.close())
  const statuses: number[] = []
  for (const address of ['2001:db8:0:7::1', '2001:db8:0:7::2', '2001:db8:0:7:9::3']) {
    const stranger = await start(small, `nobody-${address.length}`, 'reset', address)
    statuses.push((await stranger.challenge({ address })).status)
  }
  expect(statuses).toEqual([200, 200, 429])
})
