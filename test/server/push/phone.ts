import type { PhoneAnswerResponse, PhoneStatus } from '../../../src/contract/push.ts'
import { createDpopKey, createDpopProof, type DpopKey } from '../../../src/sealing/dpop.ts'
import { sha256Base64url } from '../../../src/sealing/random.ts'
import type { Answer } from '../recovery/caller.ts'
import { type Harness, origin, type Person } from '../recovery/harness.ts'

type Verb = 'GET' | 'POST' | 'PUT'

/** What a request can be told to do differently from an honest phone. */
export type Tampering = {
  key?: DpopKey
  proof?: string | null
  /** Signed instead of what is sent. */
  signedBody?: string
  signedPath?: string
}

export interface Phone {
  key: DpopKey
  methodId: string
  send<T = unknown>(
    method: Verb,
    path: string,
    body?: unknown,
    tampering?: Tampering,
  ): Promise<Answer<T>>
  status(): Promise<PhoneStatus>
  approve(number: string, requestId?: string): Promise<Answer<PhoneAnswerResponse>>
  deny(requestId?: string): Promise<Answer<PhoneAnswerResponse>>
}

/** A phone's side of the interface, with a key of its own that nothing knows yet. */
export async function newPhone(harness: Harness, methodId = ''): Promise<Phone> {
  const key = await createDpopKey()
  const send: Phone['send'] = async (method, path, body, tampering = {}) => {
    const text = body === undefined ? '' : JSON.stringify(body)
    const proof =
      tampering.proof === undefined
        ? await createDpopProof(tampering.key ?? key, {
            method,
            url: `${origin}/api/v1${tampering.signedPath ?? path}`,
            body: tampering.signedBody ?? text,
            now: harness.now(),
          })
        : tampering.proof
    const response = await harness.app.inject({
      method,
      url: `/api/v1${path}`,
      headers: {
        'x-forwarded-proto': 'https',
        ...(proof === null ? {} : { dpop: proof }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { payload: text }),
    })
    const parsed = response.body === '' ? {} : JSON.parse(response.body)
    return { status: response.statusCode, headers: response.headers, body: parsed }
  }
  const status = async () => {
    const answer = await send<PhoneStatus>('GET', '/phone')
    if (answer.status !== 200) throw new Error(JSON.stringify(answer.body))
    return answer.body
  }
  const asked = async () => {
    const { request } = await status()
    if (request === null) throw new Error('the phone is asked nothing')
    return request.requestId
  }
  return {
    ...{ key, methodId, send, status },
    approve: async (number, requestId) =>
      send('POST', `/phone/requests/${requestId ?? (await asked())}`, {
        ...{ decision: 'approve', number },
      }),
    deny: async (requestId) =>
      send('POST', `/phone/requests/${requestId ?? (await asked())}`, { decision: 'deny' }),
  }
}

/** A phone that somebody has set up some time ago. */
export async function givePhone(
  harness: Harness,
  { accountId }: Pick<Person, 'accountId'>,
  confirmedAt: number | null = 1,
): Promise<Phone> {
  const { secrets, store } = harness.parts.dependencies
  const id = secrets.newId()
  const phone = await newPhone(harness, id)
  const { crv, kty, x, y } = phone.key.publicJwk
  await store.transaction(async (tx) => {
    await tx.methods.insert({
      ...{ id, accountId, kind: 'push', label: 'My phone', createdAt: 1, confirmedAt },
      secret: secrets.sealMethodSecret({ id, accountId }, ''),
      ...{ lastUsedAt: null, lastStep: 0, suspendedAt: null },
    })
    await tx.pushDevices.insert({
      ...{ methodId: id, accountId, pairing: null, pairingExpiresAt: 1, number: '42' },
      // RFC 7638 §3.
      thumbprint: sha256Base64url(JSON.stringify({ crv, kty, x, y })),
      ...{ subscription: null, createdAt: 1 },
    })
  })
  return phone
}
