import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { MethodKind } from '../../../src/contract/method-kinds.ts'
import type { Proof } from '../../../src/contract/methods.ts'
import { limitKeys, reserveProof } from '../../../src/server/domain/limits.ts'
import { createPolicies } from '../../../src/server/domain/policy/current.ts'
import type { MethodRecord } from '../../../src/server/domain/ports/methods.ts'
import type { SessionRecord } from '../../../src/server/domain/ports/sessions.ts'
import {
  approveInSession,
  sessionPushSubject,
} from '../../../src/server/domain/push/answer-in-session.ts'
import { isElevated } from '../../../src/server/domain/session-rules.ts'
import { suspendMethod } from '../../../src/server/domain/suspend-method.ts'
import { addEmail } from '../../../src/server/features/enrolment/add-email.ts'
import { addPhoneNumber } from '../../../src/server/features/enrolment/add-phone-number.ts'
import { removeMethod } from '../../../src/server/features/enrolment/remove-method.ts'
import { refuseProof } from '../../../src/server/features/recovery/verify-refuse.ts'
import type { Attempt } from '../../../src/server/features/recovery/verify-reserve.ts'
import { stepUp } from '../../../src/server/features/session/step-up.ts'
import { challengeStepUp } from '../../../src/server/features/session/step-up-challenge.ts'
import { stepUpByPhone } from '../../../src/server/features/session/step-up-phone.ts'
import { documentOf } from '../domain/policy/documents.ts'
import { type Frozen, freeze } from './frozen.ts'

const minute = 60_000
const all = ['passkey', 'push', 'totp', 'temporaryPass', 'sms', 'email'] as const
const privileged = 'S-1-5-21-1-2-3-512'
const closed = { error: { code: 'wrong_state' } }

let frozen: Frozen

beforeEach(async () => {
  frozen = await freeze({ methods: [...all] })
  const document = documentOf({ everyone: { methods: [...all] }, privileged: [privileged] })
  const policies = createPolicies(frozen.deps.store, document, frozen.now)
  frozen.deps = { ...frozen.deps, policies }
})

afterEach(() => frozen.stop())

/** A confirmed method, as if it had been set up some time ago. */
async function has(kind: MethodKind, secret = 'unused'): Promise<MethodRecord> {
  const { secrets, store } = frozen.deps
  const [id, accountId] = [secrets.newId(), 'id-of-ada']
  const method: MethodRecord = {
    ...{ id, accountId, kind, label: kind, suspendedAt: null },
    secret: secrets.sealMethodSecret({ id, accountId }, secret),
    ...{ createdAt: frozen.now(), confirmedAt: frozen.now(), lastUsedAt: null, lastStep: 0 },
  }
  await store.transaction((tx) => tx.methods.insert(method))
  return method
}

/** An app, and what it shows. */
async function hasApp() {
  const seed = frozen.deps.totp.newSeed()
  const method = await has('totp', seed)
  return {
    ...method,
    proof: async () => ({ kind: 'totp', code: await frozen.codeOf(seed) }) as const,
  }
}

const ask = (session: SessionRecord, { id }: MethodRecord) =>
  challengeStepUp(frozen.deps, session, id, '192.0.2.1')

const suspend = (method: MethodRecord, { accountId, accountName }: SessionRecord) =>
  frozen.deps.store.transaction((tx) =>
    suspendMethod(frozen.deps, tx, { accountId, accountName, mail: null }, method, frozen.now()),
  )

const nonsense = {
  kind: 'passkey',
  response: {
    ...{ id: 'AAAA', rawId: 'AAAA', type: 'public-key' },
    response: { clientDataJSON: 'AAAA', authenticatorData: 'AAAA', signature: 'AAAA' },
    clientExtensionResults: {},
  },
} as unknown as Proof

const suspendedOf = (id: string) =>
  frozen.deps.store.transaction(async (tx) => (await tx.methods.find(id))?.suspendedAt)

/** A session, and one that has proven something. */
async function elevated() {
  const { session } = await frozen.open()
  const next = { ...session, steppedUpAt: frozen.now() }
  await frozen.deps.store.transaction((tx) => tx.sessions.rotate(session.tokenHash, next))
  return next
}

const isOpen = async ({ tokenHash }: SessionRecord) => {
  const found = await frozen.deps.store.transaction((tx) => tx.sessions.find(tokenHash))
  return found !== null && isElevated(found, frozen.now())
}

