import {
  type PhoneAnswer,
  PhoneAnswerResponse,
  PhoneStatus,
  type PhoneSubscription,
} from '../../contract/push.ts'
import { err, ok } from '../../contract/result.ts'
import { createEventParser } from '../../contract/server-events.ts'
import { createDpopProof, type DpopKey } from '../../sealing/dpop.ts'
import { type Answer, problemOf } from '../api/call.ts'

type Schema<T> = {
  safeParse(input: unknown): { success: true; data: T } | { success: false }
}

const timeoutMs = 20_000

export type PhoneApi = ReturnType<typeof createPhoneApi>

/** The backend's verbs as a phone uses them, each request signed by the phone's own key. */
export function createPhoneApi(key: DpopKey) {
  // Phones may be a few minutes off; the first answer that complains tells the server's time.
  let offsetMs = 0

  async function sendOnce(method: 'GET' | 'POST' | 'PUT', path: string, body: string | undefined) {
    const url = `${location.origin}/api/v1/phone${path}`
    const now = Date.now() + offsetMs
    const dpop = await createDpopProof(key, { method, url, body: body ?? '', now })
    return (signal: AbortSignal) =>
      fetch(url, {
        method,
        headers: { dpop, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
        ...(body === undefined ? {} : { body }),
        ...{ credentials: 'omit', cache: 'no-store', redirect: 'error', signal },
      })
  }

  /** Sends it, and once more when only the time was wrong: nothing has happened then. */
  async function send(
    method: 'GET' | 'POST' | 'PUT',
    path: string,
    content: unknown,
    signal: AbortSignal,
  ): Promise<Answer<Response>> {
    const body = content === undefined ? undefined : JSON.stringify(content)
    for (let tries = 0; ; tries += 1) {
      let response: Response
      try {
        response = await (await sendOnce(method, path, body))(signal)
      } catch {
        return err({ code: 'backend_unreachable' })
      }
      if (response.ok) return ok(response)
      const problem = problemOf(await response.json().catch(() => null))
      const serverNow = Date.parse(response.headers.get('date') ?? '')
      if (problem.code !== 'clock_skew' || tries > 0 || Number.isNaN(serverNow)) return err(problem)
      offsetMs = serverNow - Date.now()
    }
  }

  async function ask<T>(
    method: 'GET' | 'POST' | 'PUT',
    path: string,
    schema: Schema<T> | null,
    content?: unknown,
  ): Promise<Answer<T>> {
    const sent = await send(method, path, content, AbortSignal.timeout(timeoutMs))
    if (!sent.ok) return sent
    if (schema === null) return ok(undefined as T)
    const parsed = schema.safeParse(await sent.value.json().catch(() => null))
    return parsed.success ? ok(parsed.data) : err({ code: 'backend_unexpected' })
  }

  return {
    pair: (secret: string, name: string) => ask('POST', '/pair', PhoneStatus, { secret, name }),
    status: () => ask('GET', '', PhoneStatus),
    answer: (requestId: string, answer: PhoneAnswer) =>
      ask('POST', `/requests/${requestId}`, PhoneAnswerResponse, answer),
    subscribe: (subscription: PhoneSubscription['subscription']) =>
      ask<void>('PUT', '/subscription', null, { subscription }),
    /** Hears of every change until the line ends, or `signal` says so. */
    async listen(
      onStatus: (status: PhoneStatus) => void,
      signal: AbortSignal,
    ): Promise<Answer<void>> {
      const sent = await send('GET', '/events', undefined, signal)
      if (!sent.ok) return sent
      const reader = sent.value.body?.pipeThrough(new TextDecoderStream()).getReader()
      const parse = createEventParser()
      try {
        for (;;) {
          const { done = true, value = '' } = (await reader?.read()) ?? {}
          if (done) return ok(undefined)
          for (const event of parse(value)) {
            const status = PhoneStatus.safeParse(JSON.parse(event))
            if (status.success) onStatus(status.data)
          }
        }
      } catch {
        return err({ code: 'backend_unreachable' })
      }
    },
  }
}
