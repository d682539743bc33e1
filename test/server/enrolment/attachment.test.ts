import { afterEach, beforeEach, expect, it } from 'vitest'
import type { AuthenticatorKind } from '../../../src/contract/method-kinds.ts'
import type { RegistrationResponse } from '../../../src/contract/web-authn.ts'
import { addAuthenticator } from '../../../src/server/features/enrolment/add-authenticator.ts'
import { confirmAuthenticator } from '../../../src/server/features/enrolment/confirm-authenticator.ts'
import { createAuthenticator } from '../../helpers/software-authenticator.ts'
import { type Frozen, freeze } from '../session/frozen.ts'

// One device is not set up as two kinds by mistake.

let frozen: Frozen

beforeEach(async () => {
  frozen = await freeze({ methods: ['passkey', 'securityKey'] })
})
afterEach(() => frozen.stop())

type Told = RegistrationResponse['authenticatorAttachment']

async function setUp(kind: AuthenticatorKind, told: Told) {
  const { session } = await frozen.open()
  const begun = await addAuthenticator(frozen.deps, session, { kind, label: 'Mine' })
  if (!begun.ok) throw new Error(begun.error.code)
  const { methodId, options } = begun.value
  const made = createAuthenticator({ origin: 'https://reset.example.com' }).create(options)
  const response = told === undefined ? made : { ...made, authenticatorAttachment: told }
  return confirmAuthenticator(frozen.deps, session, methodId, response)
}

it.each([
  ['passkey', 'cross-platform'],
  ['securityKey', 'platform'],
] as const)('a %s is refused that the browser calls %s', async (kind, told) => {
  expect(await setUp(kind, told)).toEqual({ ok: false, error: { code: 'proof_refused' } })
})

it.each([
  ['passkey', 'platform'],
  ['securityKey', 'cross-platform'],
  ['passkey', undefined],
  ['securityKey', undefined],
] as const)('a %s is taken that the browser calls %s', async (kind, told) => {
  expect(await setUp(kind, told)).toMatchObject({ ok: true })
})
