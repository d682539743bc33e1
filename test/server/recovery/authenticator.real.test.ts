import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { AuthenticatorKind } from '../../../src/contract/method-kinds.ts'
import type { ChallengeResponse } from '../../../src/contract/recovery.ts'
import type { AuthenticationOptions } from '../../../src/contract/web-authn.ts'
import { uniqueName } from '../../helpers/lab.ts'
import {
  createAuthenticator,
  flag,
  type Lies,
  type SoftwareAuthenticator,
} from '../../helpers/software-authenticator.ts'
import { type Caller, start } from './caller.ts'
import { type Harness, openHarness, origin, type Person } from './harness.ts'

const minute = 60_000
const atOnce = 20

type Owner = Person & { authenticator: SoftwareAuthenticator; methodId: string }

/** Sets up an authenticator as its owner would; `change` is laid over the method. */
async function give(
  harness: Harness,
  person: Person,
  kind: AuthenticatorKind = 'passkey',
  change: { confirmedAt?: number | null; suspendedAt?: number | null } = {},
): Promise<Owner> {
  const { secrets, webAuthn } = harness.parts.dependencies
  const authenticator = createAuthenticator({ origin })
  const challenge = secrets.newToken()
  const handle = secrets.newToken()
  const user = { handle, name: person.account, displayName: '' }
  const asked = { kind, challenge, user, existing: [], allowedAaguids: null }
  const response = authenticator.create(webAuthn.registrationOptions(asked))
  const verified = await webAuthn.verifyRegistration(response, secrets.hashToken(challenge), null)
  if (!verified.ok) throw new Error(verified.error)
  const methodId = secrets.newId()
  const { accountId } = person
  await harness.read(async (tx) => {
    await tx.methods.insert({
      ...{ id: methodId, accountId, kind, label: 'This computer', createdAt: 1, confirmedAt: 1 },
      secret: secrets.sealMethodSecret({ id: methodId, accountId }, handle),
      ...{ lastUsedAt: null, lastStep: 0, suspendedAt: null },
      ...change,
    })
    await tx.credentials.insert({ ...verified.value, methodId, accountId, userHandle: handle })
  })
  return { ...person, authenticator, methodId }
}

async function ask(caller: Caller, kind: AuthenticatorKind = 'passkey') {
  const path = `/methods/${caller.offer(kind)}/challenge`
  const { status, body } = await caller.send<ChallengeResponse>('POST', path)
  if (status !== 200) throw new Error(JSON.stringify(body))
  return body as { kind: string; expiresAt: string; options: AuthenticationOptions }
}

async function show(caller: Caller, owner: Owner, lies: Lies = {}, kind = 'passkey' as const) {
  const { options } = await ask(caller, kind)
  return caller.verify({ kind, response: owner.authenticator.get(options, lies) })
}

