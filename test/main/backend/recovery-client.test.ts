import { describe, expect, test } from 'vitest'
import { err, ok } from '../../../src/contract/result.ts'
import { startRecovery } from '../../../src/main/backend/recovery-client.ts'
import { createServerClock } from '../../../src/main/backend/server-clock.ts'
import type { BackendRequest, Transport } from '../../../src/main/backend/transport.ts'
import { verifyDpopProof } from '../../../src/sealing/dpop-verify.ts'

const origin = 'https://reset.example.com'
const now = Date.parse('2026-11-23T09:00:00Z')
const date = new Date(now).toUTCString()
const status = {
  recoveryId: 'recovery-1',
  purpose: 'reset',
  state: 'proving',
  expiresAt: '2026-11-23T09:10:00.000Z',
  required: 2,
  remaining: 2,
  attemptsLeft: 5,
  methods: [{ methodId: 'method-1', kind: 'totp', proven: false }],
} as const
const started = { ...status, token: 'token-1' }

type Answer = object | 'unreachable' | 'untrusted'

const json = (value: unknown, code = 200) => ({
  ...{ status: code, contentType: 'application/json', date, body: JSON.stringify(value) },
})
const problem = (code: string, statusCode: number, more: object = {}) => ({
  ...json({ type: 'about:blank', title: 'x', status: statusCode, code, ...more }, statusCode),
  contentType: 'application/problem+json; charset=utf-8',
})

/** A wire that gives the answers of a list, one for each request. */
function wire(...answers: Answer[]) {
  const sent: BackendRequest[] = []
  const transport: Transport = async (request) => {
    sent.push(request)
    const answer = answers.shift() ?? 'unreachable'
    if (typeof answer === 'string') return err(`backend_${answer}` as const)
    return ok(answer as never)
  }
  return { sent, transport }
}

async function start(localNow: number, ...answers: Answer[]) {
  const { sent, transport } = wire(...answers)
  const listen = async () => err('backend_unreachable' as const)
  const options = { origin, transport, listen, clock: createServerClock(() => localNow) }
  const result = await startRecovery(options, { account: 'erika', purpose: 'reset' })
  return { result, sent }
}

async function open(...answers: Answer[]) {
  const { result, sent } = await start(now, json(started, 201), ...answers)
  if (!result.ok) throw new Error(result.error.code)
  sent.length = 0
  return { client: result.value.client, sent }
}

const proofOf = (request: BackendRequest | undefined) => request?.headers.dpop ?? ''
const seconds = { maxAgeSeconds: 1, maxSkewSeconds: 1 }

describe('a call fails', () => {
  test.each([
    ['a page of somebody else', { ...json({}), contentType: 'text/html', body: '<html>' }],
    ['another shape', json({ hello: 'world' })],
    ['a token that is no token', json({ ...started, token: '<script>' }, 201)],
    ['more than was agreed', json({ ...started, admin: true }, 201)],
    ['an error that is no problem document', json({ code: 'not_found' }, 404)],
    ['a problem with another status', problem('not_found', 404, { status: 200 })],
    ['a problem that nobody knows', problem('be_afraid', 400)],
  ])('when the answer is %s', async (_, answer) => {
    const { result } = await start(now, answer)
    expect(result).toEqual({ ok: false, error: { code: 'backend_unexpected' } })
  })

  test('with everything that the screens can use of a problem, and nothing else', async () => {
    const more = { attemptsLeft: 2, requestId: 'r-1', detail: 'internals', instance: '/x' }
    const { client } = await open(problem('proof_refused', 422, more))
    const verified = await client.verify('method-1', { kind: 'totp', code: '000000' })
    const error = { code: 'proof_refused', attemptsLeft: 2, requestId: 'r-1' }
    expect(verified).toEqual({ ok: false, error })
  })

  test('at once when the certificate is refused', async () => {
    const { client, sent } = await open('untrusted', json(status))
    expect(await client.status()).toEqual({ ok: false, error: { code: 'backend_untrusted' } })
    expect(sent).toHaveLength(1)
  })
})

describe('what must not happen twice is sent once', () => {
  test('a proof', async () => {
    const { client, sent } = await open('unreachable', json(status))
    const verified = await client.verify('method-1', { kind: 'totp', code: '000000' })
    expect(verified).toEqual({ ok: false, error: { code: 'backend_unreachable' } })
    expect(sent).toHaveLength(1)
  })

  test('a code by mail', async () => {
    const { client, sent } = await open('unreachable')
    expect((await client.challenge('method-1')).ok).toBe(false)
    expect(sent).toHaveLength(1)
  })

  test('a password through the backend', async () => {
    const { client, sent } = await open('unreachable')
    const sealed = { enc: 'AA', ciphertext: 'AA' }
    expect((await client.relay({ keyId: 'key-0001', sealed })).ok).toBe(false)
    expect(sent).toHaveLength(1)
  })

  test('a start: the account’s limits count it', async () => {
    const { sent } = await start(now, 'unreachable', json(started, 201))
    expect(sent).toHaveLength(1)
  })
})

