import { afterAll, beforeAll, beforeEach, describe, expect, it, onTestFinished } from 'vitest'
import { vapidKey } from '../../../src/server/push/vapid-keys.ts'
import { openLab, uniqueName } from '../../helpers/lab.ts'
import { storeEngines } from '../../helpers/stack.ts'
import { start } from '../recovery/caller.ts'
import { type Harness, openHarness } from '../recovery/harness.ts'
import { givePhone } from './phone.ts'
import { newReceiver, type PushService, readVapid, startPushService } from './push-service.ts'

describe.each(storeEngines)('a message to a phone, on %s', (engine) => {
  let harness: Harness
  let service: PushService

  beforeAll(async () => {
    const { serverCertificate, caFile } = await openLab()
    service = await startPushService(serverCertificate)
    harness = await openHarness({
      engine,
      sections: {
        policy: { required: 2, methods: ['push', 'totp', 'email'] },
        push: { services: [service.host], caFile },
      },
    })
  })

  afterAll(async () => {
    await harness?.close()
    await service?.close()
  })

  beforeEach(() => {
    service.received.length = 0
    service.answers = { status: 201 }
  })

  /** Somebody with a phone that may be knocked at. */
  async function subscribed() {
    const person = await harness.hire()
    const phone = await givePhone(harness, person)
    const receiver = newReceiver()
    const path = `/push/${uniqueName('phone')}`
    const endpoint = `https://${service.host}${path}`
    const subscription = { endpoint, keys: receiver.keys }
    const kept = await phone.send('PUT', '/phone/subscription', { subscription })
    expect(kept.status).toBe(204)
    return { person, phone, receiver, path }
  }
  const ask = async (account: string) => {
    const caller = await start(harness, account)
    const path = `/methods/${caller.offer('push')}/challenge`
    return (await caller.send<{ number: string }>('POST', path)).body
  }
  const stored = (methodId: string) =>
    harness.read(async (tx) => (await tx.pushDevices.find(methodId))?.subscription ?? null)

  it.each([
    ['a host that is not on the list', 'https://localhost:1/push'],
    ['the same host on another port', 'https://localhost/push'],
    ['an address inside the network', 'https://10.0.0.1/push'],
    ['a host that only looks like one', 'https://fcm.googleapis.com.evil.example/push'],
    ['plain HTTP', 'http://fcm.googleapis.com/push'],
  ])('is never sent to %s', async (_, endpoint) => {
    const phone = await givePhone(harness, await harness.hire())
    const subscription = { endpoint, keys: newReceiver().keys }
    const answer = await phone.send('PUT', '/phone/subscription', { subscription })
    expect(answer).toMatchObject({ status: 400, body: { code: 'invalid_request' } })
    expect(await stored(phone.methodId)).toBeNull()
  })

  it('is not sent to an address that was taken off the list', async () => {
    const { person, phone } = await subscribed()
    const { secrets, store } = harness.parts.dependencies
    const { serverCertificate } = await openLab()
    const off = await startPushService(serverCertificate)
    onTestFinished(() => off.close())
    const elsewhere = { endpoint: `https://${off.host}/x`, keys: newReceiver().keys }
    const id = { id: phone.methodId, accountId: person.accountId }
    const sealed = secrets.sealMethodSecret(id, JSON.stringify(elsewhere))
    await store.transaction((tx) => tx.pushDevices.subscribe(phone.methodId, sealed))
    await ask(person.account)
    expect((await phone.status()).request).not.toBeNull()
    await new Promise((resolve) => setTimeout(resolve, 300))
    expect([...off.received, ...service.received]).toEqual([])
  })

  it('is encrypted to the phone, signed by the organisation, and says nothing but that there is one', async () => {
    const { person, phone, receiver, path } = await subscribed()
    const { number } = await ask(person.account)
    await expect.poll(() => service.received.length).toBe(1)
    const [message] = service.received
    if (!message) throw new Error('nothing came')
    expect(message.path).toBe(path)
    expect(message.headers).toMatchObject({
      ...{ ttl: '120', urgency: 'high', 'content-encoding': 'aes128gcm' },
    })
    const text = receiver.decrypt(message.body)
    expect(Object.keys(JSON.parse(text))).toEqual(['expiresAt'])
    expect(text).not.toContain(person.account)
    expect(`${JSON.stringify(message.headers)}${message.path}`).not.toContain(person.account)
    expect(text).not.toContain(`"${number}"`)
    expect(() => newReceiver().decrypt(message.body)).toThrow()
    const { pushKey } = await phone.status()
    const claims = readVapid(message, pushKey)
    const nowSeconds = Date.now() / 1000
    expect(claims).toMatchObject({
      ...{ aud: `https://${service.host}`, sub: 'mailto:latchkey@example.com' },
    })
    // RFC 8292 §2: at most a day ahead.
    expect(claims.exp).toBeGreaterThan(nowSeconds)
    expect(claims.exp).toBeLessThanOrEqual(nowSeconds + 24 * 3600)
  })

  it('goes to nobody for a stranger, and for somebody whose caps are full', async () => {
    await subscribed()
    await ask('nobody-of-this-name')
    await new Promise((resolve) => setTimeout(resolve, 300))
    expect(service.received).toEqual([])
  })

  it.each([404, 410])('ends the subscription when the service says %s', async (status) => {
    const { person, phone } = await subscribed()
    service.answers = { status }
    await ask(person.account)
    await expect.poll(() => stored(phone.methodId)).toBeNull()
    expect((await phone.status()).request).not.toBeNull()
  })

  it('follows no redirect, and the question stands without it', async () => {
    const { person, phone } = await subscribed()
    const location = `https://${service.host}/elsewhere`
    service.answers = { status: 307, headers: { location } }
    await ask(person.account)
    await expect.poll(() => harness.logged.some(({ event }) => event === 'push_failed')).toBe(true)
    expect(service.received.map(({ path }) => path)).not.toContain('/elsewhere')
    expect(await stored(phone.methodId)).not.toBeNull()
    expect((await phone.status()).request).not.toBeNull()
  })

  it('is sealed at rest: neither the address nor the key of the organisation lies open', async () => {
    const { phone } = await subscribed()
    const sealed = await stored(phone.methodId)
    expect(sealed).not.toContain(service.host)
    const record = await harness.read((tx) => tx.vapidKeys.find())
    const { envelope, dependencies } = harness.parts
    const opened = await vapidKey(dependencies.store, envelope, 1)
    expect(opened?.publicKey).toBe(record?.publicKey)
    expect(record?.privateKey).not.toContain(opened?.privateKey)
    // The same for every replica, and after a restart.
    expect((await phone.status()).pushKey).toBe(record?.publicKey)
  })
})
