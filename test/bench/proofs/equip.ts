import { randomInt } from 'node:crypto'
import { generate } from 'otplib'
import type { AuthenticatorKind, MethodKind, SentKind } from '../../../src/contract/method-kinds.ts'
import type { Proof } from '../../../src/contract/methods.ts'
import type { ChallengeResponse } from '../../../src/contract/recovery.ts'
import { normaliseWritten } from '../../../src/contract/written-code.ts'
import { createDpopKey, createDpopProof } from '../../../src/sealing/dpop.ts'
import { sha256Base64url } from '../../../src/sealing/random.ts'
import type { ServerDependencies } from '../../../src/server/domain/dependencies.ts'
import { recoverySubject } from '../../../src/server/domain/end-recoveries.ts'
import {
  positionLetter,
  recoveryCodeCount,
} from '../../../src/server/domain/methods/recovery-code.ts'
import type { FoundAccount } from '../../../src/server/domain/ports/directory.ts'
import type { StoreTransaction } from '../../../src/server/domain/ports/store.ts'
import { issuePass } from '../../../src/server/features/pass/issue.ts'
import { createAuthenticator } from '../../helpers/software-authenticator.ts'
import { type ClientKeys, proofHeaders } from '../recoveries/proofs.ts'
import type { Prepared } from './load-types.ts'

// Every kind of method, put straight into the store by the product's own parts, and then shown.

/** A recovery that was begun, and the method in it that is to be proven. */
export interface Begun {
  recoveryId: string
  token: string
  offerId: string
  keys: ClientKeys
}

/** Makes the request that proves a method, from what its challenge was answered. */
export type Show = (begun: Begun, challenged: string) => Promise<Prepared>

type Equip = (deps: ServerDependencies, person: FoundAccount) => Promise<Show>

/** Gives somebody a new method of a kind, in the place of the one that they had of it. */
export const equip: Record<MethodKind, Equip> = {
  passkey: authenticator('passkey'),
  securityKey: authenticator('securityKey'),
  push,
  totp,
  recoveryCode,
  temporaryPass,
  sms: sent('sms', () => `+49170${randomInt(1_000_000, 10_000_000)}`),
  email: sent('email', ({ accountName }) => `${accountName}@home.example`),
}

/** A request of a recovery, signed. */
export function requestOf(
  { settings }: Pick<ServerDependencies, 'settings'>,
  { recoveryId, offerId, token, keys }: Begun,
  step: 'challenge' | 'verify',
  proof?: Proof,
): Prepared {
  const path = `/api/v1/recoveries/${recoveryId}/methods/${offerId}/${step}`
  const headers = proofHeaders(keys, `${settings.origin}${path}`, token)
  return { path, headers, body: JSON.stringify(proof ?? {}) }
}

async function totp(deps: ServerDependencies, person: FoundAccount): Promise<Show> {
  const seed = deps.totp.newSeed()
  await replaceMethod(deps, person, 'totp', seed)
  return async (begun) => {
    const code = await generate({ secret: seed, epoch: Math.floor(Date.now() / 1000) })
    return requestOf(deps, begun, 'verify', { kind: 'totp', code })
  }
}

async function recoveryCode(deps: ServerDependencies, person: FoundAccount): Promise<Show> {
  const code = deps.secrets.newWrittenCode(positionLetter(0))
  const codeHash = await deps.secrets.hashCode(code)
  await replaceMethod(deps, person, 'recoveryCode', '', (tx, methodId) =>
    // Nine more, so that nobody has to be told that few are left. They are never compared.
    tx.writtenCodes.insert(
      Array.from({ length: recoveryCodeCount }, (_, position) => ({
        ...{ methodId, position, codeHash, expiresAt: null },
      })),
    ),
  )
  return async (begun) => requestOf(deps, begun, 'verify', { kind: 'recoveryCode', code })
}

async function temporaryPass(deps: ServerDependencies, account: FoundAccount): Promise<Show> {
  const agent = { accountId: 'agent', accountName: 'agent.one', login: 'cli:agent.one' }
  const issued = await issuePass(deps, agent, {
    ...{ account, reason: 'phone lost', minutes: 60, printReason: 'known by sight' },
  })
  if (!issued.ok || issued.value.waiting !== null) throw new Error(JSON.stringify(issued))
  const code = normaliseWritten(issued.value.code ?? '')
  return async (begun) => requestOf(deps, begun, 'verify', { kind: 'temporaryPass', code })
}

