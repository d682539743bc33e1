import { afterAll, beforeAll, expect, test } from 'vitest'
import { createDpopKey, createDpopProof } from '../../../src/sealing/dpop.ts'
import { type Answer, request, start } from './caller.ts'
import { type Harness, openHarness, origin } from './harness.ts'

let harness: Harness

beforeAll(async () => {
  harness = await openHarness()
})

afterAll(() => harness?.close())

/** Everything of an answer that a caller can see, without what is new each time. */
function shapeOf({ status, headers, body }: Answer) {
  const { 'x-request-id': _, date: __, ...others } = headers
  return { status, headers: others, body: { ...body, requestId: 'any' } }
}

test('a token of one recovery opens no other, and the refusal is the one of a wrong token', async () => {
  const [a, b] = [await start(harness, 'somebody'), await start(harness, 'somebody-else')]
  const calls: readonly (readonly ['GET' | 'POST' | 'DELETE', string, unknown?])[] = [
    ['GET', ''],
    ['POST', `/methods/${b.offer('email')}/challenge`],
    ['POST', `/methods/${b.offer('totp')}/verify`, { kind: 'totp', code: '123456' }],
    ['POST', '/plan', { reachable: [], sealingKey: b.keys.publicKey }],
    ['POST', '/commit'],
    ['POST', '/relay', { keyId: 'abcdefgh', sealed: { enc: 'AA', ciphertext: 'AA' } }],
    ['POST', '/complete'],
    ['DELETE', ''],
  ]
  for (const [method, path, body] of calls) {
    const refusals = [
      // A's token with A's key, A's token with B's key, B's token with A's key.
      await b.send(method, path, body, { token: a.token, key: a.key }),
      await b.send(method, path, body, { token: a.token }),
      await b.send(method, path, body, { key: a.key }),
      await b.send(method, path, body, { token: 'x'.repeat(43) }),
    ]
    for (const refusal of refusals) {
      expect(refusal, `${method} ${path}`).toMatchObject({
        status: 401,
        body: { code: 'unauthorized' },
      })
      expect(shapeOf(refusal)).toEqual(shapeOf(refusals[3] as Answer))
      expect(refusal.headers['www-authenticate']).toBe('DPoP algs="ES256"')
    }
  }
  expect((await b.send('GET', '')).body).toMatchObject({ state: 'proving', attemptsLeft: 5 })
})

test('a recovery that never was is refused like a foreign one', async () => {
  const caller = await start(harness, 'somebody')
  const url = `${origin}/api/v1/recoveries/AAAAAAAAAAAAAAAAAAAAAA`
  const { key, token } = caller
  const proof = await createDpopProof(key, { method: 'GET', url, token, now: harness.now() })
  const headers = { authorization: `DPoP ${token}`, dpop: proof }
  const never = await request(harness, 'GET', '/AAAAAAAAAAAAAAAAAAAAAA', undefined, headers)
  const foreign = await caller.send('GET', '', undefined, { token: 'x'.repeat(43) })
  expect(shapeOf(never)).toEqual(shapeOf(foreign))
})

test('a proof is good for one request, one method, one address, one token and a short time', async () => {
  const caller = await start(harness, 'somebody')
  const { key, token, recoveryId } = caller
  const right = { method: 'GET', url: `${origin}/api/v1/recoveries/${recoveryId}`, token }
  const now = harness.now()
  const send = (proof: string) => caller.send('GET', '', undefined, { proof })
  const once = await createDpopProof(key, { ...right, now })
  expect((await send(once)).status).toBe(200)
  expect(await send(once)).toMatchObject({ status: 401, body: { code: 'unauthorized' } })
  for (const wrong of [
    { ...right, method: 'POST' },
    { ...right, url: `${right.url}/plan` },
    { ...right, url: right.url.replace('reset.', 'evil.') },
    { ...right, token: 'y'.repeat(43) },
  ]) {
    const proof = await createDpopProof(key, { ...wrong, now })
    expect(await send(proof)).toMatchObject({ status: 401, body: { code: 'unauthorized' } })
  }
  for (const minutes of [-6, 6]) {
    const proof = await createDpopProof(key, { ...right, now: now + minutes * 60_000 })
    const answer = await send(proof)
    expect(answer).toMatchObject({ status: 401, body: { code: 'clock_skew' } })
  }
  for (const minutes of [-4, 4]) {
    const proof = await createDpopProof(key, { ...right, now: now + minutes * 60_000 })
    expect((await send(proof)).status).toBe(200)
  }
  const two = `${await createDpopProof(key, { ...right, now })}, ${await createDpopProof(key, { ...right, now })}`
  expect((await send(two)).status).toBe(401)
})

