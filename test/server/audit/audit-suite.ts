import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { auditSigner, auditVerifier } from '../../../src/sealing/audit-signature.ts'
import { type Checkpoint, signCheckpoint } from '../../../src/server/audit/checkpoint.ts'
import { verifyAudit } from '../../../src/server/audit/verify.ts'
import { now } from '../store/records.ts'
import { openForTests, type StoreUnderTest, type TestEngine } from '../store/suite/engine.ts'

const signer = auditSigner(new Uint8Array(32).fill(7))
const verifiers = [auditVerifier(signer.publicKeyPem)]

/** Finds every way in which a log can be changed, whichever engine keeps it. */
export function auditSuite(engine: TestEngine): void {
  describe(`the audit log on ${engine.name}`, () => {
    const store = openForTests(engine)
    describe('is found out without help from outside:', () => withoutEvidence(store))
    describe('is found out by a checkpoint:', () => withEvidence(store))
    describe('is sound', () => sound(store))
  })
}

async function append(store: StoreUnderTest, count: number, name = 'r'): Promise<void> {
  for (let index = 0; index < count; index += 1) {
    await store.run(async (tx) => {
      const fields = {
        recoveryId: `${name}${index}`,
        accountId: null,
        kind: 'totp',
        attempts: 1,
      } as const
      await tx.audit({ event: 'recovery.proof_refused', at: now + index, fields })
    })
  }
}

/** What a server that holds the key signed of the log as it is now. */
async function sign(store: StoreUnderTest): Promise<Checkpoint> {
  const { head } = await store.stores[0].log.read(0, 1)
  return signCheckpoint(head, now, signer)
}

async function verify(store: StoreUnderTest, signed: readonly (Checkpoint | null)[] = []) {
  const checkpoints = signed.map((checkpoint, index) => ({ line: index + 1, checkpoint }))
  return verifyAudit(store.stores[1].log, { checkpoints, verifiers })
}

/** The chain anew, as somebody with the database's password would compute it. */
async function relink(store: StoreUnderTest, from: number): Promise<void> {
  const { entries } = await store.stores[0].log.read(0, 10_000)
  let prev = from > 1 ? (entries[from - 2]?.hash ?? '') : '0'.repeat(64)
  for (const { seq, body } of entries.slice(from - 1)) {
    const text = `${body.slice(0, -1)},"prev":"${prev}","seq":${seq}}`
    prev = createHash('sha256').update(text).digest('hex')
    await store.tamper(`update audit_entries set hash = '${prev}' where seq = ${seq}`)
  }
  const last = entries.at(-1)?.seq ?? 0
  await store.tamper(`update audit_head set seq = ${last}, hash = '${prev}'`)
}

const found = (code: string, seq: number) => ({ ok: false, error: { code, seq } })
const edit = (seq: number) =>
  `update audit_entries set body = replace(body, '"attempts":1', '"attempts":0') where seq = ${seq}`
const swap = (column: string) => `
  update audit_entries set ${column} = (
    select ${column} from audit_entries other where other.seq = 7 - audit_entries.seq
  ) where seq in (3, 4)`

