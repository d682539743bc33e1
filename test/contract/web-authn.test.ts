import { describe, expect, it } from 'vitest'
import { ipcRequests } from '../../src/contract/ipc.ts'
import { Proof } from '../../src/contract/methods.ts'
import { AuthenticationResponse, RegistrationResponse } from '../../src/contract/web-authn.ts'

const id = 'A'.repeat(43)
const shown = {
  ...{ id, rawId: id, type: 'public-key', clientExtensionResults: {} },
  response: { clientDataJSON: 'AAAA', authenticatorData: 'AAAA', signature: 'AAAA' },
} as const
const made = {
  ...{ id, rawId: id, type: 'public-key', clientExtensionResults: {} },
  response: { clientDataJSON: 'AAAA', attestationObject: 'AAAA', transports: ['usb'] },
} as const
const long = (length: number) => 'A'.repeat(length)

describe('an answer of an authenticator is refused', () => {
  it.each([
    ['with an unknown member', { ...shown, password: 'canary' }],
    ['with an unknown member inside', { ...shown, response: { ...shown.response, x: 1 } }],
    ['with extensions that nobody asked for', { ...shown, clientExtensionResults: { prf: {} } }],
    ['of another type', { ...shown, type: 'password' }],
    ['with too short a name', { ...shown, id: long(20) }],
    ['with too long a name', { ...shown, id: long(1365) }],
    ['that is no base64url', { ...shown, response: { ...shown.response, signature: 'a+b=' } }],
    ['with nothing signed', { ...shown, response: { ...shown.response, signature: '' } }],
    ['with a long signature', { ...shown, response: { ...shown.response, signature: long(1400) } }],
    [
      'with long client data',
      { ...shown, response: { ...shown.response, clientDataJSON: long(5500) } },
    ],
    ['with a long handle', { ...shown, response: { ...shown.response, userHandle: long(87) } }],
  ])('%s', (_, response) => {
    expect(AuthenticationResponse.safeParse(response).success).toBe(false)
    expect(ipcRequests.verify.safeParse(['method', { kind: 'passkey', response }]).success).toBe(
      false,
    )
  })

  it.each([
    ['with a large statement', { ...made.response, attestationObject: long(22_000) }],
    ['with many transports', { ...made.response, transports: Array(9).fill('usb') }],
    ['with a transport in words', { ...made.response, transports: ['by carrier pigeon'] }],
  ])('%s', (_, response) => {
    expect(RegistrationResponse.safeParse({ ...made, response }).success).toBe(false)
  })

  it('as a proof of a kind that is typed, and a code as one of a kind that is not', () => {
    expect(Proof.safeParse({ kind: 'totp', response: shown }).success).toBe(false)
    expect(Proof.safeParse({ kind: 'passkey', code: '123456' }).success).toBe(false)
  })
})

it('takes what browsers send', () => {
  expect(Proof.parse({ kind: 'securityKey', response: shown })).toEqual({
    kind: 'securityKey',
    response: shown,
  })
  const attached = { ...shown, authenticatorAttachment: 'platform' }
  expect(AuthenticationResponse.safeParse(attached).success).toBe(true)
  expect(RegistrationResponse.parse(made)).toEqual(made)
})
