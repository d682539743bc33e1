import { describe, expect, test } from 'vitest'
import type { StoreTransaction } from '../../../../src/server/domain/ports/store.ts'
import {
  account,
  challenge,
  credential,
  day,
  hour,
  increment,
  mail,
  method,
  now,
  pass,
  recovery,
  relayKey,
  session,
  write,
  writtenCode,
} from '../records.ts'
import { allAtOnce, type StoreUnderTest } from './engine.ts'

const callers = 200
const { accountId } = account
const offer = { recoveryId: 'r1', offerId: 'o1', kind: 'totp', provenAt: null } as const

type Spend = {
  prepare?(tx: StoreTransaction): Promise<unknown>
  attempt(tx: StoreTransaction, index: number): Promise<boolean>
}

/** Each of these is for one caller alone, however many ask at once. */
const forOne: Record<string, Spend> = {
  'a DPoP identifier': { attempt: (tx) => tx.spend('dpop', 'jti-1', now + hour) },
  'a relayed request': { attempt: (tx) => tx.spend('relay', 'sealed-1', now + hour) },
  'the directory’s answer': {
    prepare: (tx) => tx.recoveries.insert(recovery('r1')),
    attempt: (tx) => tx.recoveries.resolve('r1', account),
  },
  'a step of a recovery': {
    prepare: (tx) => tx.recoveries.insert(recovery('r1')),
    attempt: (tx) => tx.recoveries.advance('r1', ['proving'], 'proven', {}, now),
  },
  'the last attempt': {
    prepare: (tx) => tx.recoveries.insert(recovery('r1', { attempts: 4 })),
    attempt: (tx) => tx.recoveries.reserveAttempt('r1', 5, now),
  },
  'an offered method': {
    async prepare(tx) {
      await tx.recoveries.insert(recovery('r1'))
      await tx.offers.insert([offer])
    },
    attempt: (tx, index) => tx.offers.prove('r1', 'o1', now + index),
  },
  'a mailed code': {
    prepare: (tx) => tx.challenges.put(challenge()),
    attempt: (tx) => tx.challenges.spend('enrol:m1', '$argon2id$1', now),
  },
  'the same time step': {
    prepare: (tx) => tx.methods.insert(method('m1')),
    attempt: (tx) => tx.methods.spendStep('m1', 57_000_000, now),
  },
  'a count of an authenticator': {
    async prepare(tx) {
      await tx.methods.insert(method('m1', { confirmedAt: now }))
      await tx.credentials.insert(credential('c1', { counter: 6 }))
    },
    attempt: (tx) => tx.credentials.use(credential('c1'), { counter: 7, backedUp: false }, now),
  },
  'the name of a credential': {
    async prepare(tx) {
      for (let index = 0; index < callers; index++) await tx.methods.insert(method(`m${index}`))
    },
    attempt: (tx, index) => tx.credentials.insert(credential('c1', { methodId: `m${index}` })),
  },
  'a recovery code': {
    async prepare(tx) {
      await tx.methods.insert(method('m1', { kind: 'recoveryCode', confirmedAt: now }))
      await tx.writtenCodes.insert([writtenCode(), writtenCode({ position: 1 })])
    },
    attempt: (tx) => tx.writtenCodes.spend(writtenCode(), now),
  },
  'a recovery code of a set that is being removed': {
    async prepare(tx) {
      await tx.methods.insert(method('m1', { kind: 'recoveryCode', confirmedAt: now }))
      await tx.writtenCodes.insert([writtenCode()])
    },
    async attempt(tx, index) {
      if (index % 2 === 0) return tx.methods.remove('m1', accountId)
      await tx.writtenCodes.spend(writtenCode(), now)
      return false
    },
  },
  'the approval of a pass': {
    prepare: (tx) => tx.passes.insert(pass('p1')),
    attempt: (tx) => tx.passes.advance('p1', ['waiting'], 'issued', { methodId: 'm1' }),
  },
  'the confirmation of a method': {
    prepare: (tx) => tx.methods.insert(method('m1')),
    attempt: (tx, index) => tx.methods.confirm('m1', now + index),
  },
  'the suspension of a method': {
    prepare: (tx) => tx.methods.insert(method('m1')),
    attempt: (tx, index) => tx.methods.suspend('m1', now + index),
  },
  'the removal of a method': {
    prepare: (tx) => tx.methods.insert(method('m1')),
    attempt: (tx) => tx.methods.remove('m1', accountId),
  },
  'the write of an account': {
    attempt: (tx, index) => tx.writes.open(write(`r${index}`), now),
  },
  'a write whose lease has run out': {
    prepare: (tx) => tx.writes.open(write('r0', { leaseUntil: now }), now),
    attempt: (tx, index) => tx.writes.open(write(`r${index + 1}`), now),
  },
  'the mark that a write was done': {
    prepare: (tx) => tx.writes.open(write('r1'), now),
    attempt: (tx) => tx.writes.markSet(accountId, 'r1', now + hour, null),
  },
  'the sweeper’s claim': {
    prepare: (tx) => tx.writes.open(write('r1', { leaseUntil: now }), now),
    attempt: (tx) => tx.writes.claim(accountId, 'r1', now, now + hour),
  },
  'the release of a lease': {
    prepare: (tx) => tx.writes.open(write('r1'), now),
    attempt: (tx) => tx.writes.release(accountId, 'r1', now, write('r1').leaseUntil),
  },
  'the end of a write': {
    prepare: (tx) => tx.writes.open(write('r1'), now),
    attempt: (tx) => tx.writes.close(accountId, 'r1'),
  },
  'a session’s next token': {
    prepare: (tx) => tx.sessions.insert(session('first')),
    attempt: (tx, index) => tx.sessions.rotate('first', session(`next-${index}`)),
  },
  'the end of a session': {
    prepare: (tx) => tx.sessions.insert(session('first')),
    attempt: (tx) => tx.sessions.remove('first'),
  },
  'the retirement of a relay key': {
    prepare: (tx) => tx.relayKeys.insert(relayKey('k1')),
    attempt: (tx) => tx.relayKeys.retire('k1', now),
  },
}