describe.each(['sqlite', 'postgres'] as const)('on %s', (engine) => {
  let harness: Harness

  beforeAll(async () => {
    const methods = ['passkey', 'securityKey', 'totp', 'email']
    harness = await openHarness({ engine, sections: { policy: { methods } } })
  })

  afterAll(() => harness?.close())

  const methodOf = ({ methodId }: Owner) => harness.read((tx) => tx.methods.find(methodId))
  const owner = async () => give(harness, await harness.hire())
  const auditOf = async ({ accountId }: Person) => {
    const { entries } = await harness.parts.auditLog.read(0, 100_000)
    return entries
      .map(({ body }) => JSON.parse(body))
      .filter(({ fields }) => fields.accountId === accountId)
      .map(({ event }) => event as string)
  }

  describe('is refused:', () => {
    test('whatever a stranger shows, and a stranger is asked like an employee', async () => {
      const known = await owner()
      const stranger = await start(harness, uniqueName('nobody'))
      const employee = await start(harness, known.account)
      const [one, other] = [await ask(stranger), await ask(employee)]
      const shape = ({ options, ...rest }: typeof one) => ({
        ...rest,
        options: { ...options, challenge: options.challenge.length },
        expiresAt: '',
      })
      expect(shape(one)).toEqual(shape(other))
      expect(one.options.allowCredentials).toEqual([])
      const response = known.authenticator.get(one.options)
      const { status, body } = await stranger.verify({ kind: 'passkey', response })
      expect(status).toBe(422)
      expect(body).toMatchObject({ code: 'proof_refused', attemptsLeft: 4 })
      const nothing = await harness.hire()
      const empty = await start(harness, nothing.account)
      const answer = await show(empty, known)
      expect(Object.keys(answer.body).sort()).toEqual(Object.keys(body).sort())
      expect(answer.body).toMatchObject({ code: 'proof_refused', attemptsLeft: 4 })
    })

    test('the credential of another account', async () => {
      const [mine, theirs] = [await owner(), await owner()]
      const caller = await start(harness, theirs.account)
      expect((await show(caller, mine)).body.code).toBe('proof_refused')
      expect((await show(caller, mine, { userHandle: undefined })).body.code).toBe('proof_refused')
      expect((await show(caller, theirs)).status).toBe(200)
    })

    test('the credential of another kind', async () => {
      const key = await give(harness, await harness.hire(), 'securityKey')
      const caller = await start(harness, key.account)
      expect((await show(caller, key)).body.code).toBe('proof_refused')
      expect((await show(caller, key, {}, 'securityKey' as never)).status).toBe(200)
    })

    test('a credential that was never confirmed, or is suspended', async () => {
      for (const change of [{ confirmedAt: null }, { suspendedAt: 2 }]) {
        const one = await give(harness, await harness.hire(), 'passkey', change)
        const caller = await start(harness, one.account)
        expect((await show(caller, one)).body.code).toBe('proof_refused')
      }
    })

    test('an answer to no challenge, an older one, an expired one, or another recovery’s', async () => {
      const one = await owner()
      const caller = await start(harness, one.account)
      const other = await start(harness, one.account)
      const foreign = (await ask(other)).options
      const verify = (options: AuthenticationOptions, by = caller) =>
        by.verify({ kind: 'passkey', response: one.authenticator.get(options) })
      expect((await verify(foreign)).body.code).toBe('proof_refused')
      const older = (await ask(caller)).options
      expect((await verify(foreign)).body.code).toBe('proof_refused')
      const newer = (await ask(caller)).options
      expect((await verify(older)).body.code).toBe('proof_refused')
      harness.pass(5 * minute)
      expect((await verify(newer)).body.code).toBe('proof_refused')
      expect((await verify((await ask(caller)).options)).status).toBe(200)
    })

    test('an answer that was given before', async () => {
      const one = await owner()
      const caller = await start(harness, one.account)
      const { options } = await ask(caller)
      const proof = { kind: 'passkey', response: one.authenticator.get(options) } as const
      expect((await caller.verify(proof)).status).toBe(200)
      expect((await caller.verify(proof)).body.code).toBe('wrong_state')
      const again = await start(harness, one.account)
      await ask(again)
      expect((await again.verify(proof)).body.code).toBe('proof_refused')
      expect((await methodOf(one))?.suspendedAt).toBeNull()
    })

    test('a user who was not verified, and after five tries everything', async () => {
      const one = await owner()
      const caller = await start(harness, one.account)
      for (const left of [4, 3, 2, 1]) {
        const { body } = await show(caller, one, { flags: flag.up })
        expect(body).toMatchObject({ code: 'proof_refused', attemptsLeft: left })
      }
      expect((await show(caller, one, { flags: flag.up })).body.code).toBe('recovery_locked')
      expect((await methodOf(one))?.suspendedAt).toBeNull()
    })
  })

  describe('a counter that does not rise', () => {
    test('refuses, suspends the method, and tells its owner', async () => {
      const one = await owner()
      const caller = await start(harness, one.account)
      expect((await show(caller, one, { counter: 7 })).status).toBe(200)
      const next = await start(harness, one.account)
      expect((await show(next, one, { counter: 7 })).body.code).toBe('proof_refused')
      expect((await methodOf(one))?.suspendedAt).not.toBeNull()
      expect(await auditOf(one)).toEqual(
        expect.arrayContaining(['method.clone_suspected', 'method.suspended']),
      )
      await harness.deliver()
      const letter = await harness.lab.mail.waitFor(
        ({ to, text }) =>
          to.includes(one.mailbox) && /passkey/.test(text) && /suspended/.test(text),
        10_000,
      )
      expect(letter.text).toContain(one.account)
      // From here on it proves nothing, however high it counts.
      expect((await show(next, one, { counter: 99 })).body.code).toBe('proof_refused')
      // What was proven with it elsewhere is over.
      expect((await caller.send('GET', '')).body).toMatchObject({ state: 'abandoned' })
    })

    test('does nothing when anything else is wrong, so that nobody can provoke it', async () => {
      const one = await owner()
      const stranger = createAuthenticator({ origin })
      const caller = await start(harness, one.account)
      expect((await show(caller, one, { counter: 7 })).status).toBe(200)
      const next = await start(harness, one.account)
      const lies = [
        { key: stranger.keys.privateKey },
        { clientData: { challenge: 'A'.repeat(43) } },
        { clientData: { origin: 'https://evil.example' } },
      ]
      for (const lie of lies) {
        expect((await show(next, one, { counter: 1, ...lie })).body.code).toBe('proof_refused')
      }
      expect((await methodOf(one))?.suspendedAt).toBeNull()
      expect((await show(next, one, { counter: 8 })).status).toBe(200)
    })
  })

  test('of many at once with the same answer, one is accepted', async () => {
    const one = await owner()
    const caller = await start(harness, one.account)
    const { options } = await ask(caller)
    const proof = { kind: 'passkey', response: one.authenticator.get(options) } as const
    const answers = await Promise.all(Array.from({ length: atOnce }, () => caller.verify(proof)))
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1)
    expect((await methodOf(one))?.suspendedAt).toBeNull()
  })

  test('opens the way together with another method, and is noted', async () => {
    const one = await owner()
    const caller = await start(harness, one.account)
    const first = await show(caller, one, { flags: flag.up | flag.uv })
    expect(first.body).toMatchObject({ state: 'proving', remaining: 1 })
    const code = await harness.code(one)
    const second = await caller.verify({ kind: 'totp', code })
    expect(second.body).toMatchObject({ state: 'proven', remaining: 0 })
    expect((await methodOf(one))?.lastUsedAt).toBeGreaterThan(1)
    const [credential] = await harness.read((tx) => tx.credentials.list(one.accountId))
    expect(credential).toMatchObject({ counter: 2, backedUp: false })
    const events = (await harness.audit(caller.recoveryId)).map(({ event }) => event)
    expect(events).toEqual([
      ...['recovery.started', 'recovery.challenged', 'recovery.proof_accepted'],
      'recovery.proof_accepted',
    ])
  })
})
