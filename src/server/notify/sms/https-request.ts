import { request as httpsRequest } from 'node:https'
import { err, ok, type Result } from '../../../contract/result.ts'
import { explainRequestError } from './faults.ts'
import type { HttpsAnswer, SmsFault } from './transport.ts'

/** All of it together, from the name's lookup to the last byte of the answer. */
export const defaultPatienceMs = 10_000
/** Nobody has more to say about one message. */
const mostBytes = 64 * 1024

export type HttpsCall = {
  readonly method: 'GET' | 'POST'
  readonly url: URL
  readonly headers: Readonly<Record<string, string>>
  readonly body?: string
  /** The only authority to trust; null leaves it to Node.js. */
  readonly caPem: string | null
  readonly patienceMs: number
}

/**
 * One HTTPS request. Follows no redirection, and ends after `patienceMs`, however slowly the answer drips.
 *
 * SECURITY: the answer may quote the telephone number and the text, so it is never logged.
 */
export async function callHttps(call: HttpsCall): Promise<Result<HttpsAnswer, SmsFault>> {
  try {
    return ok(await request(call))
  } catch (error) {
    return err(explainRequestError(error))
  }
}

function request(call: HttpsCall): Promise<HttpsAnswer> {
  const { body, caPem, headers, method, url } = call
  // SECURITY: configuration is checked for that as well; a code never travels in the open.
  if (url.protocol !== 'https:') throw new TypeError('only https is spoken')
  return new Promise((settle, refuse) => {
    const options = {
      ...({ method, minVersion: 'TLSv1.2', rejectUnauthorized: true, agent: false } as const),
      headers: { ...headers, ...(body === undefined ? {} : lengthOf(body)) },
      ...(caPem === null ? {} : { ca: caPem }),
    }
    const sent = httpsRequest(url, options, (response) => {
      const chunks: Buffer[] = []
      let bytes = 0
      response.on('data', (chunk: Buffer) => {
        bytes += chunk.length
        if (bytes > mostBytes) sent.destroy(new Error('the answer is too long'))
        else chunks.push(chunk)
      })
      response.on('error', fail)
      response.on('end', () => {
        clearTimeout(timer)
        const text = Buffer.concat(chunks).toString('utf8')
        settle({ status: response.statusCode ?? 0, text })
      })
    })
    const fail = (error: Error) => {
      clearTimeout(timer)
      refuse(error)
    }
    const timer = setTimeout(() => {
      sent.destroy(Object.assign(new Error('too slow'), { code: 'too_slow' }))
    }, call.patienceMs)
    sent.on('error', fail)
    sent.end(body)
  })
}

function lengthOf(body: string): Record<string, string> {
  return { 'content-length': String(Buffer.byteLength(body)) }
}

/** What a JSON answer holds at its top, or null when it is none. */
export function membersOf(text: string): Readonly<Record<string, unknown>> | null {
  try {
    const parsed: unknown = JSON.parse(text)
    const isObject = typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed)
    return isObject ? (parsed as Record<string, unknown>) : null
  } catch {
    return null
  }
}