test('two hundred replays of one proof have one effect', async () => {
  const caller = await start(harness, 'somebody')
  const { key, token, recoveryId } = caller
  const url = `${origin}/api/v1/recoveries/${recoveryId}`
  const proof = await createDpopProof(key, { method: 'GET', url, token, now: harness.now() })
  const answers = await Promise.all(
    Array.from({ length: 200 }, () => caller.send('GET', '', undefined, { proof })),
  )
  expect(answers.filter(({ status }) => status === 200)).toHaveLength(1)
})

test('without token, without proof, or with the token as a plain bearer, nothing is answered', async () => {
  const caller = await start(harness, 'somebody')
  const { token } = caller
  for (const headers of [
    { authorization: '' },
    { authorization: `Bearer ${token}` },
    { dpop: '' },
    { dpop: 'not.a.proof' },
  ]) {
    const answer = await caller.send('GET', '', undefined, { headers })
    expect(answer).toMatchObject({ status: 401, body: { code: 'unauthorized' } })
  }
  const unproven = await request(harness, 'POST', '', { account: 'a', purpose: 'reset' }, {})
  expect(unproven).toMatchObject({ status: 401, body: { code: 'unauthorized' } })
})

test('what a caller adds of their own - mail, phone, account - is refused by name', async () => {
  const key = await createDpopKey()
  const url = `${origin}/api/v1/recoveries`
  const add = async (more: object) => {
    const proof = await createDpopProof(key, { method: 'POST', url, now: harness.now() })
    const body = { account: 'somebody', purpose: 'reset', ...more }
    return request(harness, 'POST', '', body, { dpop: proof })
  }
  for (const field of ['mail', 'phone', 'required', 'accountId']) {
    expect(await add({ [field]: 'me@evil.example' })).toMatchObject({
      status: 400,
      body: { code: 'invalid_request', fields: [field] },
    })
  }
  const caller = await start(harness, 'somebody')
  const path = `/methods/${caller.offer('email')}`
  const to = { to: 'me@evil.example' }
  expect(await caller.send('POST', `${path}/challenge`, to)).toMatchObject({ status: 400 })
  const proof = { kind: 'email', code: '123456', ...to }
  expect(await caller.send('POST', `${path}/verify`, proof)).toMatchObject({
    status: 400,
    body: { fields: ['to'] },
  })
  expect(await caller.send('GET', '?admin=1')).toMatchObject({ status: 400 })
})

test('a code for one recovery, or one method, is nothing in another', async () => {
  const person = await harness.hire()
  const [first, second] = [
    await start(harness, person.account),
    await start(harness, person.account),
  ]
  await first.challenge()
  const code = await harness.mailed(person)
  expect(await second.verify({ kind: 'email', code })).toMatchObject({
    status: 422,
    body: { code: 'proof_refused', attemptsLeft: 4 },
  })
  const totp = await harness.code(person)
  const asMail = { kind: 'email', code: totp } as const
  expect(await first.verify(asMail)).toMatchObject({ body: { code: 'proof_refused' } })
  // The kind is the offer's, whatever the body says; and an offer of another recovery is none here.
  const mixed = await first.send('POST', `/methods/${first.offer('email')}/verify`, {
    kind: 'totp',
    code: totp,
  })
  expect(mixed).toMatchObject({ status: 400, body: { fields: ['kind'] } })
  const foreign = await first.send('POST', `/methods/${second.offer('totp')}/verify`, {
    kind: 'totp',
    code: totp,
  })
  expect(foreign).toMatchObject({ status: 404 })
  expect((await first.verify({ kind: 'email', code })).status).toBe(200)
})