describe('the policy is asked: nothing is opened', () => {
  it('by what the rule of the user does not count', async () => {
    await frozen.stop()
    frozen = await freeze({ methods: ['passkey', 'email'] })
    const app = await hasApp()
    const { session } = await frozen.open()
    expect(await stepUp(frozen.deps, session, app.id, await app.proof())).toMatchObject(closed)
    const mail = await has('email', 'ada@home.example')
    expect(await ask(session, mail)).toMatchObject({ ok: true })
  })

  it('by an app while somebody privileged has a passkey', async () => {
    const [app, passkey] = [await hasApp(), await has('passkey')]
    const { session } = await frozen.open()
    frozen.directorySays({ groupSids: [privileged] })
    expect(await stepUp(frozen.deps, session, app.id, await app.proof())).toMatchObject(closed)
    expect(await ask(session, passkey)).toMatchObject({ ok: true })
    frozen.directorySays({})
    expect(await stepUp(frozen.deps, session, app.id, await app.proof())).toMatchObject({
      ok: true,
    })
  })

  it('but by an app while somebody privileged has no passkey yet', async () => {
    const app = await hasApp()
    const { session } = await frozen.open()
    frozen.directorySays({ groupSids: [privileged] })
    expect(await stepUp(frozen.deps, session, app.id, await app.proof())).toMatchObject({
      ok: true,
    })
  })

  it('once the account may not sign in any more', async () => {
    const app = await hasApp()
    const { session } = await frozen.open()
    frozen.directorySays({ maySignIn: false })
    expect(await stepUp(frozen.deps, session, app.id, await app.proof())).toMatchObject({
      error: { code: 'session_required' },
    })
  })
})

describe('strangers cannot', () => {
  it('have a passkey suspended in the portal, nor in a recovery', async () => {
    const passkey = await has('passkey')
    const { session } = await frozen.open()
    for (let failures = 0; failures < 101; failures += 1) {
      frozen.pass(4 * minute)
      await frozen.deps.store.transaction((tx) =>
        tx.sessions.touch(session.tokenHash, frozen.now()),
      )
      const refused = await stepUp(frozen.deps, session, passkey.id, nonsense)
      expect(refused).toMatchObject({
        error: { code: expect.stringMatching(/proof_refused|too_many/) },
      })
    }
    const { accountId, accountName, mail } = session
    const attempt = {
      ...{ accountId, account: { accountId, accountName, mail }, methods: [passkey] },
      ...{ recovery: { id: 'a-recovery', attempts: 0 }, offer: { kind: 'passkey' } },
      ...{ challenge: null, counters: [], isBlockedSilently: false },
    } as unknown as Attempt
    for (let failures = 0; failures < 101; failures += 1) {
      await frozen.deps.store.transaction((tx) => refuseProof(tx, frozen.deps, attempt))
    }
    expect(await suspendedOf(passkey.id)).toBeNull()
  })

  it('keep a signed-in owner out by failing recoveries', async () => {
    const app = await hasApp()
    const { session } = await frozen.open()
    const { limits } = frozen.deps.settings
    await frozen.deps.store.transaction(async (tx) => {
      for (let failures = 0; failures < 12; failures += 1) {
        await tx.limits.update(
          limitKeys.failuresOfAccount('id-of-ada'),
          frozen.now(),
          (current) => {
            return reserveProof(current, 'totp', limits, frozen.now()).next
          },
        )
      }
    })
    expect(await stepUp(frozen.deps, session, app.id, await app.proof())).toMatchObject({
      ok: true,
    })
  })
})

it('whoever has signed in is still made to wait after ten wrong codes', async () => {
  const app = await hasApp()
  const { session } = await frozen.open()
  const wrong = { kind: 'totp', code: await frozen.codeOf(frozen.deps.totp.newSeed()) } as const
  for (let failures = 0; failures < 10; failures += 1) {
    await stepUp(frozen.deps, session, app.id, wrong)
  }
  expect(await stepUp(frozen.deps, session, app.id, await app.proof())).toMatchObject({
    error: { code: 'too_many_attempts' },
  })
})

