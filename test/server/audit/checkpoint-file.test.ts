import { appendFile, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { auditSigner, auditVerifier } from '../../../src/sealing/audit-signature.ts'
import { formatCheckpoint, parseCheckpoint } from '../../../src/server/audit/checkpoint.ts'
import { readCheckpoints } from '../../../src/server/audit/checkpoint-file.ts'
import { verifyAudit } from '../../../src/server/audit/verify.ts'
import { writeCheckpoint } from '../../../src/server/audit/write-checkpoint.ts'
import { minute, now } from '../store/records.ts'
import { sqliteEngine } from '../store/sqlite-engine.ts'
import { openForTests } from '../store/suite/engine.ts'

const signer = auditSigner(new Uint8Array(32).fill(7))
const verifiers = [auditVerifier(signer.publicKeyPem)]
const store = openForTests(sqliteEngine)
let folder: string
let file: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'latchkey-checkpoints-'))
  file = join(folder, 'checkpoints.jsonl')
})
afterEach(() => rm(folder, { recursive: true }))

async function append(count: number, recoveryId = 'r1'): Promise<void> {
  await store.run(async (tx) => {
    const fields = { recoveryId, accountId: null }
    for (let index = 0; index < count; index += 1) {
      await tx.audit({ event: 'recovery.expired', at: now, fields })
    }
  })
}

const write = (at = now) => writeCheckpoint(store.stores[0].log, file, signer, verifiers, at)
const verify = () =>
  verifyAudit(store.stores[0].log, { checkpoints: readCheckpoints(file), verifiers })

describe('a server does not sign', () => {
  test('a log with a broken link', async () => {
    await append(5)
    await store.tamper('delete from audit_entries where seq = 3')
    expect(await write()).toMatchObject({ ok: false, error: { code: 'missing', seq: 3 } })
    await expect(stat(file)).rejects.toThrow('ENOENT')
  })

  test('a log that is shorter than what it signed before', async () => {
    await append(3)
    await write()
    await store.tamper('delete from audit_entries where seq > 1')
    expect(await write()).toMatchObject({ ok: false, error: { code: 'cut', seq: 4 } })
  })

  test('a log that is not the one that it signed before', async () => {
    await append(3)
    await write()
    await store.empty()
    await append(5, 'another')
    expect(await write()).toMatchObject({ ok: false, error: { code: 'rewritten', seq: 3 } })
    expect((await readFile(file, 'utf8')).split('\n')).toHaveLength(2)
  })

  test('after a checkpoint that was tampered with', async () => {
    await append(3)
    await write()
    const line = await readFile(file, 'utf8')
    await writeFile(file, line.replace(`"at":${now}`, `"at":${now + 1}`))
    expect(await write()).toMatchObject({ ok: false, error: { code: 'checkpoint' } })
    await writeFile(file, 'not a checkpoint\n')
    expect(await write()).toMatchObject({ ok: false, error: { code: 'checkpoint' } })
  })

  test('after a checkpoint of a key that it does not know, which leaves the file sound', async () => {
    await append(1)
    await write()
    await append(1)
    const wrong = auditSigner(new Uint8Array(32).fill(9))
    const known = [auditVerifier(wrong.publicKeyPem)]
    expect(await writeCheckpoint(store.stores[0].log, file, wrong, known, now)).toMatchObject({
      ok: false,
      error: { code: 'checkpoint', detail: expect.stringMatching(/not configured: put it back/) },
    })
    expect(await verify()).toMatchObject({ ok: true, value: { checkpoints: 1 } })
  })

  test('when there is nothing new, or nothing at all', async () => {
    expect(await write()).toEqual({ ok: true, value: null })
    await append(1)
    expect(await write()).toMatchObject({ ok: true, value: { seq: 1 } })
    expect(await write(now + minute)).toEqual({ ok: true, value: null })
    expect((await readFile(file, 'utf8')).split('\n')).toHaveLength(2)
  })
})

describe('a line is no checkpoint', () => {
  const line = () => readFile(file, 'utf8').then((text) => text.trimEnd())
  beforeEach(async () => {
    await append(1)
    await write()
  })

  test.each([
    ['when it is empty', () => ''],
    ['when it is not JSON', (text: string) => text.slice(1)],
    ['in another spelling', (text: string) => text.replace(':', ': ')],
    ['with another member', (text: string) => text.replace('{', '{"a":1,')],
    ['with a number too few', (text: string) => text.replace('"seq":1,', '')],
    ['with a hash that is too short', (text: string) => text.replace(/"hash":"./, '"hash":"')],
    ['with a fraction for a time', (text: string) => text.replace(`${now}`, `${now}.5`)],
  ])('%s', async (_, change) => {
    expect(parseCheckpoint(change(await line()))).toBeNull()
  })

  test('but it is as it was written', async () => {
    const text = await line()
    const checkpoint = parseCheckpoint(text)
    expect(checkpoint).toMatchObject({ seq: 1, at: now, keyId: signer.keyId })
    expect(checkpoint && formatCheckpoint(checkpoint)).toBe(text)
  })
})

test('checkpoints are added, and the auditor finds the log covered by them', async () => {
  await append(3)
  await write()
  await append(2)
  await write(now + minute)
  await append(1)
  const covered = { seq: 5, at: now + minute }
  expect(await verify()).toMatchObject({ ok: true, value: { entries: 6, checkpoints: 2, covered } })
  expect((await stat(file)).mode & 0o777).toBe(0o640)
})

test('a line that a crash cut short is replaced by the next one', async () => {
  await append(1)
  await write()
  await appendFile(file, '{"at":17954')
  await append(1)
  expect(await write()).toMatchObject({ ok: true, value: { seq: 2 } })
  expect(await verify()).toMatchObject({ ok: true, value: { checkpoints: 2 } })
  await writeFile(file, '{"at":17')
  expect(await write()).toMatchObject({ ok: true, value: { seq: 2 } })
  expect(await verify()).toMatchObject({ ok: true, value: { checkpoints: 1 } })
})

test('after the master key was replaced, each checkpoint counts for who has its key', async () => {
  await append(1)
  await write()
  await append(1)
  const next = auditSigner(new Uint8Array(32).fill(9))
  const both = [...verifiers, auditVerifier(next.publicKeyPem)]
  const written = await writeCheckpoint(store.stores[0].log, file, next, both, now)
  expect(written).toMatchObject({ ok: true, value: { keyId: next.keyId } })
  expect(await verify()).toMatchObject({ ok: false, error: { code: 'checkpoint' } })
  const evidence = { checkpoints: readCheckpoints(file), verifiers: both }
  expect(await verifyAudit(store.stores[0].log, evidence)).toMatchObject({ ok: true })
})
