import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto'
import type {
  AuthenticationOptions,
  AuthenticationResponse,
  RegistrationOptions,
  RegistrationResponse,
} from '../../src/contract/web-authn.ts'
import { type CborValue, cbor } from './cbor.ts'

export const algorithms = ['ES256', 'EdDSA', 'RS256', 'ES384'] as const
export type Algorithm = (typeof algorithms)[number]

/** Bits of authenticator data (WebAuthn L3 §6.1). */
export const flag = { up: 1, uv: 4, be: 8, bs: 16, at: 64, ed: 128 } as const

/** What can be said otherwise than an honest browser and authenticator would. */
export type Lies = {
  /** Laid over the client data; a member that is `undefined` is left out. */
  clientData?: Record<string, unknown>
  clientDataJSON?: string
  rpId?: string
  flags?: number
  counter?: number
  userHandle?: string | undefined
  /** Signs with this key instead. */
  key?: KeyObject
  signature?: string
  credentialId?: Buffer
  aaguid?: Buffer
  /** An attestation statement other than none. */
  statement?: { format: string; members: Map<string, CborValue> }
  authenticatorData?: (honest: Buffer) => Buffer
  id?: string
}

/** An authenticator and its browser in one, for tests: everything that it says can be a lie. */
export interface SoftwareAuthenticator {
  readonly credentialId: string
  readonly keys: { publicKey: KeyObject; privateKey: KeyObject }
  create(options: RegistrationOptions, lies?: Lies): RegistrationResponse
  get(options: AuthenticationOptions, lies?: Lies): AuthenticationResponse
}

type Kind = {
  origin: string
  algorithm?: Algorithm
  /** Whether it counts its signatures. */
  counts?: boolean
  /** Bits of every answer. */
  flags?: number
}

export function createAuthenticator({
  origin,
  algorithm = 'ES256',
  counts = true,
  flags = flag.up | flag.uv,
}: Kind): SoftwareAuthenticator {
  const keys = newKeys(algorithm)
  const id = randomBytes(32)
  const credentialId = id.toString('base64url')
  let counter = 0
  let userHandle: string | undefined
  const answer = (type: string, challenge: string, lies: Lies) =>
    lies.clientDataJSON ?? clientDataOf({ type, challenge, origin, crossOrigin: false }, lies)
  const dataOf = (rpId: string, lies: Lies, bits: number, attested = Buffer.alloc(0)) => {
    if (counts) counter += 1
    const count = Buffer.alloc(4)
    count.writeUInt32BE(lies.counter ?? counter)
    const first = Buffer.from([(lies.flags ?? flags) | bits])
    const honest = Buffer.concat([sha256(lies.rpId ?? rpId), first, count, attested])
    return lies.authenticatorData?.(honest) ?? honest
  }
  return {
    ...{ credentialId, keys },
    create(options, lies = {}) {
      userHandle = options.user.id
      const clientDataJSON = answer('webauthn.create', options.challenge, lies)
      const attested = Buffer.concat([
        lies.aaguid ?? Buffer.alloc(16),
        lengthOf(lies.credentialId ?? id),
        lies.credentialId ?? id,
        coseKey(algorithm, keys.publicKey),
      ])
      const authData = dataOf(options.rp.id, lies, flag.at, attested)
      const members = new Map<string, CborValue>(lies.statement?.members)
      const object = new Map<string, CborValue>([
        ['fmt', lies.statement?.format ?? 'none'],
        ['attStmt', members],
        ['authData', authData],
      ])
      const name = lies.id ?? (lies.credentialId ?? id).toString('base64url')
      return {
        ...{ id: name, rawId: name, type: 'public-key', clientExtensionResults: {} },
        response: {
          clientDataJSON,
          attestationObject: cbor(object).toString('base64url'),
          transports: ['usb'],
        },
      }
    },
    get(options, lies = {}) {
      const clientDataJSON = answer('webauthn.get', options.challenge, lies)
      const authData = dataOf(options.rpId, lies, 0)
      const signed = Buffer.concat([authData, sha256(Buffer.from(clientDataJSON, 'base64url'))])
      const handle = 'userHandle' in lies ? lies.userHandle : userHandle
      const name = lies.id ?? credentialId
      return {
        ...{ id: name, rawId: name, type: 'public-key', clientExtensionResults: {} },
        response: {
          clientDataJSON,
          authenticatorData: authData.toString('base64url'),
          signature: lies.signature ?? signatureOf(algorithm, signed, lies.key ?? keys.privateKey),
          ...(handle === undefined ? {} : { userHandle: handle }),
        },
      }
    },
  }
}

function clientDataOf(honest: Record<string, unknown>, { clientData }: Lies): string {
  return Buffer.from(JSON.stringify({ ...honest, ...clientData })).toString('base64url')
}

function newKeys(algorithm: Algorithm) {
  if (algorithm === 'EdDSA') return generateKeyPairSync('ed25519')
  if (algorithm === 'RS256') return generateKeyPairSync('rsa', { modulusLength: 2048 })
  const namedCurve = algorithm === 'ES256' ? 'P-256' : 'P-384'
  return generateKeyPairSync('ec', { namedCurve })
}

function signatureOf(algorithm: Algorithm, data: Buffer, key: KeyObject): string {
  const hash = algorithm === 'EdDSA' ? null : algorithm === 'ES384' ? 'sha384' : 'sha256'
  return sign(hash, data, key).toString('base64url')
}

/** RFC 9053 §7, RFC 8230 §4. */
function coseKey(algorithm: Algorithm, key: KeyObject): Buffer {
  const jwk = key.export({ format: 'jwk' })
  const part = (name: 'x' | 'y' | 'n' | 'e') => Buffer.from(jwk[name] ?? '', 'base64url')
  const members: Record<Algorithm, () => [number, number | Buffer][]> = {
    ES256: () => [
      [1, 2],
      [3, -7],
      [-1, 1],
      [-2, part('x')],
      [-3, part('y')],
    ],
    ES384: () => [
      [1, 2],
      [3, -35],
      [-1, 2],
      [-2, part('x')],
      [-3, part('y')],
    ],
    EdDSA: () => [
      [1, 1],
      [3, -8],
      [-1, 6],
      [-2, part('x')],
    ],
    RS256: () => [
      [1, 3],
      [3, -257],
      [-1, part('n')],
      [-2, part('e')],
    ],
  }
  return cbor(new Map(members[algorithm]()))
}

function sha256(data: string | Buffer): Buffer {
  return createHash('sha256').update(data).digest()
}

function lengthOf(bytes: Buffer): Buffer {
  const length = Buffer.alloc(2)
  length.writeUInt16BE(bytes.length)
  return length
}
