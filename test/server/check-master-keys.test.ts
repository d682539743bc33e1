import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import {
  acceptMasterKeys,
  checkMasterKeys,
  MasterKeyError,
} from '../../src/server/check-master-keys.ts'
import type { KeyChecks } from '../../src/server/store/key-checks.ts'
import { migrateStore, openStore } from '../../src/server/store/open-store.ts'

const first = new Uint8Array(32).fill(1)
const second = new Uint8Array(32).fill(2)
const only = (id: string, key: Uint8Array) => ({ currentKeyId: id, keys: { [id]: key } })

async function newStore(): Promise<KeyChecks> {
  const folder = mkdtempSync(join(tmpdir(), 'latchkey-keys-'))
  const config = { engine: 'sqlite', file: join(folder, 'store.db') } as const
  await migrateStore(config)
  const { keyChecks, close } = await openStore(config)
  onTestFinished(async () => {
    await close()
    rmSync(folder, { recursive: true })
  })
  return keyChecks
}

test('another key under the same id is refused, and changes nothing', async () => {
  const checks = await newStore()
  await acceptMasterKeys(checks, only('a', first))
  const before = await checks.list()
  const wrong = { currentKeyId: 'b', keys: { b: second, a: second } }
  await expect(acceptMasterKeys(checks, wrong)).rejects.toThrow(MasterKeyError)
  await expect(checkMasterKeys(checks, only('a', second))).rejects.toThrow('The master key "a" is')
  expect(await checks.list()).toEqual(before)
})

test('of two servers that come first with different keys, one is refused', async () => {
  const checks = await newStore()
  const outcomes = await Promise.allSettled([
    acceptMasterKeys(checks, only('a', first)),
    acceptMasterKeys(checks, only('a', second)),
  ])
  expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
})

test('a key that is configured no more is named; a new one is taken', async () => {
  const checks = await newStore()
  expect(await acceptMasterKeys(checks, only('a', first))).toEqual([])
  expect(await acceptMasterKeys(checks, only('b', second))).toEqual(['a'])
  const both = { currentKeyId: 'b', keys: { b: second, a: first } }
  expect(await checkMasterKeys(checks, both)).toEqual([])
})