test('what may be repeated is sent again once, with a new proof', async () => {
  const { client, sent } = await open('unreachable', json(status))
  expect(await client.status()).toEqual({ ok: true, value: status })
  expect(sent).toHaveLength(2)
  expect(proofOf(sent[0])).not.toBe(proofOf(sent[1]))
  const again = await open('unreachable', 'unreachable', json(status))
  expect((await again.client.status()).ok).toBe(false)
  expect(again.sent).toHaveLength(2)
})

test('a commit is sent again, but a refusal of the second does not vouch for the first', async () => {
  const temporaryPassword = { enc: 'AA', ciphertext: 'AA' }
  const committed = json({ mode: 'direct', temporaryPassword })
  const lucky = await open('unreachable', committed)
  expect(await lucky.client.commit()).toMatchObject({ ok: true })
  const { client, sent } = await open('unreachable', problem('write_in_progress', 409))
  expect(await client.commit()).toEqual({ ok: false, error: { code: 'backend_unreachable' } })
  expect(sent).toHaveLength(2)
  const refused = await open(problem('write_in_progress', 409), committed)
  expect(await refused.client.commit()).toEqual({ ok: false, error: { code: 'write_in_progress' } })
  expect(refused.sent).toHaveLength(1)
})

test('a clock that is off is learnt from the server, once', async () => {
  const wrong = now - 3_600_000
  const skewed = problem('clock_skew', 401)
  const { result, sent } = await start(wrong, skewed, json(started, 201))
  expect(result.ok).toBe(true)
  const expected = { method: 'POST', url: `${origin}/api/v1/recoveries`, ...seconds }
  const first = verifyDpopProof(proofOf(sent[0]), { ...expected, now })
  expect(first).toEqual({ ok: false, error: { code: 'clock_skew' } })
  expect(verifyDpopProof(proofOf(sent[1]), { ...expected, now })).toMatchObject({ ok: true })
  const stubborn = await start(wrong, skewed, skewed, json(started, 201))
  expect(stubborn.result).toEqual({ ok: false, error: { code: 'clock_skew' } })
  expect(stubborn.sent).toHaveLength(2)
})

test('without a date to learn from, the refusal stands', async () => {
  const skewed = { ...problem('clock_skew', 401), date: 'yesterday' }
  const { result, sent } = await start(now, skewed, json(started, 201))
  expect(result).toEqual({ ok: false, error: { code: 'clock_skew' } })
  expect(sent).toHaveLength(1)
})

test('every call carries the token and a proof that is bound to it, to the method and the address', async () => {
  const { client, sent } = await open(json(status), json(status))
  await client.status()
  await client.verify('method-1', { kind: 'totp', code: '123456' })
  const calls = [
    ['GET', `${origin}/api/v1/recoveries/recovery-1`],
    ['POST', `${origin}/api/v1/recoveries/recovery-1/methods/method-1/verify`],
  ] as const
  const thumbprints = new Set<string>()
  for (const [index, [method, url]] of calls.entries()) {
    const request = sent[index]
    expect(request).toMatchObject({ method, url })
    expect(request?.headers.authorization).toBe('DPoP token-1')
    const expected = { method, url, token: 'token-1', now, ...seconds }
    const verified = verifyDpopProof(proofOf(request), expected)
    if (!verified.ok) throw new Error(verified.error.code)
    thumbprints.add(verified.value.thumbprint)
  }
  expect(thumbprints.size).toBe(1)
})

test('another recovery has another key', async () => {
  const keys = await Promise.all(
    [1, 2].map(async () => {
      const { sent } = await start(now, json(started, 201))
      const expected = { method: 'POST', url: sent[0]?.url ?? '', now, ...seconds }
      const verified = verifyDpopProof(proofOf(sent[0]), expected)
      return verified.ok ? verified.value.thumbprint : ''
    }),
  )
  expect(keys[0]).not.toBe('')
  expect(keys[0]).not.toBe(keys[1])
})

test('an identifier cannot leave its place in the address', async () => {
  const { client, sent } = await open(json(status))
  await client.challenge('../../admin?x=#')
  expect(sent[0]?.url).toBe(
    `${origin}/api/v1/recoveries/recovery-1/methods/..%2F..%2Fadmin%3Fx%3D%23/challenge`,
  )
})
