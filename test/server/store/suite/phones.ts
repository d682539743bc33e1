import { expect, test } from 'vitest'
import type { PushDeviceRecord } from '../../../../src/server/domain/ports/push-devices.ts'
import type { PushRequestRecord } from '../../../../src/server/domain/ports/push-requests.ts'
import { account, hour, method, minute, now } from '../records.ts'
import { allAtOnce, type StoreUnderTest } from './engine.ts'

const { accountId } = account
const callers = 200

function device(methodId: string, change: Partial<PushDeviceRecord> = {}): PushDeviceRecord {
  return {
    ...{ methodId, accountId, pairing: `secret-of-${methodId}`, pairingExpiresAt: now + minute },
    ...{ number: null, thumbprint: null, subscription: null, createdAt: now },
    ...change,
  }
}

function request(id: string, change: Partial<PushRequestRecord> = {}): PushRequestRecord {
  return {
    ...{ id, subject: 'recovery:r1:o1', recoveryId: 'r1', offerId: 'o1', accountId },
    ...{ number: '42', state: 'pending', purpose: 'reset', place: '203.0.113.x' },
    ...{ isAfterStrong: false, createdAt: now, expiresAt: now + 2 * minute },
    ...change,
  }
}

export function phones(store: StoreUnderTest): void {
  const paired = { thumbprint: 'key', number: '47' }

  test('a pairing secret goes to one of many phones, and not too late', async () => {
    await store.run(async (tx) => {
      await tx.methods.insert(method('m1', { kind: 'push' }))
      await tx.pushDevices.insert(device('m1'))
    })
    const late = await store.run((tx) => tx.pushDevices.pair('secret-of-m1', paired, now + minute))
    expect(late).toBe(false)
    const answers = await allAtOnce(store, callers, (tx, index) =>
      tx.pushDevices.pair('secret-of-m1', { ...paired, thumbprint: `key-${index}` }, now),
    )
    expect(answers.filter((won) => won)).toHaveLength(1)
    const found = await store.run((tx) => tx.pushDevices.find('m1'))
    expect(found).toMatchObject({ pairing: null, number: '47' })
    expect(await store.run((tx) => tx.pushDevices.findByPairing('secret-of-m1'))).toBeNull()
  })

  test('a phone is found by its key, and goes with its method', async () => {
    const other = device('m2', { accountId: 'another account', pairing: null, thumbprint: 'other' })
    await store.run(async (tx) => {
      await tx.methods.insert(method('m1', { kind: 'push' }))
      await tx.methods.insert(method('m2', { kind: 'push', accountId: 'another account' }))
      await tx.pushDevices.insert(device('m1'))
      await tx.pushDevices.insert(other)
      await tx.pushDevices.pair('secret-of-m1', paired, now)
      await tx.methods.rename('m1', 'Tablet')
    })
    const mine = device('m1', { pairing: null, ...paired })
    expect(await store.run((tx) => tx.pushDevices.findByThumbprint('key'))).toEqual(mine)
    expect(await store.run((tx) => tx.pushDevices.list(accountId))).toEqual([mine])
    expect((await store.run((tx) => tx.methods.find('m1')))?.label).toBe('Tablet')
    await store.run((tx) => tx.methods.remove('m1', accountId))
    expect(await store.run((tx) => tx.pushDevices.find('m1'))).toBeNull()
    expect(await store.run((tx) => tx.pushDevices.find('m2'))).toEqual(other)
  })

  test('a key belongs to one phone', async () => {
    await store.run(async (tx) => {
      await tx.methods.insert(method('m1', { kind: 'push' }))
      await tx.methods.insert(method('m2', { kind: 'push' }))
      await tx.pushDevices.insert(device('m1', { pairing: null, thumbprint: 'key' }))
    })
    const copy = device('m2', { pairing: null, thumbprint: 'key' })
    await expect(store.run((tx) => tx.pushDevices.insert(copy))).rejects.toThrow()
  })

  test('a subscription is forgotten only while it is the one that is gone', async () => {
    await store.run(async (tx) => {
      await tx.methods.insert(method('m1', { kind: 'push' }))
      await tx.pushDevices.insert(device('m1'))
      await tx.pushDevices.subscribe('m1', 'older')
      await tx.pushDevices.subscribe('m1', 'newer')
      await tx.pushDevices.subscribe('m1', null, 'older')
    })
    const subscription = () =>
      store.run(async (tx) => (await tx.pushDevices.find('m1'))?.subscription)
    expect(await subscription()).toBe('newer')
    await store.run((tx) => tx.pushDevices.subscribe('m1', null, 'newer'))
    expect(await subscription()).toBeNull()
  })

  test('a question is answered by one of many, and not too late', async () => {
    await store.run((tx) => tx.pushRequests.insert(request('q1')))
    const late = await store.run((tx) =>
      tx.pushRequests.advance('q1', 'pending', 'approved', now + 2 * minute),
    )
    expect(late).toBe(false)
    const answers = await allAtOnce(store, callers, (tx, index) =>
      tx.pushRequests.advance('q1', 'pending', index % 2 ? 'wrong' : 'approved', now),
    )
    expect(answers.filter((won) => won)).toHaveLength(1)
  })

  test('an account’s phones see the newest question that is open, and nobody else’s', async () => {
    await store.run(async (tx) => {
      await tx.pushRequests.insert(request('old', { expiresAt: now }))
      await tx.pushRequests.insert(request('strangers', { accountId: null, createdAt: now + 3 }))
      await tx.pushRequests.insert(request('others', { accountId: 'another account' }))
      await tx.pushRequests.insert(request('said', { state: 'wrong', createdAt: now + 2 }))
    })
    expect(await store.run((tx) => tx.pushRequests.pending(accountId, now))).toBeNull()
    const open = request('open', { createdAt: now + 1, subject: 'another', isAfterStrong: true })
    await store.run((tx) => tx.pushRequests.insert(open))
    expect(await store.run((tx) => tx.pushRequests.pending(accountId, now))).toEqual(open)
    const latest = await store.run((tx) => tx.pushRequests.latest('recovery:r1:o1'))
    expect(latest?.id).toBe('strangers')
    await store.run((tx) => tx.pushRequests.withdraw('another'))
    expect(await store.run((tx) => tx.pushRequests.pending(accountId, now))).toBeNull()
    const found = await store.run((tx) => tx.pushRequests.find('open'))
    expect(found).toEqual({ ...open, state: 'expired' })
  })

  test('questions are forgotten an hour after their time', async () => {
    await store.run(async (tx) => {
      await tx.pushRequests.insert(request('old', { expiresAt: now - hour }))
      await tx.pushRequests.insert(request('recent', { expiresAt: now - hour + 1 }))
      await tx.purge(now)
    })
    expect(await store.run((tx) => tx.pushRequests.find('old'))).toBeNull()
    expect(await store.run((tx) => tx.pushRequests.find('recent'))).not.toBeNull()
  })

  test('the first key for push services stays', async () => {
    expect(await store.run((tx) => tx.vapidKeys.find())).toBeNull()
    const key = { publicKey: 'public', privateKey: 'sealed', createdAt: now }
    await allAtOnce(store, callers, async (tx, index) => {
      await tx.vapidKeys.insert({ ...key, publicKey: `public-${index}` })
      return true
    })
    const kept = await store.run((tx) => tx.vapidKeys.find())
    await store.run((tx) => tx.vapidKeys.insert({ ...key, publicKey: 'later' }))
    expect(await store.run((tx) => tx.vapidKeys.find())).toEqual(kept)
  })
}