function withoutEvidence(store: StoreUnderTest): void {
  test.each([
    ['an edited entry', [edit(4)], found('altered', 4)],
    ['an edited first entry', [edit(1)], found('altered', 1)],
    ['an edited last entry', [edit(9)], found('altered', 9)],
    [
      'an edited last character',
      ["update audit_entries set body = substr(body, 1, length(body) - 1) || ']' where seq = 4"],
      found('altered', 4),
    ],
    [
      'an edited entry with its own hash made to fit nothing',
      [`update audit_entries set hash = '${'f'.repeat(64)}' where seq = 4`],
      found('altered', 4),
    ],
    ['a deleted entry', ['delete from audit_entries where seq = 4'], found('missing', 4)],
    ['a deleted first entry', ['delete from audit_entries where seq = 1'], found('missing', 1)],
    [
      'a deleted entry whose gap was closed',
      [
        'delete from audit_entries where seq = 4',
        ...[5, 6, 7, 8, 9].map((n) => `update audit_entries set seq = ${n - 1} where seq = ${n}`),
      ],
      found('altered', 4),
    ],
    ['two entries that changed places', [swap('body')], found('altered', 3)],
    [
      'two entries that changed places with their hashes',
      [swap('body'), swap('hash')],
      found('altered', 3),
    ],
    [
      'an inserted entry',
      [
        ...[9, 8, 7, 6, 5].map((n) => `update audit_entries set seq = ${n + 1} where seq = ${n}`),
        'insert into audit_entries select 5, body, hash from audit_entries where seq = 4',
      ],
      found('altered', 5),
    ],
    [
      'an entry added by hand',
      ["insert into audit_entries values (10, '{}', 'x')"],
      found('altered', 10),
    ],
    ['a tail that was cut', ['delete from audit_entries where seq > 6'], found('cut', 7)],
    ['a log that was emptied', ['delete from audit_entries'], found('cut', 1)],
    [
      'a record of the end that was set back',
      ['update audit_head set seq = 8'],
      found('altered', 8),
    ],
    [
      'a record of the end with another hash',
      [`update audit_head set hash = '${'f'.repeat(64)}'`],
      found('altered', 9),
    ],
  ])('%s', async (_, statements, expected) => {
    await append(store, 9)
    for (const statement of statements) await store.tamper(statement)
    expect(await verify(store)).toMatchObject(expected)
  })
}

function withEvidence(store: StoreUnderTest): void {
  test('a log that was rewritten from an edit to its end', async () => {
    await append(store, 5)
    const first = await sign(store)
    await append(store, 4)
    const second = await sign(store)
    await store.tamper(edit(7))
    await relink(store, 7)
    expect(await verify(store)).toMatchObject({ ok: true })
    expect(await verify(store, [first, second])).toMatchObject(found('rewritten', 9))
    expect(await verify(store, [first])).toMatchObject({ ok: true })
  })

  test('a tail that was cut together with the record of the end', async () => {
    await append(store, 9)
    const signed = await sign(store)
    await store.tamper('delete from audit_entries where seq > 6')
    await relink(store, 6)
    expect(await verify(store)).toMatchObject({ ok: true, value: { entries: 6 } })
    expect(await verify(store, [signed])).toMatchObject(found('cut', 7))
  })

  test('an older backup, as it is and after a server went on with it', async () => {
    await append(store, 6)
    const backup = (await store.stores[0].log.read(0, 100)).entries
    const before = await sign(store)
    await append(store, 3)
    const after = await sign(store)
    await store.tamper('delete from audit_entries where seq > 6')
    await store.tamper(`update audit_head set seq = 6, hash = '${backup.at(-1)?.hash}'`)
    expect(await verify(store)).toMatchObject({ ok: true, value: { entries: 6 } })
    expect(await verify(store, [before, after])).toMatchObject(found('cut', 7))
    await append(store, 4, 'later')
    expect(await verify(store, [before, after])).toMatchObject(found('rewritten', 9))
  })

  test('a server that signed again after an older backup was restored', async () => {
    await append(store, 9)
    const newer = await sign(store)
    const { entries } = await store.stores[0].log.read(6, 10)
    const gone = entries.map(({ seq, body, hash }) => `${seq}, '${body}', '${hash}'`)
    await store.tamper('delete from audit_entries where seq > 6')
    await relink(store, 6)
    const older = await sign(store)
    expect(await verify(store, [older])).toMatchObject({ ok: true })
    expect(await verify(store, [newer, older])).toMatchObject({ ok: false })
    // The same entries as before, so that only the order of the checkpoints tells.
    for (const body of gone) await store.tamper(`insert into audit_entries values (${body})`)
    await relink(store, 6)
    expect(await verify(store, [older, newer])).toMatchObject({ ok: true })
    expect(await verify(store, [newer, older])).toMatchObject(found('rewritten', 6))
  })

  test('two servers that each wrote to a copy of their own', async () => {
    await append(store, 5)
    const common = await sign(store)
    await append(store, 2)
    const here = await sign(store)
    await store.tamper('delete from audit_entries where seq > 5')
    await relink(store, 5)
    await append(store, 1)
    await append(store, 3)
    const there = await sign(store)
    expect(await verify(store, [common, there])).toMatchObject({ ok: true })
    expect(await verify(store, [common, here])).toMatchObject(found('rewritten', 7))
  })

  test('a checkpoint that is not to be trusted', async () => {
    await append(store, 5)
    const signed = await sign(store)
    const stranger = auditSigner(new Uint8Array(32).fill(8))
    const { head } = await store.stores[0].log.read(0, 1)
    const untrusted = [
      [{ ...signed, seq: 4 }, /Line 1 .* does not bear a valid signature/],
      [{ ...signed, at: now + 1 }, /does not bear a valid signature/],
      [{ ...signed, hash: 'f'.repeat(64) }, /does not bear a valid signature/],
      [{ ...signed, signature: '' }, /does not bear a valid signature/],
      [signCheckpoint(head, now, stranger), /was signed by an unknown key/],
      [{ ...signCheckpoint(head, now, stranger), keyId: signer.keyId }, /valid signature/],
      [null, /is not a checkpoint/],
    ] as const
    for (const [checkpoint, detail] of untrusted) {
      const result = await verify(store, [checkpoint])
      expect(result).toMatchObject({
        ok: false,
        error: { code: 'checkpoint', detail: expect.stringMatching(detail) },
      })
    }
  })

  test('a checkpoint of an empty log that was not the beginning of this one', async () => {
    await append(store, 1)
    const signed = signCheckpoint({ seq: 0, hash: 'f'.repeat(64) }, now, signer)
    expect(await verify(store, [signed])).toMatchObject(found('rewritten', 0))
  })
}

