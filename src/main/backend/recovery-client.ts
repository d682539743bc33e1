import type { z } from 'zod'
import type { JourneyResult } from '../../contract/journey-bridge.ts'
import type { Proof } from '../../contract/methods.ts'
import {
  ChallengeResponse,
  CommitResponse,
  CompleteResponse,
  Plan,
  type PlanRequest,
  RecoveryStatus,
  type RelayRequest,
  type StartRecoveryRequest,
  StartRecoveryResponse,
  VerifyResponse,
} from '../../contract/recovery.ts'
import { err, ok } from '../../contract/result.ts'
import { createDpopKey, createDpopProof, type DpopKey } from '../../sealing/dpop.ts'
import type { Listen } from './listen.ts'
import { parseJson, readProblem } from './read-problem.ts'
import type { ServerClock } from './server-clock.ts'
import type { BackendAnswer, BackendRequest, Transport } from './transport.ts'

/** The calls of one recovery. The token and the key that it is bound to stay inside. */
export type RecoveryClient = {
  readonly recoveryId: string
  status(): Promise<JourneyResult<RecoveryStatus>>
  challenge(methodId: string): Promise<JourneyResult<ChallengeResponse>>
  verify(methodId: string, proof: Proof): Promise<JourneyResult<RecoveryStatus>>
  /** Hears of every change, until the recovery is over, the line ends or `signal` says so. */
  listen(
    onStatus: (status: RecoveryStatus) => void,
    signal: AbortSignal,
  ): Promise<JourneyResult<null>>
  plan(request: PlanRequest): Promise<JourneyResult<Plan>>
  commit(): Promise<JourneyResult<CommitResponse>>
  relay(request: RelayRequest): Promise<JourneyResult<CompleteResponse>>
  complete(): Promise<JourneyResult<CompleteResponse>>
  abandon(): Promise<void>
}

export type BackendOptions = {
  readonly origin: string
  readonly transport: Transport
  readonly listen: Listen
  readonly clock: ServerClock
}

type Caller = { readonly options: BackendOptions; readonly key: DpopKey; readonly token?: string }
type Call = {
  readonly method: BackendRequest['method']
  readonly path: string
  readonly body?: unknown
  /** Safe to send again when the connection broke: doing it twice is like doing it once. */
  readonly repeatable?: boolean
}

/**
 * Starts a recovery, with a fresh key that every further call is proven with (RFC 9449).
 */
export async function startRecovery(
  options: BackendOptions,
  request: StartRecoveryRequest,
): Promise<JourneyResult<{ client: RecoveryClient; status: RecoveryStatus }>> {
  const key = await createDpopKey()
  const call: Call = { method: 'POST', path: '', body: request }
  const started = await send({ options, key }, call, StartRecoveryResponse)
  if (!started.ok) return started
  const { token, ...status } = started.value
  return ok({ client: clientOf({ options, key, token }, status.recoveryId), status })
}

function clientOf(caller: Caller, recoveryId: string): RecoveryClient {
  const get = { method: 'GET' } as const
  const post = { method: 'POST' } as const
  const path = (rest = '') => `/${recoveryId}${rest}`
  const method = (id: string, rest: string) => path(`/methods/${encodeURIComponent(id)}/${rest}`)
  return {
    recoveryId,
    status: () => send(caller, { ...get, path: path(), repeatable: true }, RecoveryStatus),
    challenge: (id) => send(caller, { ...post, path: method(id, 'challenge') }, ChallengeResponse),
    verify: (id, body) =>
      send(caller, { ...post, path: method(id, 'verify'), body }, VerifyResponse),
    listen: (onStatus, signal) => listenTo(caller, path('/events'), onStatus, signal),
    plan: (body) => send(caller, { ...post, path: path('/plan'), body, repeatable: true }, Plan),
    commit: () => commitAgainIfLost(caller, { ...post, path: path('/commit') }),
    relay: (body) => send(caller, { ...post, path: path('/relay'), body }, CompleteResponse),
    complete: () =>
      send(caller, { ...post, path: path('/complete'), repeatable: true }, CompleteResponse),
    abandon: async () => {
      await answerTo(caller, { method: 'DELETE', path: path(), repeatable: true })
    },
  }
}

/**
 * A second commit replaces the temporary password of the first, whose answer was lost. When it is
 * refused, that says nothing about the first: whether that one was carried out stays unknown.
 */
async function commitAgainIfLost(
  caller: Caller,
  call: Call,
): Promise<JourneyResult<CommitResponse>> {
  const first = await send(caller, call, CommitResponse)
  if (first.ok || first.error.code !== 'backend_unreachable') return first
  const second = await send(caller, call, CommitResponse)
  return second.ok ? second : first
}

async function send<T>(
  caller: Caller,
  call: Call,
  schema: z.ZodType<T>,
): Promise<JourneyResult<T>> {
  const answered = await answerTo(caller, call)
  if (!answered.ok) return answered
  const parsed = schema.safeParse(parseJson(answered.value.body))
  return parsed.success ? ok(parsed.data) : err({ code: 'backend_unexpected' })
}

async function answerTo(caller: Caller, call: Call): Promise<JourneyResult<BackendAnswer>> {
  let sent = await sendOnce(caller, call)
  if (!sent.ok && sent.error === 'backend_unreachable' && call.repeatable) {
    sent = await sendOnce(caller, call)
  }
  if (!sent.ok) return err({ code: sent.error })
  const first = judge(sent.value)
  if (first.ok || first.error.code !== 'clock_skew') return first
  // Refused before anything happened, so even what may not be repeated is sent again; but only once.
  if (!caller.options.clock.learn(sent.value.date)) return first
  const again = await sendOnce(caller, call)
  return again.ok ? judge(again.value) : err({ code: again.error })
}

function judge(answer: BackendAnswer): JourneyResult<BackendAnswer> {
  return answer.status >= 200 && answer.status < 300 ? ok(answer) : err(readProblem(answer))
}

async function listenTo(
  caller: Caller,
  path: string,
  onStatus: (status: RecoveryStatus) => void,
  signal: AbortSignal,
): Promise<JourneyResult<null>> {
  const onEvent = (data: string) => {
    const parsed = RecoveryStatus.safeParse(parseJson(data))
    if (parsed.success) onStatus(parsed.data)
  }
  const request = { method: 'GET', ...(await signed(caller, { method: 'GET', path })) } as const
  const heard = await caller.options.listen(request, onEvent, signal)
  if (!heard.ok) return err({ code: heard.error })
  if (heard.value === null) return ok(null)
  const judged = judge(heard.value)
  return judged.ok ? err({ code: 'backend_unexpected' }) : judged
}

async function sendOnce(caller: Caller, call: Call) {
  const { url, headers } = await signed(caller, call)
  const { method } = call
  const { transport } = caller.options
  if (call.body === undefined) return transport({ method, url, headers })
  headers['content-type'] = 'application/json'
  return transport({ method, url, headers, body: JSON.stringify(call.body) })
}

/** Where a call goes, and the headers that prove whose it is. */
async function signed({ options, key, token }: Caller, { method, path }: Call) {
  const url = `${options.origin}/api/v1/recoveries${path}`
  const now = options.clock.now()
  const proof = await createDpopProof(key, { method, url, now, ...(token ? { token } : {}) })
  const headers: Record<string, string> = { accept: 'application/json', dpop: proof }
  if (token !== undefined) headers.authorization = `DPoP ${token}`
  return { url, headers }
}
