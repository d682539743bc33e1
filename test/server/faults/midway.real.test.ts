import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, onTestFinished, test } from 'vitest'
import { startTcpProxy, type TcpProxy } from '../../../scripts/lab/tcp-proxy.ts'
import { bindAsUser } from '../../../src/directory/index.ts'
import { verifyAudit } from '../../../src/server/audit/verify.ts'
import type { Directory } from '../../../src/server/domain/ports/directory.ts'
import { writeLease } from '../../../src/server/features/recovery/write-intent.ts'
import { openLab } from '../../helpers/lab.ts'
import { type Answer, type Caller, planned, prove, start } from '../recovery/caller.ts'
import { type Harness, openHarness, type Person } from '../recovery/harness.ts'
import { mountSmallDisk, type SmallDisk } from '../store/small-disk.ts'

// Something goes away in the middle of a recovery. Nothing is lost: what was not recorded was not done,
// and the same recovery goes on when it is back.

const newPassword = 'Correct horse 7 battery staple'

function signIn({ lab }: Harness, person: Person, password: string) {
  const { host, address } = lab.directory
  const controllers = [{ host, port: 636, address }]
  const times = { connectTimeoutMs: 3000, operationTimeoutMs: 5000 }
  return bindAsUser(
    { controllers, caPem: [lab.caPem], ...times },
    `CORP\\${person.account}`,
    password,
  )
}

describe('a full disk', () => {
  let disk: SmallDisk
  let harness: Harness

  beforeAll(async () => {
    disk = await mountSmallDisk(4)
    const file = join(disk.folder, 'store.sqlite')
    harness = await openHarness({ sections: { store: { engine: 'sqlite', file } } })
  })

  afterAll(async () => {
    await harness?.close()
    await disk?.remove()
  })

  const refused = { status: 503, body: { code: 'store_unavailable' } }

  test('refuses every step, changes nothing in the directory, and the recovery goes on afterwards', async () => {
    const person = await harness.hire()
    const { caller, plan } = await planned(harness, person, [])
    const other = await start(harness, person.account)
    const before = await harness.lab.directory.readAttribute(person.dn, 'uSNChanged')
    await disk.fill()
    await expect(start(harness, person.account)).rejects.toThrow('store_unavailable')
    const code = await harness.code(person, 1)
    const steps: Answer[] = [
      await other.verify({ kind: 'totp', code }),
      await other.challenge(),
      await caller.plan([]),
      await caller.relay(plan, newPassword),
      await caller.send('GET', ''),
      await caller.send('DELETE', ''),
    ]
    for (const answer of steps) expect(answer).toMatchObject(refused)
    const said = harness.logged.filter(({ event }) => event === 'store_unavailable')
    expect(said.length).toBeGreaterThanOrEqual(steps.length)
    for (const { detail } of said) {
      expect(detail).toMatch(/^The disk of the store is full: free space for \S+store\.sqlite\.$/)
    }
    expect(await harness.lab.directory.readAttribute(person.dn, 'uSNChanged')).toBe(before)
    expect(await signIn(harness, person, person.password)).toMatchObject({ ok: true })
    await disk.free()
    expect(await other.send('GET', '')).toMatchObject({
      body: { state: 'proving', attemptsLeft: 5 },
    })
    expect(await caller.relay(plan, newPassword)).toMatchObject({ status: 200 })
    expect(await signIn(harness, person, newPassword)).toMatchObject({ ok: true })
    expect(await verifyAudit(harness.parts.auditLog)).toMatchObject({ ok: true })
  })

  test('that fills up between the directory’s yes and its record: the write is found and settled', async () => {
    const person = await harness.hire()
    const { caller } = await planned(harness, person)
    const directory = harness.parts.dependencies.directory as Directory
    const real = directory.setTemporaryPassword
    onTestFinished(() => void Object.assign(directory, { setTemporaryPassword: real }))
    directory.setTemporaryPassword = async (...args) => {
      const set = await real(...args)
      await disk.fill()
      return set
    }
    expect(await caller.commit()).toMatchObject(refused)
    directory.setTemporaryPassword = real
    await disk.free()
    harness.pass(writeLease(directory) + 1)
    await harness.sweep()
    const events = (await harness.audit(caller.recoveryId)).map(({ event }) => event)
    expect(events.slice(-2)).toEqual(['recovery.commit_intended', 'sweep.scrambled'])
    expect(await verifyAudit(harness.parts.auditLog)).toMatchObject({ ok: true })
    harness.pass(30_000)
    const again = await planned(harness, person, [])
    expect(await again.caller.relay(again.plan, newPassword)).toMatchObject({ status: 200 })
    expect(await signIn(harness, person, newPassword)).toMatchObject({ ok: true })
  })
})

