import { err, ok, type Result } from '../../../contract/result.ts'
import { hmacSha256 } from '../../../sealing/random.ts'
import { explainAnswer } from './faults.ts'
import { callHttps, defaultPatienceMs, membersOf } from './https-request.ts'
import type { SmsFault, SmsTransport } from './transport.ts'

export type WebhookOptions = {
  readonly adapter: 'webhook'
  readonly url: string
  readonly secret: string
  readonly caPem: string | null
  /** For all of one request, in milliseconds; left out: ten seconds. */
  readonly patienceMs?: number
  readonly now: () => number
}

/**
 * Hands messages to a service of the organisation's own, as JSON, signed: `Latchkey-Signature` is
 * `v1=` and the HMAC-SHA-256 (RFC 2104) of the timestamp, a dot and the body, in hexadecimal.
 */
export function createWebhookTransport(options: WebhookOptions): SmsTransport {
  const { caPem, patienceMs = defaultPatienceMs } = options
  const post = async (message: object): Promise<Result<void, SmsFault>> => {
    const body = JSON.stringify(message)
    const timestamp = String(Math.floor(options.now() / 1000))
    const answer = await callHttps({
      ...{ method: 'POST', url: new URL(options.url), caPem, patienceMs, body },
      headers: {
        ...{ 'content-type': 'application/json', accept: 'application/json' },
        'latchkey-timestamp': timestamp,
        'latchkey-signature': signatureOf(options.secret, timestamp, body),
      },
    })
    if (!answer.ok) return answer
    const { status, text } = answer.value
    if (status >= 200 && status < 300) return ok(undefined)
    return err(explainAnswer(answer.value, membersOf(text)?.code))
  }
  return {
    adapter: 'webhook',
    send: ({ id, to, text }) => post({ type: 'message', id, to, text }),
    check: () => post({ type: 'check' }),
  }
}

/** SECURITY: the time is signed too, so that a message that was overheard cannot be sent again later. */
export function signatureOf(secret: string, timestamp: string, body: string): string {
  const key = new TextEncoder().encode(secret)
  return `v1=${hmacSha256(key, `${timestamp}.${body}`).toString('hex')}`
}
