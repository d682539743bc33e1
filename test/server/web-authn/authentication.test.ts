import { generateKeyPairSync, randomBytes } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import type { RegistrationResponse } from '../../../src/contract/web-authn.ts'
import { sha256Base64url } from '../../../src/sealing/random.ts'
import type { CredentialRecord } from '../../../src/server/domain/ports/credentials.ts'
import type { WebAuthnFault } from '../../../src/server/domain/ports/web-authn.ts'
import { createWebAuthn } from '../../../src/server/web-authn/index.ts'
import {
  type Algorithm,
  createAuthenticator,
  flag,
  type Lies,
  type SoftwareAuthenticator,
} from '../../helpers/software-authenticator.ts'

// WebAuthn L3 §7.2, each step broken by itself. The counter (step 22) is for the store: see the tests of
// recoveries.

const origin = 'https://reset.example.com'
const webAuthn = createWebAuthn(origin, 'Example Corporation')
const newChallenge = () => randomBytes(32).toString('base64url')

async function registered(
  authenticator: SoftwareAuthenticator,
  lies: Lies = {},
): Promise<CredentialRecord> {
  const challenge = newChallenge()
  const options = webAuthn.registrationOptions({
    kind: 'securityKey',
    challenge,
    user: { handle: newChallenge(), name: 'ada', displayName: 'Ada' },
    existing: [],
    allowedAaguids: null,
  })
  const response: RegistrationResponse = authenticator.create(options, lies)
  const verified = await webAuthn.verifyRegistration(response, sha256Base64url(challenge), null)
  if (!verified.ok) throw new Error(verified.error)
  const owner = { methodId: 'm1', accountId: 'a1', userHandle: options.user.id }
  return { ...verified.value, ...owner }
}

type Attempt = {
  authenticator?: SoftwareAuthenticator
  lies?: Lies
  change?: Partial<CredentialRecord>
  stored?: 'none' | CredentialRecord
  challengeHash?: string | null
}

async function attempt(what: Attempt = {}) {
  const authenticator = what.authenticator ?? createAuthenticator({ origin })
  const own = await registered(authenticator)
  const credential = what.stored === 'none' ? null : { ...(what.stored ?? own), ...what.change }
  const challenge = newChallenge()
  const options = webAuthn.authenticationOptions('securityKey', challenge, [])
  const response = authenticator.get(options, what.lies)
  const hash = what.challengeHash === undefined ? sha256Base64url(challenge) : what.challengeHash
  return webAuthn.verifyAuthentication(response, credential, hash)
}

const refused = (fault: WebAuthnFault) => ({ ok: false, error: fault })
const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')
const honest = flag.up | flag.uv

