import { get, type IncomingMessage } from 'node:http'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { PhoneStatus } from '../../../src/contract/push.ts'
import { RecoveryStatus } from '../../../src/contract/recovery.ts'
import { createEventParser } from '../../../src/contract/server-events.ts'
import { createDpopProof, type DpopKey } from '../../../src/sealing/dpop.ts'
import { type Caller, start } from '../recovery/caller.ts'
import { type Harness, openHarness, origin } from '../recovery/harness.ts'
import { givePhone } from './phone.ts'

let harness: Harness
let base: string

beforeAll(async () => {
  const policy = { required: 2, methods: ['push', 'totp', 'email'] }
  harness = await openHarness({ sections: { policy } })
  base = await harness.app.listen({ host: '127.0.0.1', port: 0 })
})

afterAll(() => harness?.close())

/** What is heard on a line, as it comes. */
async function listen(
  path: string,
  { key, token, address = '10.9.8.7' }: { key: DpopKey; token?: string; address?: string },
) {
  const url = `${origin}/api/v1${path}`
  const bound = token === undefined ? { body: '' } : { token }
  const proof = await createDpopProof(key, { method: 'GET', url, now: harness.now(), ...bound })
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    const headers = {
      ...{ 'x-forwarded-proto': 'https', 'x-forwarded-for': address, dpop: proof },
      ...(token === undefined ? {} : { authorization: `DPoP ${token}` }),
    }
    get(`${base}/api/v1${path}`, { headers, agent: false }, resolve).on('error', reject)
  })
  const events: unknown[] = []
  const parse = createEventParser()
  response.setEncoding('utf8')
  response.on('data', (text: string) => {
    if (response.statusCode === 200) events.push(...parse(text).map((event) => JSON.parse(event)))
  })
  const ended = new Promise<string>((resolve) => {
    response.on('end', () => resolve('ended')).on('error', () => resolve('hung up'))
  })
  return { status: response.statusCode, events, ended, hangUp: () => response.destroy() }
}

const ask = (caller: Caller) =>
  caller.send<{ number: string }>('POST', `/methods/${caller.offer('push')}/challenge`)
const asRecovery = ({ key, token, recoveryId }: Caller) =>
  [`/recoveries/${recoveryId}/events`, { key, token }] as const

it('nobody listens without the token and the key of the recovery', async () => {
  const caller = await start(harness, 'somebody')
  const other = await start(harness, 'somebody')
  const [path] = asRecovery(caller)
  const foreign = [
    { key: other.key, token: caller.token },
    { key: caller.key, token: other.token },
    { key: other.key, token: other.token },
    { key: caller.key },
  ]
  for (const shown of foreign) expect((await listen(path, shown)).status).toBe(401)
})

it('a workstation hears of the phone’s answer, with which the line ends', async () => {
  const person = await harness.hire()
  const phone = await givePhone(harness, person)
  const caller = await start(harness, person.account)
  const question = await listen('/phone/events', { key: phone.key })
  const asked = await ask(caller)
  const line = await listen(...asRecovery(caller))
  await expect
    .poll(() => question.events.at(-1), { timeout: 5_000 })
    .toMatchObject({
      request: { purpose: 'reset' },
    })
  await phone.approve(asked.body.number)
  expect(await line.ended).toBe('ended')
  expect(line.events.at(-1)).toMatchObject({ phone: 'approved', remaining: 1 })
  await expect
    .poll(() => question.events.at(-1), { timeout: 5_000 })
    .toMatchObject({
      request: null,
    })
  for (const event of line.events) expect(RecoveryStatus.safeParse(event).success).toBe(true)
  for (const event of question.events) expect(PhoneStatus.safeParse(event).success).toBe(true)
  question.hangUp()
})

it('a line that waits for no phone says where it stands, and ends', async () => {
  const caller = await start(harness, 'somebody-else')
  const line = await listen(...asRecovery(caller))
  expect(await line.ended).toBe('ended')
  expect(line.events).toMatchObject([{ state: 'proving' }])
})

it('a line ends with its recovery', async () => {
  const caller = await start(harness, 'somebody-else')
  await ask(caller)
  const line = await listen(...asRecovery(caller))
  expect((await caller.send('DELETE', '')).status).toBe(204)
  expect(await line.ended).toBe('ended')
})

it('one recovery and one phone have two lines each', async () => {
  const phone = await givePhone(harness, await harness.hire())
  const caller = await start(harness, 'somebody-at-home')
  await ask(caller)
  for (const [path, shown] of [
    asRecovery(caller),
    ['/phone/events', { key: phone.key }] as const,
  ]) {
    const lines = []
    for (const address of ['10.81.0.1', '10.82.0.1', '10.83.0.1']) {
      lines.push(await listen(path, { ...shown, address }))
    }
    expect(lines.map(({ status }) => status)).toEqual([200, 200, 429])
    for (const line of lines) line.hangUp()
  }
})

it('a phone that is removed hears no more', async () => {
  const person = await harness.hire()
  const phone = await givePhone(harness, person)
  const line = await listen('/phone/events', { key: phone.key })
  await expect.poll(() => line.events.length).toBe(1)
  await harness.read((tx) => tx.methods.remove(phone.methodId, person.accountId))
  expect(await line.ended).toBe('ended')
})

it('one network has thirty lines at most over all routes, and who hangs up makes room', async () => {
  const address = '10.77.0.1'
  const lines = []
  const person = await harness.hire()
  for (let count = 0; count < 15; count += 1) {
    const { key } = await givePhone(harness, person)
    lines.push(await listen('/phone/events', { key, address }))
    lines.push(await listen('/phone/events', { key, address }))
  }
  const caller = await start(harness, 'somebody')
  await ask(caller)
  const [path, shown] = asRecovery(caller)
  expect((await listen(path, { ...shown, address })).status).toBe(429)
  const elsewhere = await listen(path, { ...shown, address: '10.78.0.1' })
  expect(elsewhere.status).toBe(200)
  elsewhere.hangUp()
  lines[0]?.hangUp()
  await expect
    .poll(
      async () => {
        const line = await listen(path, { ...shown, address })
        line.hangUp()
        return line.status
      },
      { timeout: 8_000 },
    )
    .toBe(200)
  for (const line of lines) line.hangUp()
})

it('a server that stops lets nobody wait', async () => {
  const caller = await start(harness, 'somebody-waiting')
  await ask(caller)
  const line = await listen(...asRecovery(caller))
  const startedAt = performance.now()
  await harness.app.close()
  expect(await line.ended).toBe('ended')
  expect(performance.now() - startedAt).toBeLessThan(5_000)
})