function sound(store: StoreUnderTest): void {
  test('when it is empty', async () => {
    expect(await verify(store)).toEqual({
      ok: true,
      value: { entries: 0, head: { seq: 0, hash: '0'.repeat(64) }, checkpoints: 0, covered: null },
    })
  })

  test('when nothing was changed, and says how far it is covered', async () => {
    await append(store, 3)
    const first = await sign(store)
    await append(store, 2)
    const second = await sign(store)
    await append(store, 2)
    expect(await verify(store, [first, first, second])).toMatchObject({
      ok: true,
      value: { entries: 7, checkpoints: 3, covered: { seq: 5, at: now } },
    })
  })

  test('across more entries than are read at a time', async () => {
    await store.run(async (tx) => {
      for (let index = 0; index < 2500; index += 1) {
        const fields = { recoveryId: `r${index}`, accountId: null }
        await tx.audit({ event: 'recovery.abandoned', at: now, fields })
      }
    })
    const signed = await sign(store)
    expect(await verify(store, [signed])).toMatchObject({ ok: true, value: { entries: 2500 } })
    await store.tamper('delete from audit_entries where seq = 2001')
    expect(await verify(store, [signed])).toMatchObject(found('missing', 2001))
  })

  test('while a server writes to it', async () => {
    const writing = append(store, 40)
    for (let round = 0; round < 10; round += 1) {
      expect(await verify(store)).toMatchObject({ ok: true })
    }
    await writing
  })

  test('and links each entry as this test does by itself', async () => {
    await append(store, 3)
    const before = (await store.stores[0].log.read(0, 10)).entries
    await relink(store, 1)
    expect((await store.stores[0].log.read(0, 10)).entries).toEqual(before)
    expect(before[1]?.hash).toBe(
      createHash('sha256')
        .update(
          `{"at":${now + 1},"event":"recovery.proof_refused","fields":{"accountId":null,` +
            `"attempts":1,"kind":"totp","recoveryId":"r1"},"prev":"${before[0]?.hash}","seq":2}`,
        )
        .digest('hex'),
    )
  })
}
