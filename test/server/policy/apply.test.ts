import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { methodKinds } from '../../../src/contract/method-kinds.ts'
import { applyPolicy, digestOf } from '../../../src/server/features/policy/apply.ts'
import type { OpenStore } from '../../../src/server/store/open-store.ts'
import { documentOf } from '../domain/policy/documents.ts'
import { type Frozen, freeze } from '../session/frozen.ts'

const abilities = { methods: methodKinds, knowsDevices: false }
const by = { author: 'ada', reason: 'pilot' }
const laxer = documentOf({ everyone: { required: 1 } })

let frozen: Frozen

beforeEach(async () => {
  frozen = await freeze()
})

afterEach(() => frozen.stop())

const versions = async () =>
  (await frozen.deps.store.transaction((tx) => tx.policies.list(10))).map(({ version }) => version)

async function recorded(): Promise<{ event: string; fields: Record<string, unknown> }[]> {
  const { entries } = await (frozen.deps.store as OpenStore).log.read(0, 100)
  return entries
    .map(({ body }) => JSON.parse(body))
    .filter(({ event }) => event.startsWith('policy.'))
}

describe('is not applied, and leaves no trace:', () => {
  test('a document that nobody could meet', async () => {
    const document = documentOf({ everyone: { required: 3 } })
    const request = { ...by, document, basedOn: 0 }
    expect(await applyPolicy(frozen.deps, abilities, request)).toMatchObject({
      error: { code: 'not_sound', problems: [{ path: 'everyone.required' }] },
    })
    expect(await versions()).toEqual([])
    expect(await recorded()).toEqual([])
  })

  test('one that was written without having seen the newest', async () => {
    await applyPolicy(frozen.deps, abilities, { ...by, document: documentOf({}), basedOn: 0 })
    for (const basedOn of [0, 2, -1]) {
      const request = { ...by, document: laxer, basedOn }
      expect(await applyPolicy(frozen.deps, abilities, request)).toEqual({
        ok: false,
        error: { code: 'outdated' },
      })
    }
    expect(await versions()).toEqual([1])
    expect(await recorded()).toHaveLength(1)
  })

  test('all but one of many at once', async () => {
    const tries = Array.from({ length: 10 }, () =>
      applyPolicy(frozen.deps, abilities, { ...by, document: laxer, basedOn: 0 }),
    )
    const done = await Promise.all(tries)
    expect(done.filter(({ ok }) => ok)).toHaveLength(1)
    expect(await recorded()).toHaveLength(1)
  })
})

test('what is applied is recorded with its digest, and what is put back with what it was', async () => {
  const { deps } = frozen
  const first = documentOf({})
  await applyPolicy(deps, abilities, { ...by, document: first, basedOn: 0 })
  await applyPolicy(deps, abilities, { ...by, document: laxer, basedOn: 1 })
  const back = { ...by, reason: 'a mistake', document: first, basedOn: 2, restores: 1 }
  await applyPolicy(deps, abilities, back)
  expect((await deps.policies.latest()).document).toEqual(first)
  expect(await recorded()).toMatchObject([
    { event: 'policy.applied', fields: { ...by, version: 1, digest: digestOf(deps, first) } },
    { event: 'policy.applied', fields: { ...by, version: 2, digest: digestOf(deps, laxer) } },
    {
      event: 'policy.rolled_back',
      fields: {
        ...{ author: 'ada', reason: 'a mistake', version: 3, restored: 1 },
        digest: digestOf(deps, first),
      },
    },
  ])
})
