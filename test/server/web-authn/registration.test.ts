import { randomBytes, sign } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { sha256Base64url } from '../../../src/sealing/random.ts'
import type { CredentialRecord } from '../../../src/server/domain/ports/credentials.ts'
import type { Registering, WebAuthnFault } from '../../../src/server/domain/ports/web-authn.ts'
import { createWebAuthn } from '../../../src/server/web-authn/index.ts'
import type { CborValue } from '../../helpers/cbor.ts'
import { createAuthenticator, flag, type Lies } from '../../helpers/software-authenticator.ts'
import { credential } from '../store/records.ts'

// WebAuthn L3 §7.1, each step broken by itself. That a credential is new (step 26) is for the store.

const origin = 'https://reset.example.com'
const webAuthn = createWebAuthn(origin, 'Example Corporation')
const newChallenge = () => randomBytes(32).toString('base64url')
const honest = flag.up | flag.uv
const model = '2fc0579f-8113-47ea-b116-bb5a8db9202a'
const aaguid = Buffer.from(model.replaceAll('-', ''), 'hex')

const asking = (change: Partial<Registering> = {}): Registering => ({
  ...{ kind: 'passkey', challenge: newChallenge(), existing: [], allowedAaguids: null },
  user: { handle: newChallenge(), name: 'ada', displayName: 'Ada Lovelace' },
  ...change,
})

async function attempt(
  lies: Lies = {},
  allowedAaguids: string[] | null = null,
  authenticator = createAuthenticator({ origin }),
  challengeHash?: string,
) {
  const registering = asking({ allowedAaguids })
  const response = authenticator.create(webAuthn.registrationOptions(registering), lies)
  const hash = challengeHash ?? sha256Base64url(registering.challenge)
  return { response, verified: await webAuthn.verifyRegistration(response, hash, allowedAaguids) }
}

const refused = (fault: WebAuthnFault) => ({ ok: false, error: fault })

describe('a registration is refused when', () => {
  const broken: Record<string, [WebAuthnFault, Lies]> = {
    'it was made to sign in (step 7)': ['type', { clientData: { type: 'webauthn.get' } }],
    'its challenge is another one (step 8)': [
      'challenge',
      { clientData: { challenge: newChallenge() } },
    ],
    'it was made on another origin (step 9)': [
      'origin',
      { clientData: { origin: 'https://example.com' } },
    ],
    'it was made in a frame of another site (step 10)': [
      'cross_origin',
      { clientData: { crossOrigin: true } },
    ],
    'it names the site that framed it (step 11)': [
      'cross_origin',
      { clientData: { topOrigin: 'https://evil.example' } },
    ],
    'it is for another relying party (step 14)': ['rp_id', { rpId: 'example.com' }],
    'nobody was there (step 15)': ['user_presence', { flags: flag.uv }],
    'the user was not verified (step 16)': ['user_verification', { flags: flag.up }],
    'it is copied, and cannot be (step 17)': ['backup', { flags: honest | flag.bs }],
    'it goes by another name than it says (step 25)': ['credential', { id: newChallenge() }],
    'it makes a statement where it makes none (step 21)': [
      'attestation',
      { statement: { format: 'none', members: new Map([['sig', Buffer.alloc(8)]]) } },
    ],
    'its statement is of a kind that nobody checks': [
      'attestation_format',
      { statement: { format: 'android-safetynet', members: new Map() } },
    ],
    'its client data is no JSON': ['malformed', { clientDataJSON: 'AAAA' }],
    'its authenticator data goes on': [
      'malformed',
      { authenticatorData: (data) => Buffer.concat([data, Buffer.from([0])]) },
    ],
    'its authenticator data has no credential': [
      'malformed',
      { authenticatorData: (data) => data.subarray(0, 40) },
    ],
  }

  it.each(Object.entries(broken))('%s', async (_, [fault, lies]) => {
    expect((await attempt(lies)).verified).toEqual(refused(fault))
  })

  it('it signs with an algorithm that was not asked for (step 20)', async () => {
    const authenticator = createAuthenticator({ origin, algorithm: 'ES384' })
    expect((await attempt({}, null, authenticator)).verified).toEqual(refused('algorithm'))
  })

  it('its challenge was given out to nobody', async () => {
    const other = sha256Base64url(newChallenge())
    const { verified } = await attempt({}, null, createAuthenticator({ origin }), other)
    expect(verified).toEqual(refused('challenge'))
  })

  it('its own signature over itself is wrong', async () => {
    const members = new Map<string, CborValue>([
      ['alg', -7],
      ['sig', sign('sha256', Buffer.from('x'), createAuthenticator({ origin }).keys.privateKey)],
    ])
    const { verified } = await attempt({ statement: { format: 'packed', members } })
    expect(verified).toEqual(refused('attestation'))
  })
})

describe('where only some models are allowed', () => {
  it('a claim without a certificate does not count', async () => {
    expect((await attempt({ aaguid }, [model])).verified).toEqual(refused('attestation'))
  })

  it('the browser is asked for one, and else is not', () => {
    const asked = (allowedAaguids: string[] | null) =>
      webAuthn.registrationOptions(asking({ allowedAaguids })).attestation
    expect([asked(null), asked([model])]).toEqual(['none', 'direct'])
  })
})

describe('a registration', () => {
  it.each(['ES256', 'EdDSA', 'RS256'] as const)('of %s is kept as it is', async (algorithm) => {
    const authenticator = createAuthenticator({ origin, algorithm })
    const flags = honest | flag.be | flag.bs
    const { verified } = await attempt({ aaguid, flags }, null, authenticator)
    expect(verified).toEqual({
      ok: true,
      value: {
        ...{ credentialId: authenticator.credentialId, aaguid: model, counter: 1 },
        ...{ backupEligible: true, backedUp: true, transports: ['usb'] },
        publicKey: expect.stringMatching(/^[\w-]{50,}$/),
      },
    })
  })

  it('asks for a discoverable credential of a verified user, on this device or on a key', () => {
    const existing: CredentialRecord[] = [credential('AAAA', { transports: ['internal'] })]
    const passkey = asking({ existing })
    expect(webAuthn.registrationOptions(passkey)).toEqual({
      rp: { id: 'reset.example.com', name: 'Example Corporation' },
      user: { id: passkey.user.handle, name: 'ada', displayName: 'Ada Lovelace' },
      challenge: passkey.challenge,
      pubKeyCredParams: [-7, -8, -257].map((alg) => ({ alg, type: 'public-key' })),
      timeout: 300_000,
      excludeCredentials: [{ id: 'AAAA', type: 'public-key', transports: ['internal'] }],
      authenticatorSelection: {
        ...{ authenticatorAttachment: 'platform', userVerification: 'required' },
        ...{ residentKey: 'required', requireResidentKey: true },
      },
      attestation: 'none',
      hints: ['client-device'],
    })
    const key = webAuthn.registrationOptions(asking({ kind: 'securityKey' }))
    expect(key.authenticatorSelection.authenticatorAttachment).toBe('cross-platform')
    expect(key.hints).toEqual(['security-key'])
  })
})
