import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { bindAsUser, changePassword, openDirectory } from '../../../src/directory/index.ts'
import type { Directory, DirectoryFault } from '../../../src/server/domain/ports/directory.ts'
import type { Store } from '../../../src/server/domain/ports/store.ts'
import { writeLease } from '../../../src/server/features/recovery/write-intent.ts'
import { type Caller, planned, prove, start } from './caller.ts'
import { type Harness, openHarness, type Person } from './harness.ts'

type SetTemporary = Directory['setTemporaryPassword']

const newPassword = 'Correct horse 7 battery staple'

describe.each(['sqlite', 'postgres'] as const)('on %s', (engine) => {
  let harness: Harness

  beforeAll(async () => {
    harness = await openHarness({ engine })
  })

  afterAll(() => harness?.close())

  const lease = () => writeLease(harness.parts.dependencies.directory)

  async function change(person: Person, from: string, to: string) {
    const { directory, caPem } = harness.lab
    const { userPrincipalName, password } = directory.agentAccount
    const connection = await openDirectory({
      controller: { host: directory.host, port: 636, address: directory.address },
      ...{ caPem: [caPem], connectTimeoutMs: 3000, operationTimeoutMs: 5000 },
      bind: { name: userPrincipalName, password },
    })
    if (!connection.ok) throw new Error(connection.error.detail)
    const changed = await changePassword(connection.value, person.dn, from, to)
    await connection.value.close()
    return changed
  }

  function signIn(person: Person, password: string) {
    const { directory, caPem } = harness.lab
    const controllers = [{ host: directory.host, port: 636, address: directory.address }]
    const times = { connectTimeoutMs: 3000, operationTimeoutMs: 5000 }
    const name = `${directory.netbiosName}\\${person.account}`
    return bindAsUser({ controllers, caPem: [caPem], ...times }, name, password)
  }

  /** Lets one call to the directory behave otherwise, and puts it right again. */
  async function withDirectory<T>(change: Partial<Directory>, work: () => Promise<T>): Promise<T> {
    const directory = harness.parts.dependencies.directory as Directory
    const before = { ...directory }
    Object.assign(directory, change)
    try {
      return await work()
    } finally {
      Object.assign(directory, before)
    }
  }

  /** Lets what sets a temporary password behave otherwise; `set` is how it really behaves. */
  function withWrite<T>(
    behave: (set: () => ReturnType<SetTemporary>) => ReturnType<SetTemporary>,
    work: () => Promise<T>,
  ): Promise<T> {
    const { setTemporaryPassword } = harness.parts.dependencies.directory
    return withDirectory(
      { setTemporaryPassword: (...args) => behave(() => setTemporaryPassword(...args)) },
      work,
    )
  }

  /** Does something while the directory answers each write like this. */
  const whileWritesFail = <T>(code: DirectoryFault['code'], work: () => Promise<T>) =>
    withWrite(async () => ({ ok: false, error: { code, detail: 'as the test wants it' } }), work)

  /** A recovery whose time is over, with its temporary password in place and its controller away. */
  async function sweptWhileAway(person: Person): Promise<Caller> {
    const { caller } = await planned(harness, person)
    expect((await caller.commit()).status).toBe(200)
    harness.pass(10 * 60_000 + 1)
    const fault = { code: 'unavailable', detail: 'away' } as const
    await withDirectory({ readPasswordState: async () => ({ ok: false, error: fault }) }, () =>
      harness.sweep(),
    )
    return caller
  }

  const events = async (caller: Caller) =>
    (await harness.audit(caller.recoveryId)).map(({ event }) => event)

  async function mailCame(person: Person, wanted: string) {
    await harness.deliver()
    const fits = ({ to, subject }: { to: string[]; subject: string }) =>
      to.includes(person.mailbox) && subject === wanted
    return harness.lab.mail.waitFor(fits, 5000)
  }

  async function recoverAnew(person: Person): Promise<void> {
    harness.pass(30_000)
    const { caller, plan } = await planned(harness, person)
    const temporary = await caller.openTemporary(await caller.commit(), plan.accountId)
    expect(await change(person, temporary, `${newPassword} again`)).toMatchObject({ ok: true })
    expect(await caller.send('POST', '/complete')).toMatchObject({ status: 200 })
  }

  test('a helper that dies with the temporary password: it is replaced, the user is told, and starts again', async () => {
    const person = await harness.hire()
    const { caller, plan } = await planned(harness, person)
    const temporary = await caller.openTemporary(await caller.commit(), plan.accountId)
    await harness.sweep()
    expect(await events(caller)).not.toContain('sweep.scrambled')
    harness.pass(10 * 60_000 + 1)
    await harness.sweep()
    expect((await events(caller)).slice(-2)).toEqual(['sweep.scrambled', 'recovery.expired'])
    // Dead, although nobody has used it.
    expect(await change(person, temporary, newPassword)).toMatchObject({
      error: { code: 'old_password_wrong' },
    })
    const mail = await mailCame(person, 'Your password reset was interrupted')
    expect(mail.text).toContain('start Latchkey again')
    expect(await caller.send('POST', '/complete')).toMatchObject({ status: 410 })
    expect(await caller.commit()).toMatchObject({ status: 410 })
    await recoverAnew(person)
  })

  test('giving up ends the temporary password at once', async () => {
    const person = await harness.hire()
    const { caller, plan } = await planned(harness, person)
    const temporary = await caller.openTemporary(await caller.commit(), plan.accountId)
    expect((await caller.send('DELETE', '')).status).toBe(204)
    await harness.sweep()
    expect(await change(person, temporary, newPassword)).toMatchObject({ ok: false })
    expect((await events(caller)).slice(-2)).toEqual(['recovery.abandoned', 'sweep.scrambled'])
    await recoverAnew(person)
  })

  test('a new recovery of the same person does not wait for the old one', async () => {
    const person = await harness.hire()
    const first = await planned(harness, person)
    const old = await first.caller.openTemporary(await first.caller.commit(), person.accountId)
    await recoverAnew(person)
    expect(await change(person, old, newPassword)).toMatchObject({ ok: false })
    expect(await events(first.caller)).toContain('recovery.abandoned')
    expect(await signIn(person, `${newPassword} again`)).toMatchObject({ ok: true })
    // The sweeper finds nothing to do: the password that the user has chosen stays.
    harness.pass(11 * 60_000)
    await harness.sweep()
    expect(await signIn(person, `${newPassword} again`)).toMatchObject({ ok: true })
  })

  test('a helper that dies after the change: the reset is recorded as what it was, and told', async () => {
    const person = await harness.hire()
    const { caller, plan } = await planned(harness, person)
    const temporary = await caller.openTemporary(await caller.commit(), plan.accountId)
    expect(await change(person, temporary, newPassword)).toMatchObject({ ok: true })
    harness.pass(10 * 60_000 + 1)
    await harness.sweep()
    expect((await events(caller)).at(-1)).toBe('sweep.confirmed')
    expect((await caller.send('GET', '')).body).toMatchObject({ state: 'completed' })
    await mailCame(person, 'Your password was reset')
    expect(await signIn(person, newPassword)).toMatchObject({ ok: true })
  })

  describe('a password that the helpdesk has set since, to be changed at the next logon,', () => {
    const given = 'Helpdesk gave me 1 for a day'
    async function helpdeskSets(person: Person) {
      await harness.lab.directory.setPassword(person.dn, given)
      await harness.lab.directory.modify(person.dn, { pwdLastSet: 0 })
    }

    test.each([1, 2])('stays after commit number %i, and the user is told', async (commits) => {
      const person = await harness.hire()
      const { caller } = await planned(harness, person)
      for (let n = 0; n < commits; n++) expect((await caller.commit()).status).toBe(200)
      await helpdeskSets(person)
      const before = await harness.lab.directory.readAttribute(person.dn, 'uSNChanged')
      harness.pass(10 * 60_000 + 1)
      await harness.sweep()
      expect((await events(caller)).slice(-2)).toEqual(['sweep.replaced', 'recovery.expired'])
      expect(await harness.lab.directory.readAttribute(person.dn, 'uSNChanged')).toBe(before)
      expect(await signIn(person, given)).toMatchObject({ error: { restriction: 'must_change' } })
      expect(await harness.read((tx) => tx.writes.find(person.accountId))).toBeNull()
      const mail = await mailCame(person, 'Your password was set by somebody else')
      expect(mail.text).toContain('there is nothing more to do')
    })

    test('stays after a second commit that was refused', async () => {
      const person = await harness.hire()
      const { caller } = await planned(harness, person)
      expect((await caller.commit()).status).toBe(200)
      await whileWritesFail('refused', () => caller.commit())
      await helpdeskSets(person)
      harness.pass(10 * 60_000 + 1)
      await harness.sweep()
      expect(await events(caller)).toContain('sweep.replaced')
    })

    test('cannot be told from ours without the right to read it, and is replaced', async () => {
      const person = await harness.hire()
      const { caller } = await planned(harness, person)
      expect((await caller.commit()).status).toBe(200)
      await helpdeskSets(person)
      harness.pass(10 * 60_000 + 1)
      const { readPasswordState } = harness.parts.dependencies.directory
      const blind: Directory['readPasswordState'] = async (...args) => {
        const read = await readPasswordState(...args)
        return read.ok ? { ok: true, value: { ...read.value, passwordWrite: null } } : read
      }
      await withDirectory({ readPasswordState: blind }, () => harness.sweep())
      expect(await events(caller)).toContain('sweep.scrambled')
    })
  })

  test('a temporary password that need not be changed any more is still replaced', async () => {
    const person = await harness.hire()
    const { caller, plan } = await planned(harness, person)
    const temporary = await caller.openTemporary(await caller.commit(), plan.accountId)
    await harness.lab.directory.modify(person.dn, { pwdLastSet: -1 })
    expect(await signIn(person, temporary)).toMatchObject({ ok: true })
    expect(await caller.send('POST', '/complete')).toMatchObject({
      status: 409,
      body: { code: 'not_confirmed' },
    })
    harness.pass(10 * 60_000 + 1)
    await harness.sweep()
    expect(await events(caller)).toContain('sweep.scrambled')
    expect(await change(person, temporary, newPassword)).toMatchObject({ ok: false })
  })

  test('an intention that never reached the directory costs nothing', async () => {
    const person = await harness.hire()
    const { caller } = await planned(harness, person)
    const lost = await whileWritesFail('unknown_outcome', () => caller.commit())
    expect(lost).toMatchObject({ status: 503, body: { code: 'directory_unavailable' } })
    // Until its lease is over, nobody judges it, not even the same helper.
    await harness.sweep()
    expect(await caller.commit()).toMatchObject({
      status: 409,
      body: { code: 'write_in_progress' },
    })
    harness.pass(lease() + 1)
    await harness.sweep()
    expect((await events(caller)).slice(-2)).toEqual([
      'recovery.commit_failed',
      'sweep.not_applied',
    ])
    expect(await signIn(person, person.password)).toMatchObject({ ok: true })
    expect(await caller.commit()).toMatchObject({ status: 200 })
  })

  test('an answer that is lost after the write: what was set is replaced, and the helper goes on', async () => {
    const person = await harness.hire()
    const { caller, plan } = await planned(harness, person)
    const lost = await withWrite(
      async (set) => {
        await set()
        return { ok: false, error: { code: 'unknown_outcome', detail: 'cut' } }
      },
      () => caller.commit(),
    )
    expect(lost.status).toBe(503)
    harness.pass(lease() + 1)
    // The helper comes first: it takes the lapsed entry over.
    const temporary = await caller.openTemporary(await caller.commit(), plan.accountId)
    expect(await change(person, temporary, newPassword)).toMatchObject({ ok: true })
    expect(await caller.send('POST', '/complete')).toMatchObject({ status: 200 })
  })

  test('a process that wakes up late does not leave behind what it wrote', async () => {
    const person = await harness.hire()
    const { caller } = await planned(harness, person)
    const late = await withWrite(
      async (set) => {
        // While it slept, its lease ran out, and somebody looked: nothing was written yet.
        harness.pass(lease() + 1)
        await harness.sweep()
        return set()
      },
      () => caller.commit(),
    )
    expect(late).toMatchObject({ status: 409, body: { code: 'wrong_state' } })
    await harness.sweep()
    expect((await events(caller)).slice(-3)).toEqual([
      'sweep.not_applied',
      'recovery.committed',
      'sweep.scrambled',
    ])
    await mailCame(person, 'Your password reset was interrupted')
  })

  test('a late write whose answer is lost is judged anew', async () => {
    const person = await harness.hire()
    const { caller } = await planned(harness, person)
    const late = await withWrite(
      async (set) => {
        // Judged before it was written, and written after all.
        harness.pass(lease() + 1)
        await harness.sweep()
        await set()
        return { ok: false, error: { code: 'unknown_outcome', detail: 'cut' } }
      },
      () => caller.commit(),
    )
    expect(late).toMatchObject({ status: 503 })
    await harness.sweep()
    expect((await events(caller)).slice(-2)).toEqual([
      'sweep.not_applied',
      'recovery.commit_failed',
    ])
    harness.pass(lease() + 1)
    await harness.sweep()
    expect((await events(caller)).at(-1)).toBe('sweep.scrambled')
  })

  test('a sweeper that was stopped does not write over what was chosen since', async () => {
    const person = await harness.hire()
    const { caller, plan } = await planned(harness, person)
    const temporary = await caller.openTemporary(await caller.commit(), plan.accountId)
    expect((await caller.send('DELETE', '')).status).toBe(204)
    const { directory } = harness.parts.dependencies
    const { readPasswordState } = directory
    await withDirectory(
      {
        readPasswordState: async (...args) => {
          const read = await readPasswordState(...args)
          expect(await change(person, temporary, newPassword)).toMatchObject({ ok: true })
          harness.pass(10 * 60_000)
          return read
        },
      },
      () => harness.sweep(),
    )
    expect(await signIn(person, newPassword)).toMatchObject({ ok: true })
    await harness.sweep()
    expect((await events(caller)).at(-1)).toBe('sweep.confirmed')
  })

  test('giving up while the directory is being asked', async () => {
    const person = await harness.hire()
    const { caller } = await planned(harness, person)
    const answer = await withWrite(
      async (set) => {
        expect((await caller.send('DELETE', '')).status).toBe(204)
        await harness.sweep()
        return set()
      },
      () => caller.commit(),
    )
    expect(answer).toMatchObject({ status: 409 })
    await harness.sweep()
    expect((await events(caller)).at(-1)).toBe('sweep.scrambled')
  })

  test('a plain refusal leaves everything as it was', async () => {
    const person = await harness.hire()
    const { caller } = await planned(harness, person)
    const refused = await whileWritesFail('refused', () => caller.commit())
    expect(refused).toMatchObject({ status: 502, body: { code: 'directory_refused' } })
    expect((await caller.send('GET', '')).body).toMatchObject({ state: 'planned' })
    expect(await harness.read((tx) => tx.writes.find(person.accountId))).toBeNull()
    expect(await signIn(person, person.password)).toMatchObject({ ok: true })
  })

  test('a refusal of the second commit keeps the journal of the first', async () => {
    const person = await harness.hire()
    const { caller } = await planned(harness, person)
    expect((await caller.commit()).status).toBe(200)
    await whileWritesFail('refused', () => caller.commit())
    expect((await caller.send('GET', '')).body).toMatchObject({ state: 'committed' })
    harness.pass(10 * 60_000 + 1)
    await harness.sweep()
    expect((await events(caller)).slice(-2)).toEqual(['sweep.scrambled', 'recovery.expired'])
  })

  test('while the controller is away the entry stays open, and is settled when it is back', async () => {
    const person = await harness.hire()
    const caller = await sweptWhileAway(person)
    expect(await harness.read((tx) => tx.writes.find(person.accountId))).not.toBeNull()
    expect(harness.logged.at(-1)).toMatchObject({ event: 'sweep_postponed', code: 'unavailable' })
    await harness.sweep()
    expect(await events(caller)).toContain('sweep.scrambled')
    expect(await harness.read((tx) => tx.writes.find(person.accountId))).toBeNull()
  })

  test('a controller that stays away does not keep its owner from starting again', async () => {
    const person = await harness.hire()
    await sweptWhileAway(person)
    await recoverAnew(person)
    await harness.sweep()
    expect(await harness.read((tx) => tx.writes.find(person.accountId))).toBeNull()
  })

  test('a sweeper that is still at work settles nothing that was written since', async () => {
    const person = await harness.hire()
    const first = await planned(harness, person)
    expect((await first.caller.commit()).status).toBe(200)
    harness.pass(30_000)
    const { caller, plan } = await planned(harness, person)
    await whileWritesFail('refused', () => caller.commit())
    // What is left of the first recovery is claimed; before it is replaced, the second one goes on.
    const { directory } = harness.parts.dependencies
    const real = directory.setTemporaryPassword
    await withDirectory(
      {
        setTemporaryPassword: async (...args) => {
          Object.assign(directory, { setTemporaryPassword: real })
          expect(await caller.commit()).toMatchObject({
            status: 409,
            body: { code: 'write_in_progress' },
          })
          return real(...args)
        },
      },
      () => harness.sweep(),
    )
    expect(await events(caller)).toContain('sweep.scrambled')
    const temporary = await caller.openTemporary(await caller.commit(), plan.accountId)
    expect(await harness.read((tx) => tx.writes.find(person.accountId))).toMatchObject({
      step: 'set',
    })
    expect(await change(person, temporary, newPassword)).toMatchObject({ ok: true })
    expect(await caller.send('POST', '/complete')).toMatchObject({ status: 200 })
  })

  test('giving up while a commit is being recorded ends its temporary password at once', async () => {
    const person = await harness.hire()
    const { caller, plan } = await planned(harness, person)
    const temporary = await caller.openTemporary(await caller.commit(), plan.accountId)
    const { store } = harness.parts.dependencies
    const { transaction } = store
    // What giving up reads first is from just before that.
    const stale: Store['transaction'] = (work) =>
      transaction.call(store, (tx) => {
        const find = async (id: string) => {
          const found = await tx.recoveries.find(id)
          return found && { ...found, state: 'committing' as const }
        }
        return work({ ...tx, recoveries: { ...tx.recoveries, find } })
      }) as ReturnType<typeof work>
    Object.assign(store, { transaction: stale })
    const answer = await caller.send('DELETE', '').finally(() => {
      Object.assign(store, { transaction })
    })
    expect(answer.status).toBe(204)
    await harness.sweep()
    expect((await events(caller)).at(-1)).toBe('sweep.scrambled')
    expect(await change(person, temporary, newPassword)).toMatchObject({ ok: false })
  })

  test('two commits at once set one temporary password', async () => {
    const person = await harness.hire()
    const { caller } = await planned(harness, person)
    const answers = await Promise.all([caller.commit(), caller.commit(), caller.commit()])
    const committed = (await events(caller)).filter((event) => event === 'recovery.committed')
    expect(committed).toHaveLength(answers.filter(({ status }) => status === 200).length)
    expect(committed.length).toBeGreaterThanOrEqual(1)
    const others = answers.filter(({ status }) => status !== 200)
    for (const { status } of others) expect(status).toBe(409)
  })

  test('two recoveries of one person cannot write at the same time', async () => {
    const person = await harness.hire()
    const first = await planned(harness, person)
    harness.pass(30_000)
    const second = await start(harness, person.account)
    await prove(harness, second, person)
    await second.plan()
    const { directory } = harness.parts.dependencies
    const real = directory.setTemporaryPassword
    await withDirectory(
      {
        setTemporaryPassword: async (...args) => {
          Object.assign(directory, { setTemporaryPassword: real })
          const busy = await second.commit()
          expect(busy).toMatchObject({ status: 409, body: { code: 'write_in_progress' } })
          expect(busy.body.retryAfterSeconds).toBeGreaterThan(0)
          return real(...args)
        },
      },
      () => first.caller.commit(),
    )
  })
})
