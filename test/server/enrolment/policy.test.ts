import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { methodKinds } from '../../../src/contract/method-kinds.ts'
import type { SessionRecord } from '../../../src/server/domain/ports/sessions.ts'
import { addEmail } from '../../../src/server/features/enrolment/add-email.ts'
import { addTotp } from '../../../src/server/features/enrolment/add-totp.ts'
import { confirmMethod } from '../../../src/server/features/enrolment/confirm-method.ts'
import { listMethods } from '../../../src/server/features/enrolment/list-methods.ts'
import { applyPolicy } from '../../../src/server/features/policy/apply.ts'
import { stepUp } from '../../../src/server/features/session/step-up.ts'
import { challengeStepUp } from '../../../src/server/features/session/step-up-challenge.ts'
import { documentOf, groupsNamed, sid } from '../domain/policy/documents.ts'
import { type Frozen, freeze } from '../session/frozen.ts'

const finance = sid(77)
let frozen: Frozen

beforeEach(async () => {
  frozen = await freeze()
  frozen.directorySays({ groupSids: [sid(513), finance] })
})

afterEach(() => frozen.stop())

/** Applies a rule for the group that the user is in. */
async function apply(rule: Record<string, unknown>): Promise<void> {
  const { version } = await frozen.deps.policies.latest()
  const document = documentOf({ rules: [{ scope: groupsNamed(finance), ...rule }] })
  const abilities = { methods: methodKinds, knowsDevices: false }
  const applied = await applyPolicy(frozen.deps, abilities, {
    ...{ document, author: 'tester', reason: 'for a test', basedOn: version },
  })
  if (!applied.ok) throw new Error(JSON.stringify(applied.error))
  frozen.pass(2_000)
}

async function confirmTotp(session: SessionRecord): Promise<SessionRecord> {
  const begun = await addTotp(frozen.deps, session, 'Phone')
  if (!begun.ok) throw new Error(begun.error.code)
  const code = await frozen.codeOf(begun.value.secret)
  const confirmed = await confirmMethod(frozen.deps, session, begun.value.methodId, code)
  if (!confirmed.ok) throw new Error(confirmed.error.code)
  return confirmed.value.session
}

describe('nobody sets up', () => {
  it('what the rule of their group does not allow, though everybody else may', async () => {
    await apply({ methods: ['passkey', 'email'] })
    const { session } = await frozen.open()
    expect(await addTotp(frozen.deps, session, 'Phone')).toMatchObject({
      error: { code: 'wrong_state' },
    })
    frozen.directorySays({ groupSids: [sid(513)] })
    expect(await addTotp(frozen.deps, session, 'Phone')).toMatchObject({ ok: true })
  })

  it('the mailbox of the directory, unless the rule of their group allows it', async () => {
    await apply({ methods: ['totp', 'email'] })
    const { session } = await frozen.open()
    const add = () => addEmail(frozen.deps, session, 'ada@corp.example.com', '10.1.2.3')
    expect(await add()).toMatchObject({ error: { code: 'address_not_allowed' } })
    await apply({ methods: ['totp', 'email'], allowDirectoryMailbox: true })
    expect(await add()).toMatchObject({ ok: true })
  })
})