/** The code itself is on its way to nowhere: before it is typed, its hash gives way to a known one's. */
function sent(kind: SentKind, address: (person: FoundAccount) => string): Equip {
  const code = '314159'
  let known: Promise<string> | undefined
  return async (deps, person) => {
    known ??= deps.secrets.hashCode(code)
    const codeHash = await known
    await replaceMethod(deps, person, kind, address(person))
    return async (begun) => {
      const subject = recoverySubject(begun.recoveryId, begun.offerId)
      const expiresAt = deps.now() + deps.settings.limits.codeLifetime
      await deps.store.transaction((tx) => tx.challenges.put({ subject, codeHash, expiresAt }))
      return requestOf(deps, begun, 'verify', { kind, code })
    }
  }
}

function authenticator(kind: AuthenticatorKind): Equip {
  return async (deps, person) => {
    const { secrets, webAuthn } = deps
    const [challenge, handle] = [secrets.newToken(), secrets.newToken()]
    const user = { handle, name: person.accountName, displayName: person.displayName }
    const options = webAuthn.registrationOptions({
      ...{ kind, challenge, user, existing: [], allowedAaguids: null },
    })
    const device = createAuthenticator({ origin: deps.settings.origin })
    const hash = secrets.hashToken(challenge)
    const registered = await webAuthn.verifyRegistration(device.create(options), hash, null)
    if (!registered.ok) throw new Error(registered.error)
    const { accountId } = person
    await replaceMethod(deps, person, kind, handle, (tx, methodId) =>
      tx.credentials.insert({ ...registered.value, methodId, accountId, userHandle: handle }),
    )
    return async (begun, challenged) => {
      const asked = JSON.parse(challenged) as ChallengeResponse
      if (!('options' in asked)) throw new Error(`asked for ${asked.kind}`)
      return requestOf(deps, begun, 'verify', { kind, response: device.get(asked.options) })
    }
  }
}

/** Which question it is the phone would hear or ask; here it is read from the store. */
async function push(deps: ServerDependencies, person: FoundAccount): Promise<Show> {
  const { accountId } = person
  const key = await createDpopKey()
  const { crv, kty, x, y } = key.publicJwk
  await replaceMethod(deps, person, 'push', '', (tx, methodId) =>
    tx.pushDevices.insert({
      ...{ methodId, accountId, pairing: null, pairingExpiresAt: 1, number: '42', createdAt: 1 },
      // RFC 7638 §3.
      thumbprint: sha256Base64url(JSON.stringify({ crv, kty, x, y })),
      subscription: null,
    }),
  )
  return async (_, challenged) => {
    const { number } = JSON.parse(challenged) as { number: string }
    const now = deps.now()
    const asked = await deps.store.transaction((tx) => tx.pushRequests.pending(accountId, now))
    if (asked === null) throw new Error('the phone was asked nothing')
    const path = `/api/v1/phone/requests/${asked.id}`
    const body = JSON.stringify({ decision: 'approve', number })
    const url = `${deps.settings.origin}${path}`
    const proof = await createDpopProof(key, { method: 'POST', url, body, now })
    return { path, headers: `dpop: ${proof}\r\n`, body }
  }
}

async function replaceMethod(
  { now, secrets, store }: ServerDependencies,
  { accountId }: FoundAccount,
  kind: MethodKind,
  secret: string,
  also: (tx: StoreTransaction, methodId: string) => Promise<unknown> = async () => {},
): Promise<void> {
  const [id, at] = [secrets.newId(), now()]
  await store.transaction(async (tx) => {
    for (const method of await tx.methods.list(accountId)) {
      if (method.kind === kind) await tx.methods.remove(method.id, accountId)
    }
    await tx.methods.insert({
      ...{ id, accountId, kind, label: kind, createdAt: at, confirmedAt: at },
      secret: secrets.sealMethodSecret({ id, accountId }, secret),
      ...{ lastUsedAt: null, lastStep: 0, suspendedAt: null },
    })
    await also(tx, id)
  })
}
