import { describe, expect, test } from 'vitest'
import {
  account,
  challenge,
  credential,
  day,
  hour,
  increment,
  mail,
  method,
  minute,
  now,
  recovery,
  relayKey,
  session,
  write,
} from '../records.ts'
import type { StoreUnderTest } from './engine.ts'

export function records(store: StoreUnderTest): void {
  test('a recovery comes back as it was put in, and as it was changed', async () => {
    const full = recovery('r2', {
      ...{ resolved: true, account, mode: 'relay', controller: 'dc1', sealingKey: 'key' },
      ...{ purpose: 'unlock', state: 'committed', commits: 2, attempts: 3 },
    })
    await store.run(async (tx) => {
      await tx.recoveries.insert(recovery('r1'))
      await tx.recoveries.insert(full)
    })
    expect(await store.run((tx) => tx.recoveries.find('r2'))).toEqual(full)
    const patch = { mode: 'direct', controller: 'dc2', sealingKey: 'k', commits: 1 } as const
    await store.run(async (tx) => {
      await tx.recoveries.resolve('r1', account)
      await tx.recoveries.resolve('r1', null)
      await tx.recoveries.reserveAttempt('r1', 5, now)
      await tx.recoveries.reserveAttempt('r1', 5, now)
      await tx.recoveries.refundAttempt('r1')
      await tx.recoveries.advance('r1', ['proving'], 'planned', patch, now)
    })
    const changed = { ...patch, resolved: true, account, attempts: 1, state: 'planned' } as const
    expect(await store.run((tx) => tx.recoveries.find('r1'))).toEqual(recovery('r1', changed))
  })

  test('an attempt is not given back twice', async () => {
    await store.run((tx) => tx.recoveries.insert(recovery('r1')))
    await store.run((tx) => tx.recoveries.refundAttempt('r1'))
    expect((await store.run((tx) => tx.recoveries.find('r1')))?.attempts).toBe(0)
  })

  test('only the members of an account are kept, not whatever else the object has', async () => {
    await store.run((tx) => tx.recoveries.insert(recovery('r1')))
    const larger = { ...account, password: 'canary' }
    await store.run((tx) => tx.recoveries.resolve('r1', larger))
    expect((await store.run((tx) => tx.recoveries.find('r1')))?.account).toEqual(account)
  })

  test('a number of the directory is kept sealed, and never as it was read', async () => {
    await store.run((tx) => tx.recoveries.insert(recovery('r1')))
    const found = { ...account, mobile: '+491701234567', sealedMobile: 'sealed' }
    await store.run((tx) => tx.recoveries.resolve('r1', found))
    const kept = (await store.run((tx) => tx.recoveries.find('r1')))?.account
    expect(kept).toEqual({ ...account, sealedMobile: 'sealed' })
  })

  test('text of any kind is stored', async () => {
    const typed = 'a\0b\ud800c 😀 Ω\u2028"\'; drop table recoveries; --'
    await store.run((tx) => tx.recoveries.insert(recovery('r1', { sealedName: typed })))
    const found = await store.run((tx) => tx.recoveries.find('r1'))
    expect(found?.sealedName).toBe('a\ufffdb\ufffdc 😀 Ω\u2028"\'; drop table recoveries; --')
  })

  test('expired recoveries that are still open are found, oldest first', async () => {
    await store.run(async (tx) => {
      await tx.recoveries.insert(recovery('late', { expiresAt: now - 1 }))
      await tx.recoveries.insert(recovery('early', { expiresAt: now - minute, state: 'planned' }))
      await tx.recoveries.insert(recovery('closed', { expiresAt: now - 1, state: 'completed' }))
      await tx.recoveries.insert(recovery('current', { expiresAt: now + 1 }))
    })
    const ids = async (limit: number) =>
      (await store.run((tx) => tx.recoveries.findExpired(now, limit))).map(({ id }) => id)
    expect(await ids(10)).toEqual(['early', 'late'])
    expect(await ids(1)).toEqual(['early'])
  })

  test('offers keep the order in which they were made', async () => {
    const kinds = ['email', 'totp'] as const
    const offers = kinds.map((kind, index) => ({
      ...{ recoveryId: 'r1', offerId: `z${9 - index}`, kind, provenAt: null },
    }))
    await store.run(async (tx) => {
      await tx.recoveries.insert(recovery('r1'))
      await tx.offers.insert(offers)
      await tx.offers.insert([])
      await tx.offers.prove('r1', 'z8', now)
    })
    const proven = { ...offers[1], provenAt: now }
    expect(await store.run((tx) => tx.offers.list('r1'))).toEqual([offers[0], proven])
  })

  test('methods are listed in the order in which they were set up', async () => {
    const second = method('a', { createdAt: now + 1, kind: 'email' })
    await store.run(async (tx) => {
      await tx.methods.insert(second)
      await tx.methods.insert(method('b'))
      await tx.methods.insert(method('c', { accountId: 'another account' }))
      await tx.methods.confirm('b', now)
      await tx.methods.spendStep('b', 7, now + 1)
      await tx.methods.touch('b', now + 2)
      await tx.methods.suspend('b', now + 3)
    })
    const used = { confirmedAt: now, lastStep: 7, lastUsedAt: now + 2, suspendedAt: now + 3 }
    const listed = await store.run((tx) => tx.methods.list(account.accountId))
    expect(listed).toEqual([method('b', used), second])
  })

  test('what an authenticator has registered comes back, and goes with its method', async () => {
    const first = credential('c1', { transports: ['internal', 'hybrid'], backupEligible: true })
    const second = credential('c2', { methodId: 'm2', counter: 4_294_967_295 })
    const foreign = credential('c0', { methodId: 'm3', accountId: 'another account' })
    await store.run(async (tx) => {
      for (const id of ['m1', 'm2', 'm3']) {
        await tx.methods.insert(method(id, { confirmedAt: now }))
      }
      for (const one of [second, first, foreign]) await tx.credentials.insert(one)
    })
    const list = () => store.run((tx) => tx.credentials.list(account.accountId))
    expect(await list()).toEqual([first, second])
    await store.run((tx) => tx.methods.remove('m1', account.accountId))
    expect(await list()).toEqual([second])
    expect(await store.run((tx) => tx.credentials.find('c1'))).toBeNull()
    expect(await store.run((tx) => tx.credentials.find('c0'))).toEqual(foreign)
  })

  test('a use is noted on the authenticator and on its method', async () => {
    await store.run(async (tx) => {
      await tx.methods.insert(method('m1', { confirmedAt: now }))
      await tx.credentials.insert(credential('c1'))
    })
    const use = (counter: number, at: number) =>
      store.run((tx) => tx.credentials.use(credential('c1'), { counter, backedUp: true }, at))
    // Without a counter, as often as one likes.
    expect([await use(0, now + 1), await use(0, now + 2)]).toEqual([true, true])
    expect(await use(5, now + 3)).toBe(true)
    expect(await store.run((tx) => tx.credentials.find('c1'))).toEqual(
      credential('c1', { counter: 5, backedUp: true }),
    )
    expect((await store.run((tx) => tx.methods.find('m1')))?.lastUsedAt).toBe(now + 3)
    const refused = [await use(5, now + 4), await use(4, now + 4), await use(0, now + 4)]
    expect(refused).toEqual([false, false, false])
    expect((await store.run((tx) => tx.methods.find('m1')))?.lastUsedAt).toBe(now + 3)
  })

  test('an authenticator of a method that is suspended or unconfirmed cannot be used', async () => {
    await store.run(async (tx) => {
      await tx.methods.insert(method('m1', { confirmedAt: now, suspendedAt: now }))
      await tx.methods.insert(method('m2'))
      await tx.credentials.insert(credential('c1'))
      await tx.credentials.insert(credential('c2', { methodId: 'm2' }))
    })
    for (const one of [credential('c1'), credential('c2', { methodId: 'm2' })]) {
      const use = { counter: 1, backedUp: false }
      expect(await store.run((tx) => tx.credentials.use(one, use, now))).toBe(false)
    }
  })

  test('limits are read, decided on and kept with their note', async () => {
    expect(await store.run((tx) => tx.limits.find('k'))).toBeNull()
    const fresh = {
      key: 'k',
      windowStart: now,
      count: 0,
      consecutive: 0,
      blockedUntil: 0,
      note: '',
    }
    const seen: unknown[] = []
    const next = { ...fresh, count: 3, blockedUntil: now + minute, note: '{"m1":3}' }
    await store.run((tx) =>
      tx.limits.update('k', now, (current) => {
        seen.push(current)
        return { ...next, key: 'another key' }
      }),
    )
    expect(seen).toEqual([fresh])
    expect(await store.run((tx) => tx.limits.find('k'))).toEqual(next)
    const counted = await store.run((tx) => tx.limits.update('k', now + 1, increment))
    expect(counted).toEqual({ ...next, count: 4, consecutive: 1 })
  })

  test('a write passes from one recovery to the next', async () => {
    const lapsed = now + minute
    const { accountId } = account
    await store.run(async (tx) => {
      await tx.writes.open(write('r1'), now)
      await tx.writes.markSet(accountId, 'r1', lapsed, '2.5f.4712')
    })
    const set = write('r1', { step: 'set', leaseUntil: lapsed, passwordWrite: '2.5f.4712' })
    expect(await store.run((tx) => tx.writes.listLapsed(lapsed, 10))).toEqual([set])
    const again = write('r1', { usnBefore: '4712', pwdLastSetBefore: null })
    expect(await store.run((tx) => tx.writes.open(again, now, lapsed))).toBe(true)
    expect(await store.run((tx) => tx.writes.find(accountId))).toEqual(again)
    const { leaseUntil } = again
    expect(await store.run((tx) => tx.writes.release(accountId, 'r1', now, leaseUntil))).toBe(true)
    const next = write('r2', { startedAt: now + 1 })
    expect(await store.run((tx) => tx.writes.open(next, now))).toBe(true)
    expect(await store.run((tx) => tx.writes.find(accountId))).toEqual(next)
    expect(await store.run((tx) => tx.writes.close(accountId, 'r2', next.leaseUntil))).toBe(true)
    expect(await store.run((tx) => tx.writes.find(accountId))).toBeNull()
  })

  test('a session is touched and rotated', async () => {
    const next = session('b', { steppedUpAt: now + 2, mail: 'j@example.com' })
    await store.run(async (tx) => {
      await tx.sessions.insert(session('a'))
      await tx.sessions.touch('a', now + 1)
    })
    const touched = session('a', { lastSeenAt: now + 1 })
    expect(await store.run((tx) => tx.sessions.find('a'))).toEqual(touched)
    await store.run((tx) => tx.sessions.rotate('a', next))
    expect(await store.run((tx) => tx.sessions.find('b'))).toEqual(next)
  })

  test("all sessions of one account are lowered, and ended, and nobody else's", async () => {
    const other = session('other', { accountId: 'somebody-else', steppedUpAt: now })
    await store.run(async (tx) => {
      await tx.sessions.insert(session('a', { steppedUpAt: now }))
      await tx.sessions.insert(session('b'))
      await tx.sessions.insert(other)
      await tx.sessions.lowerAll(account.accountId)
    })
    expect(await store.run((tx) => tx.sessions.find('a'))).toEqual(session('a'))
    expect(await store.run((tx) => tx.sessions.removeAll(account.accountId))).toBe(2)
    expect(await store.run((tx) => tx.sessions.removeAll(account.accountId))).toBe(0)
    expect(await store.run((tx) => tx.sessions.find('other'))).toEqual(other)
  })

  test('what one account has under way is found, and a code of it is void', async () => {
    const open = recovery('open', { resolved: true, account, state: 'planned' })
    const strange = { ...account, accountId: `${account.accountId}-and-more` }
    await store.run(async (tx) => {
      await tx.recoveries.insert(recovery('unresolved'))
      await tx.recoveries.insert(recovery('nobody', { resolved: true }))
      await tx.recoveries.insert(recovery('closed', { resolved: true, account, state: 'locked' }))
      await tx.recoveries.insert(recovery('strange', { resolved: true, account: strange }))
      await tx.recoveries.insert(open)
      await tx.challenges.put(challenge({ subject: 'void' }))
      await tx.challenges.put(challenge({ subject: 'kept' }))
      await tx.challenges.remove('void')
    })
    expect(await store.run((tx) => tx.recoveries.listOpen(account.accountId))).toEqual([open])
    expect(await store.run((tx) => tx.challenges.find('void', now))).toBeNull()
    expect(await store.run((tx) => tx.challenges.find('kept', now))).not.toBeNull()
  })

  test('mail is hidden while it is being sent, and comes back', async () => {
    await store.run(async (tx) => {
      await tx.outbox.put(mail('b', { createdAt: now + 1 }))
      await tx.outbox.put(mail('a', { sealed: null }))
      await tx.outbox.put(mail('later', { nextTryAt: now + hour }))
    })
    const hidden = { nextTryAt: now + minute }
    const taken = await store.run((tx) => tx.outbox.takeDue(now, now + minute, 10))
    expect(taken).toEqual([
      mail('a', { sealed: null, ...hidden }),
      mail('b', { createdAt: now + 1, ...hidden }),
    ])
    expect(await store.run((tx) => tx.outbox.takeDue(now, now + hour, 10))).toEqual([])
    await store.run(async (tx) => {
      await tx.outbox.remove('a')
      await tx.outbox.retry('b', now + 2 * minute)
    })
    expect(await store.run((tx) => tx.outbox.count())).toBe(2)
    const due = await store.run((tx) => tx.outbox.takeDue(now + 2 * minute, now + day, 10))
    expect(due).toEqual([mail('b', { createdAt: now + 1, tries: 1, nextTryAt: now + day })])
  })

  test('the newest relay key that is not retired is the current one', async () => {
    expect(await store.run((tx) => tx.relayKeys.current())).toBeNull()
    const newer = relayKey('k2', { createdAt: now + 1 })
    await store.run(async (tx) => {
      await tx.relayKeys.insert(newer)
      await tx.relayKeys.insert(relayKey('k1'))
    })
    expect(await store.run((tx) => tx.relayKeys.current())).toEqual(newer)
    await store.run((tx) => tx.relayKeys.retire('k2', now + 2))
    expect(await store.run((tx) => tx.relayKeys.current())).toEqual(relayKey('k1'))
    const retired = { ...newer, retiredAt: now + 2 }
    expect(await store.run((tx) => tx.relayKeys.find('k2'))).toEqual(retired)
  })

  describe('purging', () => {
    test('removes what has outlived its use, and nothing else', async () => {
      const offer = { recoveryId: 'old', offerId: 'o', kind: 'totp', provenAt: null } as const
      const old = { expiresAt: now - hour }
      await store.run(async (tx) => {
        await tx.recoveries.insert(recovery('old', { ...old, state: 'completed' }))
        await tx.recoveries.insert(recovery('open', old))
        await tx.recoveries.insert(recovery('new', { expiresAt: now - 1, state: 'expired' }))
        await tx.offers.insert([offer])
        await tx.challenges.put(challenge({ subject: 'old', expiresAt: now }))
        await tx.challenges.put(challenge({ subject: 'new', expiresAt: now + 1 }))
        await tx.spend('dpop', 'old', now)
        await tx.spend('dpop', 'new', now + 1)
        await tx.sessions.insert(session('old', { expiresAt: now }))
        await tx.sessions.insert(session('new'))
        for (const [keyId, retiredAt] of [
          ['old', now - day],
          ['late', now - 1],
          ['new', null],
        ] as const) {
          await tx.relayKeys.insert(relayKey(keyId, { retiredAt }))
        }
        await tx.limits.update('old', now - 2 * day, (current) => current)
        await tx.limits.update('failed', now - 29 * day, increment)
        await tx.limits.update('forgotten', now - 30 * day, increment)
        await tx.limits.update('new', now - day, (current) => current)
      })
      expect(await store.run((tx) => tx.purge(now))).toBe(false)
      const left = await store.run(async (tx) => ({
        recoveries: [
          (await tx.recoveries.find('old'))?.id,
          (await tx.recoveries.find('open'))?.id,
          (await tx.recoveries.find('new'))?.id,
        ],
        offers: await tx.offers.list('old'),
        challenges: [
          (await tx.challenges.find('old', 0))?.subject,
          (await tx.challenges.find('new', 0))?.subject,
        ],
        spendable: [await tx.spend('dpop', 'old', now), await tx.spend('dpop', 'new', now)],
        sessions: [
          (await tx.sessions.find('old'))?.tokenHash,
          (await tx.sessions.find('new'))?.tokenHash,
        ],
        relayKeys: [
          (await tx.relayKeys.find('old'))?.keyId,
          (await tx.relayKeys.find('late'))?.keyId,
          (await tx.relayKeys.find('new'))?.keyId,
        ],
        limits: await Promise.all(
          ['old', 'failed', 'forgotten', 'new'].map(
            async (key) => (await tx.limits.find(key))?.key,
          ),
        ),
      }))
      expect(left).toEqual({
        recoveries: [undefined, 'open', 'new'],
        offers: [],
        challenges: [undefined, 'new'],
        spendable: [true, false],
        sessions: [undefined, 'new'],
        relayKeys: [undefined, 'late', 'new'],
        limits: [undefined, 'failed', undefined, 'new'],
      })
    })

    test('says when there is more than one transaction should remove', async () => {
      await store.run(async (tx) => {
        for (let index = 0; index < 1500; index += 1) await tx.spend('dpop', `jti-${index}`, now)
      })
      expect(await store.run((tx) => tx.purge(now))).toBe(true)
      expect(await store.run((tx) => tx.purge(now))).toBe(false)
      expect(await store.run((tx) => tx.spend('dpop', 'jti-1499', now))).toBe(true)
    })
  })
}