describe('what a method has opened ends', () => {
  it('elsewhere when it is removed, and not for the session that removes it', async () => {
    const [app, mail] = [await hasApp(), await has('email', 'ada@home.example')]
    const [owner, thief] = [await elevated(), await elevated()]
    expect(await removeMethod(frozen.deps, owner, app.id)).toMatchObject({ ok: true })
    expect(await isOpen(thief)).toBe(false)
    expect(await removeMethod(frozen.deps, thief, mail.id)).toMatchObject({
      error: { code: 'step_up_required' },
    })
    expect(await removeMethod(frozen.deps, owner, mail.id)).toMatchObject({ ok: true })
  })

  it('everywhere when it is suspended', async () => {
    const app = await hasApp()
    const session = await elevated()
    await suspend(app, session)
    expect(await isOpen(session)).toBe(false)
  })
})

describe('a number that was typed on a phone', () => {
  async function answered() {
    const { session } = await frozen.open()
    const method = await has('push')
    const request = {
      ...{ id: frozen.deps.secrets.newId(), subject: sessionPushSubject(session), number: '42' },
      ...{ recoveryId: null, offerId: null, accountId: session.accountId, place: 'somewhere' },
      ...({ state: 'pending', purpose: 'methods', isAfterStrong: true } as const),
      ...{ createdAt: frozen.now(), expiresAt: frozen.now() + 2 * minute },
    }
    await frozen.deps.store.transaction(async (tx) => {
      await tx.pushRequests.insert(request)
      const phone = { method } as Parameters<typeof approveInSession>[2]
      await approveInSession(tx, frozen.deps, phone, request, '42')
    })
    return { session, method }
  }

  it('opens nothing when the phone was removed or suspended before it is collected', async () => {
    const removed = await answered()
    await frozen.deps.store.transaction((tx) => tx.methods.remove(removed.method.id, 'id-of-ada'))
    const expired = { ok: true, value: { state: 'expired' } }
    // Another phone of the same person stands in for nothing.
    await has('push')
    expect(await stepUpByPhone(frozen.deps, removed.session)).toMatchObject(expired)
    const suspended = await answered()
    await suspend(suspended.method, suspended.session)
    expect(await stepUpByPhone(frozen.deps, suspended.session)).toMatchObject(expired)
    expect(await isOpen(suspended.session)).toBe(false)
  })

  it('opens nothing while somebody privileged has a passkey', async () => {
    const { session } = await answered()
    await has('passkey')
    frozen.directorySays({ groupSids: [privileged] })
    expect(await stepUpByPhone(frozen.deps, session)).toMatchObject({ value: { state: 'expired' } })
  })

  it('opens changes once', async () => {
    const { session } = await answered()
    const first = await stepUpByPhone(frozen.deps, session)
    expect(first).toMatchObject({ ok: true, value: { state: 'approved' } })
    expect(await stepUpByPhone(frozen.deps, session)).toMatchObject({ value: { state: 'expired' } })
  })
})

describe('no code is made, which costs a hash,', () => {
  let hashes = 0

  function counting() {
    const { secrets } = frozen.deps
    hashes = 0
    const hashCode: typeof secrets.hashCode = (code) => {
      hashes += 1
      return secrets.hashCode(code)
    }
    return { ...frozen.deps, secrets: { ...secrets, hashCode } }
  }

  async function fill(kind: 'email' | 'sms') {
    const { limits } = frozen.deps.settings
    await frozen.deps.store.transaction((tx) =>
      tx.limits.update(limitKeys.codesOfAccount(kind, 'id-of-ada'), frozen.now(), (current) => ({
        ...{ ...current, windowStart: frozen.now() },
        count: Math.max(limits.codesForAccount, limits.smsForAccount),
      })),
    )
  }

  it('when the caps are full', async () => {
    const deps = counting()
    const [first, second] = [await elevated(), await elevated()]
    await fill('email')
    await fill('sms')
    const full = { error: { code: 'too_many_codes' } }
    expect(await addEmail(deps, first, 'new@home.example', '192.0.2.1')).toMatchObject(full)
    expect(await addPhoneNumber(deps, second, '+4915112345678', '192.0.2.1')).toMatchObject(full)
    const mail = await has('email', 'ada@home.example')
    expect(await challengeStepUp(deps, first, mail.id, '192.0.2.1')).toMatchObject(full)
    expect(hashes).toBe(0)
  })

  it('when changes are not open', async () => {
    const deps = counting()
    await hasApp()
    const { session } = await frozen.open()
    const shut = { error: { code: 'step_up_required' } }
    expect(await addEmail(deps, session, 'new@home.example', '192.0.2.1')).toMatchObject(shut)
    expect(await addPhoneNumber(deps, session, '+4915112345678', '192.0.2.1')).toMatchObject(shut)
    expect(hashes).toBe(0)
  })
})
