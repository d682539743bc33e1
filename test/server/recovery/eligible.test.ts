import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type MethodKind, methodKinds } from '../../../src/contract/method-kinds.ts'
import { keepDecision } from '../../../src/server/domain/policy/kept-decision.ts'
import type { RecoveryRecord } from '../../../src/server/domain/ports/recoveries.ts'
import { applyPolicy } from '../../../src/server/features/policy/apply.ts'
import { readEligible } from '../../../src/server/features/recovery/eligible.ts'
import { documentOf, personIn } from '../domain/policy/documents.ts'
import { type Frozen, freeze } from '../session/frozen.ts'
import { account, recovery } from '../store/records.ts'

// What holds when a recovery that has proven enough is planned, or written.

let frozen: Frozen

beforeEach(async () => {
  frozen = await freeze()
})

afterEach(() => frozen.stop())

type Draft = NonNullable<Parameters<typeof documentOf>[0]['everyone']>

async function apply(everyone: Draft): Promise<void> {
  const { version } = await frozen.deps.policies.latest()
  const abilities = { methods: methodKinds, knowsDevices: false }
  const applied = await applyPolicy(frozen.deps, abilities, {
    ...{ document: documentOf({ everyone }), author: 'tester', reason: 'for a test' },
    basedOn: version,
  })
  if (!applied.ok) throw new Error(JSON.stringify(applied.error))
}

/** A recovery that has proven these, by what the policy says now. */
async function proven(
  kinds: readonly MethodKind[],
  change: Partial<RecoveryRecord> = {},
): Promise<RecoveryRecord> {
  const decision = keepDecision(await frozen.deps.policies.latest(), personIn([]))
  const begun = recovery('r1', {
    ...{ resolved: true, account: { ...account, decision }, state: 'planned', mode: 'direct' },
    ...change,
  })
  const offers = kinds.map((kind) => ({
    ...{ recoveryId: begun.id, offerId: `offer-${kind}`, kind, provenAt: frozen.now() },
  }))
  await frozen.deps.store.transaction(async (tx) => {
    await tx.recoveries.insert(begun)
    await tx.offers.insert(offers)
  })
  return begun
}

const ask = (one: RecoveryRecord) => readEligible(frozen.deps, one, '10.1.2.3')
const refusedAs = (ineligible: string) => ({ ok: false, error: { ineligible } })

describe('hours and networks hold', () => {
  // The frozen clock shows Monday, nine o'clock.
  const hours = { days: ['sat'], from: '03:00', to: '03:01', timeZone: 'UTC' }
  const networks = ['192.0.2.0/24']

  test.each([
    ['after a write that was refused', { state: 'planned', commits: 1 }],
    ['after any number of them', { state: 'planned', commits: 3 }],
    ['for an unlock, which takes no password away', { state: 'committing', mode: 'unlock' }],
  ] as const)('%s', async (_, change) => {
    await apply({})
    const one = await proven(['totp', 'email'], { commits: 1, ...change })
    await apply({ hours })
    expect(await ask(one)).toMatchObject(refusedAs('not_now'))
    await apply({ networks })
    expect(await ask(one)).toMatchObject(refusedAs('not_here'))
  })

  test.each(['committing', 'committed'] as const)('no more once it is %s', async (state) => {
    await apply({})
    const one = await proven(['totp', 'email'], { state, commits: 1 })
    await apply({ hours, networks })
    expect(await ask(one)).toMatchObject({ ok: true })
  })
})

test('the address of a proxy of our own is in no network that a rule asks for', async () => {
  const settings = { ...frozen.deps.settings, trustedProxies: ['10.1.2.0/24'] }
  const from = (one: RecoveryRecord, address: string) =>
    readEligible({ ...frozen.deps, settings }, one, address)
  await apply({})
  const one = await proven(['totp', 'email'])
  expect(await from(one, '10.1.2.3')).toMatchObject({ ok: true })
  await apply({ networks: ['10.0.0.0/8'] })
  expect(await from(one, '10.1.2.3')).toMatchObject(refusedAs('not_here'))
  expect(await from(one, '10.1.3.3')).toMatchObject({ ok: true })
})

describe('a code that may have gone to what the directory knows', () => {
  test.each([
    ['email', { allowDirectoryMailbox: true }],
    ['sms', { allowDirectoryPhone: true }],
  ] as const)('by %s counts no more once that is withdrawn', async (kind, allowed) => {
    const methods = ['totp', kind]
    await apply({ methods, ...allowed })
    const one = await proven(['totp', kind])
    expect(await ask(one)).toMatchObject({ ok: true })
    await apply({ methods })
    expect(await ask(one)).toMatchObject(refusedAs('policy_changed'))
    // Where less is asked, what else was proven may be enough.
    await apply({ methods, required: 1 })
    expect(await ask(one)).toMatchObject({ ok: true })
  })

  test.each(['email', 'sms'] as const)(
    'by %s counts where that never was allowed',
    async (kind) => {
      await apply({ methods: ['totp', kind] })
      const one = await proven(['totp', kind])
      expect(await ask(one)).toMatchObject({ ok: true })
    },
  )
})
