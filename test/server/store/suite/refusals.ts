import { describe, expect, test } from 'vitest'
import {
  account,
  challenge,
  hour,
  method,
  minute,
  now,
  pass,
  recovery,
  session,
  write,
  writtenCode,
} from '../records.ts'
import type { StoreUnderTest } from './engine.ts'

export function refusals(store: StoreUnderTest): void {
  describe('a recovery', () => {
    test('is not found by another id, and not recorded twice', async () => {
      await store.run((tx) => tx.recoveries.insert(recovery('r1')))
      expect(await store.run((tx) => tx.recoveries.find('r2'))).toBeNull()
      await expect(store.run((tx) => tx.recoveries.insert(recovery('r1')))).rejects.toThrow()
    })

    test.each([
      ['at the limit', { attempts: 5 }, now],
      ['beyond it', { attempts: 6 }, now],
      ['when it is locked', { state: 'locked' as const }, now],
      ['when it is proven', { state: 'proven' as const }, now],
      ['when its time is over', {}, now + 10 * minute],
    ])('has no attempt left %s', async (_, change, at) => {
      await store.run((tx) => tx.recoveries.insert(recovery('r1', change)))
      expect(await store.run((tx) => tx.recoveries.reserveAttempt('r1', 5, at))).toBe(false)
      const after = await store.run((tx) => tx.recoveries.find('r1'))
      expect(after).toEqual(recovery('r1', change))
    })

    test('has no attempt at all when it does not exist', async () => {
      expect(await store.run((tx) => tx.recoveries.reserveAttempt('r1', 5, now))).toBe(false)
    })

    test('does not move from a state in which it is not', async () => {
      await store.run((tx) => tx.recoveries.insert(recovery('r1', { state: 'locked' })))
      const patch = { mode: 'direct', controller: 'dc2' } as const
      const moved = await store.run((tx) =>
        tx.recoveries.advance('r1', ['proving', 'proven'], 'planned', patch),
      )
      expect(moved).toBe(false)
      expect(await store.run((tx) => tx.recoveries.advance('r1', [], 'planned'))).toBe(false)
      const after = await store.run((tx) => tx.recoveries.find('r1'))
      expect(after).toEqual(recovery('r1', { state: 'locked' }))
    })

    test('does not move after its time, when the time is asked about', async () => {
      await store.run((tx) => tx.recoveries.insert(recovery('r1')))
      const late = now + 10 * minute
      const advance = (at?: number) =>
        store.run((tx) => tx.recoveries.advance('r1', ['proving'], 'proven', {}, at))
      expect(await advance(late)).toBe(false)
      expect(await advance()).toBe(true)
    })
  })

  describe('a written code', () => {
    const insert = (change: Parameters<typeof writtenCode>[0], owner = {}) =>
      store.run(async (tx) => {
        await tx.methods.insert(method('m1', { kind: 'recoveryCode', confirmedAt: now, ...owner }))
        await tx.writtenCodes.insert([writtenCode(change)])
      })
    const spend = (code = writtenCode(), at = now) =>
      store.run((tx) => tx.writtenCodes.spend(code, at))

    test('is neither found nor spent when its time is over', async () => {
      await insert({ expiresAt: now + minute })
      const find = (at: number) => store.run((tx) => tx.writtenCodes.find('m1', 0, at))
      expect(await find(now + minute)).toBeNull()
      expect(await spend(writtenCode(), now + minute)).toBe(false)
      expect(await find(now)).toEqual(writtenCode({ expiresAt: now + minute }))
      expect(
        await store.run((tx) => tx.writtenCodes.listOpen(account.accountId, now + minute)),
      ).toEqual([])
    })

    test.each([
      ['another position', { position: 1 }],
      ['another method', { methodId: 'm2' }],
      ['another hash', { codeHash: '$argon2id$2' }],
    ])('is not spent under %s', async (_, change) => {
      await insert({})
      expect(await spend(writtenCode(change))).toBe(false)
      expect(
        await store.run((tx) => tx.writtenCodes.listOpen(account.accountId, now)),
      ).toHaveLength(1)
    })

    test.each([
      ['was never confirmed', { confirmedAt: null }],
      ['is suspended', { suspendedAt: now }],
    ])('is not spent when its method %s, which is not noted as used', async (_, owner) => {
      await insert({}, owner)
      expect(await spend()).toBe(false)
      expect(await store.run((tx) => tx.methods.find('m1'))).toMatchObject({ lastUsedAt: null })
    })

    test('goes with its method, and cannot be without one', async () => {
      await insert({})
      await store.run((tx) => tx.methods.remove('m1', account.accountId))
      expect(await store.run((tx) => tx.writtenCodes.find('m1', 0, now))).toBeNull()
      await expect(store.run((tx) => tx.writtenCodes.insert([writtenCode()]))).rejects.toThrow()
    })
  })

  test('a pass does not move from a state in which it is not', async () => {
    await store.run((tx) => tx.passes.insert(pass('p1', { state: 'revoked' })))
    const moved = await store.run((tx) => tx.passes.advance('p1', ['waiting', 'issued'], 'used'))
    expect(moved).toBe(false)
    expect(await store.run((tx) => tx.passes.find('p1'))).toEqual(pass('p1', { state: 'revoked' }))
  })

  test('a challenge that is expired, replaced or for another subject is not spent', async () => {
    const older = challenge()
    const newer = challenge({ codeHash: '$argon2id$2' })
    await store.run((tx) => tx.challenges.put(older))
    await store.run((tx) => tx.challenges.put(newer))
    const spend = (subject: string, hash: string, at: number) =>
      store.run((tx) => tx.challenges.spend(subject, hash, at))
    expect(await spend(older.subject, older.codeHash, now)).toBe(false)
    expect(await spend('enrol:m2', newer.codeHash, now)).toBe(false)
    expect(await spend(newer.subject, newer.codeHash, newer.expiresAt)).toBe(false)
    expect(await store.run((tx) => tx.challenges.find(newer.subject, newer.expiresAt))).toBeNull()
    expect(await spend(newer.subject, newer.codeHash, now)).toBe(true)
  })

  test('a time step that is the same or older is not spent', async () => {
    await store.run((tx) => tx.methods.insert(method('m1', { lastStep: 100 })))
    for (const step of [100, 99, 0]) {
      expect(await store.run((tx) => tx.methods.spendStep('m1', step, now))).toBe(false)
    }
    expect(await store.run((tx) => tx.methods.find('m1'))).toEqual(method('m1', { lastStep: 100 }))
  })

  test('a suspended method proves nothing', async () => {
    await store.run((tx) => tx.methods.insert(method('m1', { suspendedAt: now })))
    expect(await store.run((tx) => tx.methods.spendStep('m1', 1, now))).toBe(false)
  })

  test('a method of somebody else is not removed', async () => {
    await store.run((tx) => tx.methods.insert(method('m1')))
    expect(await store.run((tx) => tx.methods.remove('m1', 'another account'))).toBe(false)
    expect(await store.run((tx) => tx.methods.find('m1'))).toEqual(method('m1'))
  })

  test('an offer of another recovery is not proven', async () => {
    const offer = { recoveryId: 'r1', offerId: 'o1', kind: 'totp', provenAt: null } as const
    await store.run(async (tx) => {
      await tx.recoveries.insert(recovery('r1'))
      await tx.recoveries.insert(recovery('r2'))
      await tx.offers.insert([offer])
    })
    expect(await store.run((tx) => tx.offers.prove('r2', 'o1', now))).toBe(false)
    expect(await store.run((tx) => tx.offers.list('r1'))).toEqual([offer])
  })

  test('an open write is nobody else’s while its lease lasts', async () => {
    const open = write('r1')
    await store.run((tx) => tx.writes.open(open, now))
    const { accountId } = open
    const refused = await store.run(async (tx) => [
      await tx.writes.open(write('r2'), now),
      await tx.writes.markSet(accountId, 'r2', now + hour, null),
      await tx.writes.claim(accountId, 'r1', now, now + hour),
      await tx.writes.claim(accountId, 'r2', now + hour, now + 2 * hour),
      await tx.writes.release(accountId, 'r2', now, open.leaseUntil),
      await tx.writes.close(accountId, 'r2'),
      await tx.writes.close('another account', 'r1'),
    ])
    expect(refused).toEqual([false, false, false, false, false, false, false])
    expect(await store.run((tx) => tx.writes.listLapsed(now, 10))).toEqual([])
    expect(await store.run((tx) => tx.writes.find(accountId))).toEqual(open)
  })

  test('a write that somebody has claimed is nobody else’s, not even of the same recovery', async () => {
    const { accountId, leaseUntil } = write('r1')
    const claimed = now + hour
    await store.run((tx) => tx.writes.open(write('r1'), now))
    expect(await store.run((tx) => tx.writes.claim(accountId, 'r1', leaseUntil, claimed))).toBe(
      true,
    )
    const refused = await store.run(async (tx) => [
      await tx.writes.open(write('r1'), now),
      await tx.writes.open(write('r1'), now, leaseUntil),
      await tx.writes.open(write('r2'), now, claimed),
      await tx.writes.release(accountId, 'r1', now, leaseUntil),
      await tx.writes.close(accountId, 'r1', leaseUntil),
    ])
    expect(refused).toEqual([false, false, false, false, false])
    expect(await store.run((tx) => tx.writes.find(accountId))).toEqual(
      write('r1', { leaseUntil: claimed }),
    )
  })

  test('a session does not answer to the token that it had before', async () => {
    await store.run((tx) => tx.sessions.insert(session('first')))
    expect(await store.run((tx) => tx.sessions.rotate('other', session('second')))).toBe(false)
    expect(await store.run((tx) => tx.sessions.rotate('first', session('second')))).toBe(true)
    expect(await store.run((tx) => tx.sessions.find('first'))).toBeNull()
    expect(await store.run((tx) => tx.sessions.remove('first'))).toBe(false)
    expect(await store.run((tx) => tx.sessions.find('second'))).toEqual(session('second'))
  })

  test('a number with a fraction, or a text for a number, is refused', async () => {
    const wrong = [recovery('r1', { expiresAt: now + 0.5 }), recovery('r1', { createdAt: NaN })]
    for (const record of wrong) {
      await expect(store.run((tx) => tx.recoveries.insert(record))).rejects.toThrow()
    }
    expect(await store.run((tx) => tx.recoveries.find('r1'))).toBeNull()
  })
}
