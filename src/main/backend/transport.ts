import type { LocalErrorCode } from '../../contract/journey-bridge.ts'
import { err, ok, type Result } from '../../contract/result.ts'

export type BackendRequest = {
  readonly method: 'GET' | 'POST' | 'DELETE'
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly body?: string
}

export type BackendAnswer = {
  readonly status: number
  readonly contentType: string
  /** The `Date` header; empty when there is none. */
  readonly date: string
  readonly body: string
}

export type Transport = (request: BackendRequest) => Promise<Result<BackendAnswer, LocalErrorCode>>

/** `fetch`, or Electron's `session.fetch`. */
export type Fetch = (url: string, init: RequestInit) => Promise<Response>

const timeoutMs = 20_000
const maxBytes = 256 * 1024

/**
 * Sends one request and reads its answer whole.
 *
 * @returns `backend_untrusted` when the certificate is refused, `backend_unreachable` when there is no
 *   answer, `backend_unexpected` for an answer that no backend of ours gives
 */
export function createTransport(fetch: Fetch): Transport {
  return async ({ method, url, headers, body }) => {
    // SECURITY: https or nothing, whatever the configuration has become by now.
    if (!url.startsWith('https://')) return err('backend_untrusted')
    try {
      const response = await fetch(url, {
        method,
        headers,
        ...(body === undefined ? {} : { body }),
        // SECURITY: the backend never redirects; whoever does is somebody else.
        redirect: 'error',
        credentials: 'omit',
        cache: 'no-store',
        signal: AbortSignal.timeout(timeoutMs),
      })
      return await readAnswer(response)
    } catch (error) {
      return err(meaningOf(error))
    }
  }
}

/** Reads an answer whole, unless it is larger than any of ours. */
export async function readAnswer(
  response: Response,
): Promise<Result<BackendAnswer, LocalErrorCode>> {
  const text = await readLimited(response)
  if (text === null) return err('backend_unexpected')
  const contentType = response.headers.get('content-type') ?? ''
  const date = response.headers.get('date') ?? ''
  return ok({ status: response.status, contentType, date, body: text })
}

async function readLimited(response: Response): Promise<string | null> {
  if (response.body === null) return ''
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of response.body as ReadableStream<Uint8Array>) {
    size += chunk.length
    if (size > maxBytes) return null
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}

/** Chromium names its errors in the message: `net::ERR_CERT_AUTHORITY_INVALID`. */
export function meaningOf(error: unknown): LocalErrorCode {
  const text = error instanceof Error ? error.message : ''
  if (/ERR_(CERT|SSL|BAD_SSL|INSECURE)_/.test(text)) return 'backend_untrusted'
  if (
    /ERR_(UNEXPECTED_REDIRECT|TOO_MANY_REDIRECTS|INVALID_RESPONSE|INVALID_HTTP)|redirect/i.test(
      text,
    )
  ) {
    return 'backend_unexpected'
  }
  return 'backend_unreachable'
}
