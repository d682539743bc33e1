import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { auditSigner, auditVerifier } from '../../../src/sealing/audit-signature.ts'
import { keepCheckpoints } from '../../../src/server/audit/keep-checkpoints.ts'
import { now } from '../store/records.ts'
import { sqliteEngine } from '../store/sqlite-engine.ts'
import { openForTests } from '../store/suite/engine.ts'

const signer = auditSigner(new Uint8Array(32).fill(7))
const known = [auditVerifier(signer.publicKeyPem)]
const store = openForTests(sqliteEngine)

async function append(): Promise<void> {
  const fields = { recoveryId: 'r1', accountId: null }
  await store.run((tx) => tx.audit({ event: 'recovery.expired', at: now, fields }))
}

async function keep(file: string, interval: number) {
  const told: unknown[] = []
  const tell = (what: unknown) => void told.push(what)
  const stop = keepCheckpoints({
    ...{ reader: store.stores[0].log, file, signer, known, interval, now: () => now },
    ...{ onFault: tell, onError: tell },
  })
  return { told, stop }
}

async function newFile(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'latchkey-keep-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  return join(folder, 'checkpoints.jsonl')
}

test('a log that was tampered with is told at the start and at the end, and not signed', async () => {
  await append()
  await store.tamper('delete from audit_entries')
  const { told, stop } = await keep(await newFile(), 60_000)
  await expect.poll(() => told).toMatchObject([{ code: 'cut', seq: 1 }])
  await stop()
  expect(told).toMatchObject([
    { code: 'cut', seq: 1 },
    { code: 'cut', seq: 1 },
  ])
})

test('a file that cannot be written is told', async () => {
  await append()
  const { told, stop } = await keep('/missing/checkpoints.jsonl', 60_000)
  await stop()
  expect(told).toMatchObject([{ code: 'ENOENT' }, { code: 'ENOENT' }])
})

test('a checkpoint is written each time, and one at the end', async () => {
  const file = await newFile()
  const { told, stop } = await keep(file, 5)
  await append()
  const lines = async () => (await readFile(file, 'utf8').catch(() => '')).split('\n').length - 1
  await expect.poll(lines).toBe(1)
  await append()
  await expect.poll(lines).toBe(2)
  await append()
  await stop()
  expect(await lines()).toBe(3)
  expect(told).toEqual([])
})
