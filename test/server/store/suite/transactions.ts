import { describe, expect, test } from 'vitest'
import { verifyAudit } from '../../../../src/server/audit/verify.ts'
import type { AuditEvent } from '../../../../src/server/domain/audit-events.ts'
import type { StoreTransaction } from '../../../../src/server/domain/ports/store.ts'
import { currentVersion } from '../../../../src/server/store/migrations/index.ts'
import { migrateStore, openStore } from '../../../../src/server/store/open-store.ts'
import { method, now, recovery } from '../records.ts'
import { allAtOnce, type StoreUnderTest } from './engine.ts'

const expired: AuditEvent = {
  event: 'recovery.expired',
  at: now,
  fields: { recoveryId: 'r1', accountId: null },
}

export function transactions(store: StoreUnderTest): void {
  const log = async () => (await store.stores[1].log.read(0, 1000)).entries

  describe('nothing is kept', () => {
    async function nothingKept() {
      expect(await store.run((tx) => tx.recoveries.find('r1'))).toBeNull()
      expect(await log()).toEqual([])
      const head = (await store.stores[0].log.read(0, 1)).head
      expect(head).toEqual({ seq: 0, hash: '0'.repeat(64) })
    }

    test('when the work throws after the change and its audit entry', async () => {
      const work = store.run(async (tx) => {
        await tx.recoveries.insert(recovery('r1'))
        await tx.audit(expired)
        throw new Error('no')
      })
      await expect(work).rejects.toThrow('no')
      await nothingKept()
    })

    test('when the audit event is not allowed', async () => {
      const fields = { ...expired.fields, password: 'canary' }
      const work = store.run(async (tx) => {
        await tx.recoveries.insert(recovery('r1'))
        await tx.audit({ ...expired, fields } as AuditEvent)
      })
      await expect(work).rejects.toThrow(/no field password/)
      await nothingKept()
    })

    test('when a failed call was swallowed', async () => {
      const work = store.run(async (tx) => {
        await tx.methods.insert(method('m1'))
        await tx.recoveries.insert(recovery('r1'))
        await tx.audit(expired)
        await tx.methods.insert(method('m1')).catch(() => {})
      })
      await expect(work).rejects.toThrow(/unique/i)
      await nothingKept()
      expect(await store.run((tx) => tx.methods.find('m1'))).toBeNull()
    })

    test('when a call was not awaited', async () => {
      const work = store.run(async (tx) => {
        await tx.audit(expired)
        void tx.recoveries.insert(recovery('r1'))
      })
      await expect(work).rejects.toThrow(/not awaited/)
      await nothingKept()
    })

    test('of a call that comes after the end', async () => {
      let kept: StoreTransaction | undefined
      await store.run(async (tx) => {
        kept = tx
      })
      await expect(kept?.recoveries.insert(recovery('r1'))).rejects.toThrow(/has ended/)
      await expect(kept?.audit(expired)).rejects.toThrow(/has ended/)
      await expect(kept?.spend('dpop', 'j', now)).rejects.toThrow(/has ended/)
      await nothingKept()
    })

    test('when the audit log cannot be written', async () => {
      await store.tamper('alter table audit_entries rename to elsewhere')
      const work = store.run(async (tx) => {
        await tx.recoveries.insert(recovery('r1'))
        await tx.audit(expired)
      })
      await expect(work).rejects.toThrow(/audit_entries/)
      await store.tamper('alter table elsewhere rename to audit_entries')
      await nothingKept()
    })
  })

  test('one that fails does not take along the ones beside it', async () => {
    const results = await Promise.allSettled(
      Array.from({ length: 60 }, (_, index) =>
        store.run(async (tx) => {
          await tx.recoveries.insert(recovery(`r${index}`))
          await tx.audit(expired)
          if (index % 3 === 0) throw new Error('no')
        }),
      ),
    )
    const failed = results.flatMap(({ status }, index) => (status === 'rejected' ? [index] : []))
    expect(failed).toEqual(Array.from({ length: 20 }, (_, index) => index * 3))
    for (const index of [0, 1, 57, 58]) {
      const found = await store.run((tx) => tx.recoveries.find(`r${index}`))
      expect(found === null).toBe(index % 3 === 0)
    }
    expect(await log()).toHaveLength(40)
  })

  test('200 at once from two servers make one chain', async () => {
    await allAtOnce(store, 200, async (tx, index) => {
      await tx.recoveries.insert(recovery(`r${index}`))
      await tx.audit(expired)
      if (index % 2 === 0) await tx.audit(expired)
    })
    expect(await verifyAudit(store.stores[0].log)).toMatchObject({
      ok: true,
      value: { entries: 300 },
    })
  })

  test('a transaction sees what one before it wrote, through either server', async () => {
    await store.stores[0].transaction((tx) => tx.recoveries.insert(recovery('r1')))
    const found = await store.stores[1].transaction((tx) => tx.recoveries.find('r1'))
    expect(found).toEqual(recovery('r1'))
  })

  test('a health check writes', async () => {
    await store.stores[0].ping()
    await store.tamper('alter table health rename to elsewhere')
    await expect(store.stores[0].ping()).rejects.toThrow()
    await store.tamper('alter table elsewhere rename to health')
    await store.stores[1].ping()
  })

  describe('the schema', () => {
    test('of a newer version is refused, by opening and by migrating', async () => {
      await store.tamper("insert into migrations (version, name) values (99, 'from the future')")
      const sentence = /newer Latchkey \(version 99/
      await expect(openStore(store.config)).rejects.toThrow(sentence)
      await expect(migrateStore(store.config)).rejects.toThrow(sentence)
      await store.tamper('delete from migrations where version = 99')
    })

    test('is left alone when it is current, however many ask at once', async () => {
      const answers = await Promise.all(Array.from({ length: 5 }, () => migrateStore(store.config)))
      expect(answers).toEqual(
        Array.from({ length: 5 }, () => ({ from: currentVersion, to: currentVersion })),
      )
    })
  })

  test('a closed store says so, and finishes what it was given before', async () => {
    const other = await openStore(store.config)
    const last = other.transaction((tx) => tx.recoveries.insert(recovery('r1')))
    await other.close()
    await last
    expect(await store.run((tx) => tx.recoveries.find('r1'))).toEqual(recovery('r1'))
    await expect(other.transaction(async () => {})).rejects.toMatchObject({ fault: 'closed' })
  })
}
