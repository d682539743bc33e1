import { createHash } from 'node:crypto'
import { Agent, request as httpsRequest } from 'node:https'
import type { Problem } from '../../src/contract/problems.ts'
import type { StartRecoveryResponse } from '../../src/contract/recovery.ts'
import type { AuthenticationOptions } from '../../src/contract/web-authn.ts'
import { createDpopKey, createDpopProof, type DpopKey } from '../../src/sealing/dpop.ts'
import {
  createAuthenticator,
  type SoftwareAuthenticator,
} from '../helpers/software-authenticator.ts'

/** The requests by which a stranger could try to find out whether there is an account. */
export const steps = ['start', 'totp', 'challenge', 'email', 'ask', 'passkey'] as const
export type StepName = (typeof steps)[number]

/** One answer, as it looks on the wire and how long it took. */
export interface Seen {
  status: number
  /** Names in the order in which they came, with values that do not change from answer to answer. */
  headers: string
  bytes: number
  body: string
  milliseconds: number
}

export type Walk = Partial<Record<StepName, Seen>>

export type How = { readonly toTheEnd: boolean; readonly withPasskey: boolean }

/** As if a stranger knew what the passkey of somebody is called: more than there is to know. */
export function credentialIdOf(account: string): string {
  return createHash('sha256').update(account).digest('base64url')
}

/** A caller without any secret, on one connection that stays open. */
export interface Stranger {
  /** Every step; the dear ones only when asked for. */
  walk(account: string, how: How): Promise<Walk>
  close(): void
}

export async function newStranger(origin: string, caPem: string): Promise<Stranger> {
  const agent = new Agent({ ca: caPem, keepAlive: true, maxSockets: 1 })
  const key = await createDpopKey()
  const authenticator = createAuthenticator({ origin })
  return {
    walk: (account, how) => walk({ origin, agent, key, authenticator }, account, how),
    close: () => agent.destroy(),
  }
}

type Connection = {
  origin: string
  agent: Agent
  key: DpopKey
  authenticator: SoftwareAuthenticator
}

async function walk(
  connection: Connection,
  account: string,
  { toTheEnd, withPasskey }: How,
): Promise<Walk> {
  const start = await post(connection, '', { account, purpose: 'reset' })
  const { recoveryId, token, methods } = start.parsed as StartRecoveryResponse
  const path = (kind: string) => {
    const method = methods.find((one) => one.kind === kind)
    if (!method) throw new Error(`${kind} is not offered`)
    return `/${recoveryId}/methods/${method.methodId}`
  }
  const wrong = (kind: string) => ({ kind, code: '000000' })
  const call = async (suffix: string, body?: object) =>
    (await post(connection, suffix, body, token)).seen
  return {
    start: start.seen,
    totp: await call(`${path('totp')}/verify`, wrong('totp')),
    challenge: await call(`${path('email')}/challenge`),
    ...(toTheEnd ? { email: await call(`${path('email')}/verify`, wrong('email')) } : {}),
    ...(withPasskey ? await showPasskey(connection, path('passkey'), account, token) : {}),
  }
}

async function showPasskey(connection: Connection, path: string, account: string, token: string) {
  const asked = await post(connection, `${path}/challenge`, undefined, token)
  const { options } = asked.parsed as { options: AuthenticationOptions }
  const lies = { id: credentialIdOf(account), userHandle: undefined }
  const proof = { kind: 'passkey', response: connection.authenticator.get(options, lies) }
  const shown = await post(connection, `${path}/verify`, proof, token)
  return { ask: asked.seen, passkey: shown.seen }
}

async function post(
  { origin, agent, key }: Connection,
  suffix: string,
  body?: object,
  token?: string,
): Promise<{ seen: Seen; parsed: unknown }> {
  const url = `${origin}/api/v1/recoveries${suffix}`
  const now = Date.now()
  const dpop = await createDpopProof(key, {
    ...{ method: 'POST', url, now },
    ...(token === undefined ? {} : { token }),
  })
  const payload = body === undefined ? '' : JSON.stringify(body)
  const headers = {
    dpop,
    ...(token === undefined ? {} : { authorization: `DPoP ${token}` }),
    ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    'content-length': Buffer.byteLength(payload),
  }
  return new Promise((settle, refuse) => {
    let begun = 0
    const options = { agent, method: 'POST', headers, timeout: 30_000 }
    const request = httpsRequest(url, options, (response) => {
      const chunks: Buffer[] = []
      response.on('data', (chunk: Buffer) => chunks.push(chunk))
      response.on('error', refuse)
      response.on('end', () => {
        const milliseconds = performance.now() - begun
        const text = Buffer.concat(chunks).toString()
        const parsed = JSON.parse(text) as unknown
        const status = response.statusCode ?? 0
        const seen = {
          ...{ status, milliseconds, bytes: Buffer.byteLength(text) },
          headers: headersOf(response.rawHeaders),
          body: formOf(parsed),
        }
        settle({ seen, parsed })
      })
    })
    request.on('timeout', () => request.destroy(new Error(`${url} did not answer in time`)))
    request.on('error', refuse)
    begun = performance.now()
    request.end(payload)
  })
}

const changing = ['date', 'x-request-id']

function headersOf(raw: readonly string[]): string {
  const lines = []
  for (let at = 0; at < raw.length; at += 2) {
    const name = raw[at] as string
    lines.push(changing.includes(name.toLowerCase()) ? name : `${name}: ${raw[at + 1]}`)
  }
  return lines.join('\n')
}

const individual = new Set([
  'recoveryId',
  'challenge',
  'token',
  'methodId',
  'requestId',
  'expiresAt',
])

/** The body without what is new for everybody; how long that is counts, though. */
function formOf(parsed: unknown): string {
  return JSON.stringify(parsed as Problem, (name, value) =>
    individual.has(name) ? `(${String(value).length} characters)` : value,
  )
}