describe('what is shown', () => {
  it('is what the rule of the person asks', async () => {
    const { session } = await frozen.open()
    const next = await confirmTotp(session)
    expect(await listMethods(frozen.deps, next)).toMatchObject({
      ...{ kinds: ['totp', 'email'], required: 2, recoverable: false },
    })
    await apply({ methods: ['totp', 'push'], required: 1, enrolWithinDays: 14, reconfirmDays: 90 })
    const shown = await listMethods(frozen.deps, next)
    expect(shown).toMatchObject({
      ...{ kinds: ['push', 'totp'], required: 1, recoverable: true },
      ...{ enrolWithinDays: 14, reconfirmDays: 90 },
    })
    expect(shown.strength).toBeUndefined()
  })

  it('is that nothing is enough while it is switched off, or a passkey is asked for', async () => {
    const { session } = await frozen.open()
    const next = await confirmTotp(session)
    await apply({ methods: ['totp'], required: 1, enabled: false })
    expect(await listMethods(frozen.deps, next)).toMatchObject({
      ...{ recoverable: false, switchedOff: true },
    })
    await apply({ methods: ['passkey', 'totp'], required: 1, strength: 'phishing-resistant' })
    expect(await listMethods(frozen.deps, next)).toMatchObject({
      ...{ recoverable: false, strength: 'phishing-resistant' },
    })
  })

  it.each([
    ['protected', { switchedOff: true, keptOut: true }],
    ['smartcard_required', { switchedOff: true, keptOut: true }],
    ['password_never_expires', { switchedOff: true, keptOut: true }],
    ['not_enabled', { switchedOff: true }],
  ] as const)('is that nothing is enough for an account that is %s', async (ineligible, said) => {
    await apply({ methods: ['totp'], required: 1 })
    const { session } = await frozen.open()
    const next = await confirmTotp(session)
    const shown = async () => {
      const { recoverable, switchedOff, keptOut } = await listMethods(frozen.deps, next)
      return { recoverable, switchedOff, keptOut }
    }
    expect(await shown()).toEqual({ recoverable: true })
    frozen.directorySays({ groupSids: [finance], ineligible })
    expect(await shown()).toEqual({ recoverable: false, ...said })
    await apply({ methods: ['totp'], required: 1, allowNeverExpiring: true })
    const isAllowed = ineligible === 'password_never_expires'
    expect(await shown()).toEqual(
      isAllowed ? { recoverable: true } : { recoverable: false, ...said },
    )
  })

  it('is that the work mailbox counts no more once the policy closes it, and opens nothing', async () => {
    const applyMailbox = (allowDirectoryMailbox: boolean) =>
      apply({ methods: ['totp', 'email'], required: 2, allowDirectoryMailbox })
    await applyMailbox(true)
    const { session } = await frozen.open()
    const mailboxes = ['ada.l@corp.example.com']
    frozen.directorySays({ groupSids: [finance], mail: null, mailboxes })
    const begun = await addEmail(frozen.deps, session, 'Ada.L+codes@corp.example.com', '10.1.2.3')
    if (!begun.ok) throw new Error(begun.error.code)
    const { methodId } = begun.value
    const newest = async () => (await frozen.letters()).at(-1)?.content.code ?? ''
    const confirmed = await confirmMethod(frozen.deps, session, methodId, await newest())
    if (!confirmed.ok) throw new Error(confirmed.error.code)
    const next = confirmed.value.session
    const challenged = () => challengeStepUp(frozen.deps, next, methodId, '10.1.2.3')
    expect(await challenged()).toMatchObject({ ok: true })
    const proof = { kind: 'email', code: await newest() } as const
    await applyMailbox(false)
    const refused = { ok: false, error: { code: 'wrong_state' } }
    expect(await challenged()).toEqual(refused)
    expect(await stepUp(frozen.deps, next, methodId, proof)).toEqual(refused)
    await applyMailbox(true)
    const last = await confirmTotp(next)
    expect(await listMethods(frozen.deps, last)).toMatchObject({ recoverable: true })
    await applyMailbox(false)
    expect(await listMethods(frozen.deps, last)).toMatchObject({ recoverable: false })
  })

  it('is what holds at their place in the tree while no domain controller answers', async () => {
    await apply({ methods: ['passkey', 'totp'], scope: { ous: ['DC=corp'], ...groupsNamed() } })
    const { session } = await frozen.open()
    const fault = { code: 'unavailable', detail: 'away' } as const
    const readAccount = async () => ({ ok: false, error: fault }) as const
    const deps = { ...frozen.deps, directory: { ...frozen.deps.directory, readAccount } }
    expect((await listMethods(deps, session)).kinds).toEqual(['totp', 'email'])
    const inTheTree = { ...session, dn: 'CN=Ada,DC=corp' }
    expect((await listMethods(deps, inTheTree)).kinds).toEqual(['passkey', 'totp'])
  })
})