export function spends(store: StoreUnderTest): void {
  test.each(Object.entries(forOne))(
    `%s goes to one of ${callers} callers`,
    async (_, { prepare, attempt }) => {
      if (prepare) await store.run(prepare)
      const answers = await allAtOnce(store, callers, attempt)
      expect(answers.filter((won) => won)).toHaveLength(1)
    },
  )

  describe(`${callers} callers at once`, () => {
    test('never have more attempts than there are', async () => {
      await store.run((tx) => tx.recoveries.insert(recovery('r1')))
      const answers = await allAtOnce(store, callers, (tx) =>
        tx.recoveries.reserveAttempt('r1', 5, now),
      )
      expect(answers.filter((reserved) => reserved)).toHaveLength(5)
      expect((await store.run((tx) => tx.recoveries.find('r1')))?.attempts).toBe(5)
    })

    test('spend time steps only upwards', async () => {
      await store.run((tx) => tx.methods.insert(method('m1')))
      const order: number[] = []
      await allAtOnce(store, callers, async (tx, index) => {
        const step = 1 + ((index * 7919) % callers)
        const spent = await tx.methods.spendStep('m1', step, now)
        // The row is ours until the commit, so these come in the order of the writes.
        if (spent) order.push(step)
      })
      expect(order).toEqual([...order].sort((a, b) => a - b))
      expect((await store.run((tx) => tx.methods.find('m1')))?.lastStep).toBe(callers)
      expect(order.at(-1)).toBe(callers)
    })

    test('are each counted, the first one too', async () => {
      const counts = await allAtOnce(store, callers, async (tx) => {
        const { count } = await tx.limits.update('account:1', now, increment)
        return count
      })
      const expected = Array.from({ length: callers }, (_, index) => index + 1)
      expect(counts.sort((a, b) => a - b)).toEqual(expected)
    })

    test('take each mail once', async () => {
      const ids = Array.from({ length: callers }, (_, index) => `mail-${index}`)
      await store.run(async (tx) => {
        for (const id of ids) await tx.outbox.put(mail(id))
      })
      const batches = await allAtOnce(store, callers, (tx) => tx.outbox.takeDue(now, now + hour, 3))
      const rest = await store.run((tx) => tx.outbox.takeDue(now, now + hour, callers))
      const taken = [...batches.flat(), ...rest].map(({ id }) => id)
      expect(taken.sort()).toEqual([...ids].sort())
      expect(await store.run((tx) => tx.outbox.takeDue(now, now + day, callers))).toEqual([])
    })
  })
}