describe('an answer is refused when', () => {
  const broken: Record<string, [WebAuthnFault, Attempt]> = {
    'it was made to register (step 10)': [
      'type',
      { lies: { clientData: { type: 'webauthn.create' } } },
    ],
    'its type is of another protocol': ['type', { lies: { clientData: { type: 'payment.get' } } }],
    'its type is missing': ['type', { lies: { clientData: { type: undefined } } }],
    'its challenge is another one (step 11)': [
      'challenge',
      { lies: { clientData: { challenge: newChallenge() } } },
    ],
    'its challenge is missing': ['malformed', { lies: { clientData: { challenge: undefined } } }],
    'its challenge is the hash that is stored': [
      'challenge',
      {
        lies: { clientData: { challenge: sha256Base64url('x') } },
        challengeHash: sha256Base64url('x'),
      },
    ],
    'no challenge was given out': ['challenge', { challengeHash: null }],
    'it was made on another origin (step 12)': [
      'origin',
      { lies: { clientData: { origin: 'https://reset.example.com.evil.example' } } },
    ],
    'it was made on a subdomain': [
      'origin',
      { lies: { clientData: { origin: 'https://a.reset.example.com' } } },
    ],
    'it was made on another port': [
      'origin',
      { lies: { clientData: { origin: `${origin}:8443` } } },
    ],
    'it was made without encryption': [
      'origin',
      { lies: { clientData: { origin: 'http://reset.example.com' } } },
    ],
    'it was made in a frame of another site (step 13)': [
      'cross_origin',
      { lies: { clientData: { crossOrigin: true } } },
    ],
    'it names the site that framed it (step 14)': [
      'cross_origin',
      { lies: { clientData: { crossOrigin: true, topOrigin: 'https://evil.example' } } },
    ],
    'it names a site above it, and says that there is none': [
      'cross_origin',
      { lies: { clientData: { topOrigin: origin } } },
    ],
    'it says neither yes nor no to that': [
      'cross_origin',
      { lies: { clientData: { crossOrigin: 'false' } } },
    ],
    'it is for another relying party (step 15)': ['rp_id', { lies: { rpId: 'example.com' } }],
    'nobody was there (step 16)': ['user_presence', { lies: { flags: flag.uv } }],
    'the user was not verified (step 17)': ['user_verification', { lies: { flags: flag.up } }],
    'it is copied, and cannot be (step 18)': ['backup', { lies: { flags: honest | flag.bs } }],
    'it can be copied now, and could not be before (§6.1.3)': [
      'backup',
      { lies: { flags: honest | flag.be } },
    ],
    'it cannot be copied now, and could be before': [
      'backup',
      { change: { backupEligible: true } },
    ],
    'it is signed with another key (step 21)': [
      'signature',
      { lies: { key: generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey } },
    ],
    'its signature is none': ['malformed', { lies: { signature: 'AAAA' } }],
    'its owner is somebody else (step 6)': [
      'user_handle',
      { lies: { userHandle: newChallenge() } },
    ],
    'it names another credential (step 7)': ['credential', { lies: { id: newChallenge() } }],
    'nobody has such a credential': ['credential', { stored: 'none' }],
    'its client data is no JSON': [
      'malformed',
      { lies: { clientDataJSON: Buffer.from('{').toString('base64url') } },
    ],
    'its client data is no object': ['malformed', { lies: { clientDataJSON: encode('text') } }],
    'its client data is nothing': ['malformed', { lies: { clientDataJSON: encode(null) } }],
    'its authenticator data is cut off': [
      'malformed',
      { lies: { authenticatorData: (data) => data.subarray(0, 36) } },
    ],
    'its authenticator data goes on': [
      'malformed',
      { lies: { authenticatorData: (data) => Buffer.concat([data, Buffer.from([0])]) } },
    ],
  }

  it.each(Object.entries(broken))('%s', async (_, [fault, what]) => {
    expect(await attempt(what)).toEqual(refused(fault))
  })

  it('it answers for another person', async () => {
    const theirs = await registered(createAuthenticator({ origin }))
    // Looked up by a name that is somebody else's: nothing of it fits.
    expect((await attempt({ stored: theirs })).ok).toBe(false)
  })

  it('a bit of what was signed is another one', async () => {
    for (const position of [0, 31, 33, 36]) {
      const flip = (data: Buffer) => {
        const other = Buffer.from(data)
        other[position] = (other[position] ?? 0) ^ 1
        return other
      }
      const authenticator = createAuthenticator({ origin })
      const credential = await registered(authenticator)
      const challenge = newChallenge()
      const options = webAuthn.authenticationOptions('securityKey', challenge, [])
      const answer = authenticator.get(options)
      const changed = flip(Buffer.from(answer.response.authenticatorData, 'base64url'))
      const response = { ...answer.response, authenticatorData: changed.toString('base64url') }
      const hash = sha256Base64url(challenge)
      const verified = await webAuthn.verifyAuthentication(
        { ...answer, response },
        credential,
        hash,
      )
      expect(verified.ok, String(position)).toBe(false)
    }
  })
})

describe('an answer is accepted', () => {
  it.each(['ES256', 'EdDSA', 'RS256'] as const)('of %s', async (algorithm: Algorithm) => {
    const authenticator = createAuthenticator({ origin, algorithm })
    expect(await attempt({ authenticator })).toEqual({
      ok: true,
      value: { counter: 2, backedUp: false },
    })
  })

  it('whether it counts or not, and tells whether it is copied', async () => {
    const flags = honest | flag.be
    const authenticator = createAuthenticator({ origin, counts: false, flags })
    const verified = await attempt({ authenticator, lies: { flags: flags | flag.bs } })
    expect(verified).toEqual({ ok: true, value: { counter: 0, backedUp: true } })
  })

  it('without a user handle, which may be left out for a credential that was named', async () => {
    expect((await attempt({ lies: { userHandle: undefined } })).ok).toBe(true)
  })

  it('with a counter that goes back: what that means is for the store to say', async () => {
    const verified = await attempt({ lies: { counter: 1 }, change: { counter: 9 } })
    expect(verified).toEqual({ ok: true, value: { counter: 1, backedUp: false } })
  })
})

it('asks for a verified user, and names nobody', () => {
  const challenge = newChallenge()
  const asked = { challenge, timeout: 300_000, userVerification: 'required', allowCredentials: [] }
  expect(webAuthn.authenticationOptions('passkey', challenge, [])).toEqual({
    ...{ rpId: 'reset.example.com', hints: ['client-device'] },
    ...asked,
  })
  expect(webAuthn.authenticationOptions('securityKey', challenge, [])).toEqual({
    ...{ rpId: 'reset.example.com', hints: ['security-key'] },
    ...asked,
  })
})
