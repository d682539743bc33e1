import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Answer, type Caller, start } from '../server/recovery/caller.ts'
import { type Harness, openHarness, origin, type Person } from '../server/recovery/harness.ts'

// Every value that a caller can show belongs to one recovery, one method and one purpose.

let harness: Harness

beforeAll(async () => {
  harness = await openHarness()
})

afterAll(() => harness?.close())

const kinds = ['totp', 'email'] as const
const wrong = (kind: string) => ({ kind, code: '000000' })

test('all pairs of token, recovery and method: only those that belong together are heard', async () => {
  const people = await Promise.all(Array.from({ length: 3 }, () => harness.hire()))
  const callers = await Promise.all(people.map(({ account }) => start(harness, account)))
  const combinations = callers.flatMap((shown) =>
    callers.flatMap((asked) =>
      callers.flatMap((owner) => kinds.map((kind) => ({ shown, asked, owner, kind }))),
    ),
  )
  for (const { shown, asked, owner, kind } of combinations) {
    const tampering = { token: shown.token, key: shown.key }
    const path = `/methods/${owner.offer(kind)}`
    const send = (suffix: string, body?: object) =>
      asked.send('POST', `${path}${suffix}`, body, tampering)
    const isOwn = shown === asked && asked === owner
    const refusal = shown === asked ? 404 : 401
    const proofs = await Promise.all(kinds.map((one) => send('/verify', wrong(one))))
    const statuses = isOwn ? kinds.map((one) => (one === kind ? 422 : 400)) : [refusal, refusal]
    expect(proofs.map(({ status }) => status)).toEqual(statuses)
    const challenged = await send('/challenge')
    expect(challenged.status).toBe(isOwn ? (kind === 'email' ? 200 : 409) : refusal)
  }
  // Two own wrong proofs each, and nothing that somebody else did.
  for (const caller of callers) {
    expect((await caller.send('GET', '')).body).toMatchObject({ state: 'proving', attemptsLeft: 3 })
  }
})

test('the codes of one person are nothing in the recovery of another', async () => {
  const [one, other] = await Promise.all([harness.hire(), harness.hire()])
  const [mine, theirs] = [await start(harness, one.account), await start(harness, other.account)]
  await theirs.challenge()
  await mine.challenge()
  const foreign = await harness.mailed(other)
  const code = await harness.code(other)
  expect(await mine.verify({ kind: 'email', code: foreign })).toMatchObject({ status: 422 })
  expect(await mine.verify({ kind: 'totp', code })).toMatchObject({ status: 422 })
  expect(await theirs.verify({ kind: 'email', code: foreign })).toMatchObject({ status: 200 })
  expect(await theirs.verify({ kind: 'totp', code })).toMatchObject({ status: 200 })
})

/** Signed in to the portal, where a method can be confirmed anew. */
async function signIn({ account, password }: Person) {
  const send = async (url: string, payload: object | undefined, cookie = '') => {
    const headers = { 'x-forwarded-proto': 'https', origin, cookie }
    const body = payload === undefined ? {} : { payload }
    return harness.app.inject({ method: 'POST', url: `/api/v1${url}`, headers, ...body })
  }
  const signed = await send('/session', { account, password })
  expect(signed.statusCode).toBe(200)
  const cookie = String(signed.headers['set-cookie']).split(';')[0]
  return (url: string, payload?: object) => send(url, payload, cookie)
}

test('a code that was mailed for the portal is nothing in a recovery, nor the other way round', async () => {
  // With an app set up, the portal would mail none.
  const person = await harness.hire({}, ['email'])
  const portal = await signIn(person)
  const stepUp = `/session/step-up/${person.emailId}`
  expect((await portal(`${stepUp}/challenge`)).statusCode).toBeLessThan(300)
  const forPortal = await harness.mailed(person)
  const caller = await start(harness, person.account)
  await caller.challenge()
  const forRecovery = await harness.mailed(person)
  expect(await caller.verify({ kind: 'email', code: forPortal })).toMatchObject({ status: 422 })
  const crossed = await portal(`${stepUp}/verify`, { kind: 'email', code: forRecovery })
  expect(crossed.statusCode).toBe(422)
  expect(await caller.verify({ kind: 'email', code: forRecovery })).toMatchObject({ status: 200 })
  const right = await portal(`${stepUp}/verify`, { kind: 'email', code: forPortal })
  expect(right.statusCode).toBe(200)
})

test('what a caller adds of their own is refused at every step', async () => {
  const caller: Caller = await start(harness, 'somebody')
  const { publicKey } = caller.keys
  const sealed = { enc: 'AA', ciphertext: 'AA' }
  const steps: readonly (readonly [string, object])[] = [
    [`/methods/${caller.offer('totp')}/verify`, wrong('totp')],
    [`/methods/${caller.offer('email')}/challenge`, {}],
    ['/plan', { reachable: [], sealingKey: publicKey }],
    ['/commit', {}],
    ['/relay', { keyId: 'abcdefgh', sealed }],
    ['/complete', {}],
  ]
  const added = { mail: 'me@evil.example', userDn: 'CN=Administrator', mode: 'direct', required: 1 }
  for (const [path, body] of steps) {
    for (const [name, value] of Object.entries(added)) {
      const answer: Answer = await caller.send('POST', path, { ...body, [name]: value })
      expect(answer, `${path} with ${name}`).toMatchObject({
        status: 400,
        body: { code: 'invalid_request', fields: [name] },
      })
    }
    expect(await caller.send('POST', `${path}?user=admin`, body)).toMatchObject({ status: 400 })
  }
  const nested = { keyId: 'abcdefgh', sealed: { ...sealed, accountId: 'another' } }
  expect(await caller.send('POST', '/relay', nested)).toMatchObject({
    status: 400,
    body: { fields: ['sealed.accountId'] },
  })
  expect((await caller.send('GET', '')).body).toMatchObject({ attemptsLeft: 5, state: 'proving' })
})
