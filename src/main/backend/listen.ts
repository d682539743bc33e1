import type { LocalErrorCode } from '../../contract/journey-bridge.ts'
import { err, ok, type Result } from '../../contract/result.ts'
import { createEventParser } from '../../contract/server-events.ts'
import {
  type BackendAnswer,
  type BackendRequest,
  type Fetch,
  meaningOf,
  readAnswer,
} from './transport.ts'

/**
 * Sends one request and hands on the events of its answer, until it ends or `signal` says so.
 *
 * @returns null when it was heard to its end; the answer itself when it holds no events
 */
export type Listen = (
  request: Omit<BackendRequest, 'body'>,
  onEvent: (data: string) => void,
  signal: AbortSignal,
) => Promise<Result<BackendAnswer | null, LocalErrorCode>>

/** One event is a status: far below this. */
const maxBytesOfEvent = 64 * 1024

export function createListen(fetch: Fetch): Listen {
  return async ({ method, url, headers }, onEvent, signal) => {
    // SECURITY: https or nothing, whatever the configuration has become by now.
    if (!url.startsWith('https://')) return err('backend_untrusted')
    try {
      const response = await fetch(url, {
        ...{ method, headers, signal },
        // SECURITY: the backend never redirects; whoever does is somebody else.
        ...{ redirect: 'error', credentials: 'omit', cache: 'no-store' },
      })
      const isStream = response.headers.get('content-type')?.startsWith('text/event-stream')
      if (!response.ok || !isStream || response.body === null) return await readAnswer(response)
      return await hear(response.body as ReadableStream<Uint8Array>, onEvent)
    } catch (error) {
      return signal.aborted ? ok(null) : err(meaningOf(error))
    }
  }
}

async function hear(
  body: ReadableStream<Uint8Array>,
  onEvent: (data: string) => void,
): Promise<Result<null, LocalErrorCode>> {
  const parse = createEventParser()
  const decoder = new TextDecoder()
  let unfinished = 0
  for await (const chunk of body) {
    const events = parse(decoder.decode(chunk, { stream: true }))
    unfinished = events.length > 0 ? 0 : unfinished + chunk.length
    if (unfinished > maxBytesOfEvent) return err('backend_unexpected')
    for (const event of events) onEvent(event)
  }
  return ok(null)
}
