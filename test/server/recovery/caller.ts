import type { MethodKind } from '../../../src/contract/method-kinds.ts'
import type { Proof } from '../../../src/contract/methods.ts'
import type { Problem } from '../../../src/contract/problems.ts'
import type {
  CommitResponse,
  Plan,
  RecoveryStatus,
  Sealed,
  StartRecoveryResponse,
} from '../../../src/contract/recovery.ts'
import { createDpopKey, createDpopProof, type DpopKey } from '../../../src/sealing/dpop.ts'
import {
  generateSealingKeyPair,
  open,
  type SealingKeyPair,
  seal,
  sealingKeyId,
} from '../../../src/sealing/hpke.ts'
import type { Harness, Person } from './harness.ts'
import { origin } from './harness.ts'

export type Answer<T = unknown> = {
  status: number
  headers: Record<string, string | string[] | number | undefined>
  body: T & Partial<Problem>
}

/** What a request can be told to do differently from an honest helper. */
export type Tampering = {
  key?: DpopKey
  token?: string
  proof?: string
  headers?: Record<string, string>
  address?: string
}

/** A helper's side of one recovery. */
export type Caller = {
  key: DpopKey
  keys: SealingKeyPair
  recoveryId: string
  token: string
  started: StartRecoveryResponse
  /** The id under which a kind of method is offered here. */
  offer(kind: MethodKind): string
  send<T = unknown>(
    method: 'GET' | 'POST' | 'DELETE',
    path: string,
    body?: unknown,
    tampering?: Tampering,
  ): Promise<Answer<T>>
  challenge(tampering?: Tampering): Promise<Answer>
  verify(proof: Proof, tampering?: Tampering): Promise<Answer<RecoveryStatus>>
  plan(reachable?: string[]): Promise<Answer<Plan>>
  commit(): Promise<Answer<CommitResponse>>
  openTemporary(answer: Answer<CommitResponse>, accountId: string): Promise<string>
  relay(plan: Plan, password: string): Promise<Answer>
}

export async function request<T>(
  { app }: Pick<Harness, 'app'>,
  method: 'GET' | 'POST' | 'DELETE',
  path: string,
  body: unknown,
  headers: Record<string, string>,
): Promise<Answer<T>> {
  const response = await app.inject({
    method,
    url: `/api/v1/recoveries${path}`,
    headers: { 'x-forwarded-proto': 'https', ...headers },
    ...(body === undefined ? {} : { payload: body as object }),
  })
  const parsed = response.body === '' ? {} : JSON.parse(response.body)
  return { status: response.statusCode, headers: response.headers, body: parsed }
}

export async function start(
  harness: Harness,
  account: string,
  purpose: 'reset' | 'unlock' = 'reset',
  address = '10.1.2.3',
): Promise<Caller> {
  const key = await createDpopKey()
  const proof = await createDpopProof(key, {
    method: 'POST',
    url: `${origin}/api/v1/recoveries`,
    now: harness.now(),
  })
  const headers = { dpop: proof, 'x-forwarded-for': address }
  const answer = await request<StartRecoveryResponse>(
    harness,
    'POST',
    '',
    { account, purpose },
    headers,
  )
  if (answer.status !== 201) throw new Error(JSON.stringify(answer.body))
  return callerFor(harness, answer.body as StartRecoveryResponse, key)
}

async function callerFor(
  harness: Harness,
  started: StartRecoveryResponse,
  key: DpopKey,
): Promise<Caller> {
  const { recoveryId, token } = started
  const keys = await generateSealingKeyPair()
  const offer = (kind: MethodKind) => {
    const found = started.methods.find((one) => one.kind === kind)
    if (!found) throw new Error(`${kind} is not offered`)
    return found.methodId
  }
  const send: Caller['send'] = async (method, path, body, tampering = {}) => {
    const url = `${origin}/api/v1/recoveries/${recoveryId}${path}`
    const shown = tampering.token ?? token
    const proof =
      tampering.proof ??
      (await createDpopProof(tampering.key ?? key, {
        ...{ method, url, token: shown, now: harness.now() },
      }))
    return request(harness, method, `/${recoveryId}${path}`, body, {
      authorization: `DPoP ${shown}`,
      dpop: proof,
      'x-forwarded-for': tampering.address ?? '10.1.2.3',
      ...tampering.headers,
    })
  }
  const bound = (use: 'temporary-password' | 'agent-password', accountId: string) => async () => ({
    ...{ use, recoveryId, accountId },
    keyId: await sealingKeyId(keys.publicKey),
  })
  return {
    ...{ key, keys, recoveryId, token, started, offer, send },
    challenge: (tampering) =>
      send('POST', `/methods/${offer('email')}/challenge`, undefined, tampering),
    verify: (proof, tampering) =>
      send('POST', `/methods/${offer(proof.kind)}/verify`, proof, tampering),
    plan: (reachable = [harness.lab.directory.host]) =>
      send('POST', '/plan', { reachable, sealingKey: keys.publicKey }),
    commit: () => send('POST', '/commit'),
    async openTemporary({ body }, accountId) {
      const sealed = (body as { temporaryPassword: Sealed }).temporaryPassword
      const context = await bound('temporary-password', accountId)()
      const opened = await open(keys.privateKey, sealed, context)
      if (!opened.ok) throw new Error('the temporary password does not open')
      return new TextDecoder().decode(opened.value)
    },
    async relay(plan, password) {
      if (plan.mode !== 'relay') throw new Error(`planned ${plan.mode}`)
      const { keyId, publicKey } = plan.relayKey
      const context = { use: 'new-password', recoveryId, accountId: plan.accountId, keyId } as const
      return send('POST', '/relay', { keyId, sealed: await seal(publicKey, password, context) })
    },
  }
}

/** Proves both methods, as the person would. */
export async function prove(harness: Harness, caller: Caller, person: Person): Promise<Answer> {
  const byApp = await caller.verify({ kind: 'totp', code: await harness.code(person) })
  if (byApp.status !== 200) throw new Error(JSON.stringify(byApp.body))
  await caller.challenge()
  return caller.verify({ kind: 'email', code: await harness.mailed(person) })
}

/** A recovery that is proven and planned. */
export async function planned(
  harness: Harness,
  person: Person,
  reachable?: string[],
): Promise<{ caller: Caller; plan: Plan }> {
  const caller = await start(harness, person.account)
  const proven = await prove(harness, caller, person)
  if (proven.status !== 200) throw new Error(JSON.stringify(proven.body))
  const answer = await caller.plan(reachable)
  if (answer.status !== 200) throw new Error(JSON.stringify(answer.body))
  return { caller, plan: answer.body as Plan }
}
