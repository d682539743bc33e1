import { describe, expect, test } from 'vitest'
import { PolicyDocument } from '../../../../src/contract/policy.ts'
import type { KeptDecision } from '../../../../src/server/domain/policy/kept-decision.ts'
import type { PolicyVersion } from '../../../../src/server/domain/ports/policies.ts'
import { account, now, recovery } from '../records.ts'
import type { StoreUnderTest } from './engine.ts'

function versionOf(version: number, change: Partial<PolicyVersion> = {}): PolicyVersion {
  const document = PolicyDocument.parse({
    everyone: { methods: ['totp', 'email'], password: { bannedWords: ['Übung', 'contoso'] } },
    rules: [
      {
        ...{ id: 'it', name: 'IT “staff”', scope: { ous: ['OU=IT,DC=corp'] } },
        ...{ methods: ['passkey', 'totp'], strength: 'phishing-resistant' },
        hours: { days: ['mon'], from: '08:00', to: '18:00', timeZone: 'Europe/Berlin' },
      },
    ],
  })
  return { version, document, author: 'root', reason: 'pilot', createdAt: now, ...change }
}

/** Versions of the policy, on either engine. */
export function policies(store: StoreUnderTest): void {
  describe('versions of the policy', () => {
    test('that are there are not put in again, by whomever', async () => {
      expect(await store.run((tx) => tx.policies.append(versionOf(1)))).toBe(true)
      const other = versionOf(1, { author: 'other' })
      expect(await store.run((tx) => tx.policies.append(other))).toBe(false)
      expect(await store.run((tx) => tx.policies.find(1))).toEqual(versionOf(1))
    })

    test('are put in by one of many who try at once', async () => {
      const tries = Array.from({ length: 20 }, (_, index) =>
        store.run((tx) => tx.policies.append(versionOf(1, { author: `author-${index}` }))),
      )
      const done = await Promise.all(tries)
      expect(done.filter((isFirst) => isFirst)).toHaveLength(1)
    })

    test('there are none at first', async () => {
      expect(await store.run((tx) => tx.policies.newest())).toBeNull()
      expect(await store.run((tx) => tx.policies.newestVersion())).toBe(0)
      expect(await store.run((tx) => tx.policies.find(1))).toBeNull()
      expect(await store.run((tx) => tx.policies.list(10))).toEqual([])
    })

    test('what was decided for a recovery stays with it, and its first answer too', async () => {
      const decision: KeptDecision = {
        ...{ version: 3, rule: 'it', methods: ['passkey', 'totp'], required: 2 },
        strength: 'phishing-resistant',
        ...{ passkeyCountsAsTwo: false, allowDirectoryMailbox: false, allowDirectoryPhone: true },
      }
      const decided = { ...account, decision }
      await store.run((tx) => tx.recoveries.insert(recovery('r1')))
      await store.run((tx) => tx.recoveries.resolve('r1', decided))
      const laxer = { ...decision, version: 4, required: 1 }
      await store.run((tx) => tx.recoveries.resolve('r1', { ...account, decision: laxer }))
      expect((await store.run((tx) => tx.recoveries.find('r1')))?.account).toEqual(decided)
      const [open] = await store.run((tx) => tx.recoveries.listOpen(account.accountId))
      expect(open?.account).toEqual(decided)
    })

    test('the newest holds, and the others stay', async () => {
      await store.run(async (tx) => {
        for (const version of [1, 2, 10, 9]) await tx.policies.append(versionOf(version))
      })
      expect(await store.run((tx) => tx.policies.newest())).toEqual(versionOf(10))
      expect(await store.run((tx) => tx.policies.newestVersion())).toBe(10)
      const listed = await store.run((tx) => tx.policies.list(3))
      expect(listed.map(({ version }) => version)).toEqual([10, 9, 2])
    })
  })
}