describe('a directory that is away', () => {
  let harness: Harness
  let proxy: TcpProxy

  beforeAll(async () => {
    const { host, address, port } = (await openLab()).directory
    proxy = await startTcpProxy({ target: { host: address, port } })
    const controllers = [{ host, port: proxy.port, address: proxy.host }]
    harness = await openHarness({ sections: { directory: { controllers } } })
  })

  afterAll(async () => {
    await harness?.close()
    await proxy?.stop()
  })

  beforeEach(() => proxy.setMode({ kind: 'pass' }))

  const away = () => {
    proxy.setMode({ kind: 'refuse' })
    proxy.dropAll()
  }

  /** As soon as the pool has noticed that it is back. */
  const onceBack = (ask: () => Promise<Answer>) => {
    proxy.setMode({ kind: 'pass' })
    return expect.poll(async () => (await ask()).status, { timeout: 15_000, interval: 250 })
  }

  const unavailable = { status: 503, body: { code: 'directory_unavailable' } }

  test('is told to employee and stranger alike, and no try is counted', async () => {
    const person = await harness.hire()
    harness.pass(60_000)
    away()
    const answers: Answer[] = []
    for (const account of [person.account, 'nobody-of-this-name']) {
      const caller = await start(harness, account)
      answers.push(await caller.verify({ kind: 'totp', code: '000000' }), await caller.challenge())
      expect(await caller.send('GET', '')).toMatchObject({ body: { attemptsLeft: 5 } })
    }
    for (const answer of answers) expect(answer).toMatchObject(unavailable)
    const logged = harness.logged.filter(({ event }) => event === 'resolve_failed')
    expect(logged[0]?.detail).toMatch(/^The domain controller (does not answer|took too long)/)
  })

  test('stops the plan and the commit, costs nobody the password, and the same recovery goes on', async () => {
    const person = await harness.hire()
    const caller = await start(harness, person.account)
    await prove(harness, caller, person)
    away()
    expect(await caller.plan()).toMatchObject(unavailable)
    await onceBack(() => caller.plan()).toBe(200)
    away()
    expect(await caller.commit()).toMatchObject(unavailable)
    expect(await caller.send('GET', '')).toMatchObject({ body: { state: 'planned' } })
    expect(await harness.read((tx) => tx.writes.find(person.accountId))).toBeNull()
    expect(await signIn(harness, person, person.password)).toMatchObject({ ok: true })
    await onceBack(() => caller.commit()).toBe(200)
    away()
    expect(await caller.send('POST', '/complete')).toMatchObject(unavailable)
  })
})

test('without a mail server the code waits, the answer is the same, and the other method works', async () => {
  const lab = await openLab()
  const proxy = await startTcpProxy({ target: lab.mail })
  onTestFinished(() => proxy.stop())
  const mail = { host: proxy.host, port: proxy.port }
  const harness = await openHarness({ sections: { mail } })
  onTestFinished(() => harness.close())
  const person = await harness.hire()
  proxy.setMode({ kind: 'refuse' })
  const caller: Caller = await start(harness, person.account)
  expect(await caller.challenge()).toMatchObject({ status: 200, body: { kind: 'email' } })
  await harness.deliver()
  const failed = harness.logged.filter(({ event }) => event === 'mail_failed')
  expect(failed).toEqual([
    expect.objectContaining({
      detail: expect.stringMatching(
        /^The mail server does not answer .* Mail waits until it answers\.$/,
      ),
    }),
  ])
  expect((await caller.verify({ kind: 'totp', code: await harness.code(person) })).status).toBe(200)
  proxy.setMode({ kind: 'pass' })
  harness.pass(10_000)
  const proven = await caller.verify({ kind: 'email', code: await harness.mailed(person) })
  expect(proven).toMatchObject({ status: 200, body: { state: 'proven' } })
})
