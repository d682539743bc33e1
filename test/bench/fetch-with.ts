import { Agent, request as httpsRequest } from 'node:https'
import type { Fetch } from '../../src/main/backend/transport.ts'

/** `fetch` for the helper's backend client that believes one authority and keeps its connections. */
export function fetchWith(caPem: string): { fetch: Fetch; close(): void } {
  const agent = new Agent({ ca: caPem, keepAlive: true })
  const fetch: Fetch = (url, init) =>
    new Promise((settle, refuse) => {
      const { method = 'GET', headers, body } = init
      const request = httpsRequest(
        url,
        { agent, method, headers: headers as Record<string, string>, timeout: 20_000 },
        (response) => {
          const chunks: Buffer[] = []
          response.on('data', (chunk: Buffer) => chunks.push(chunk))
          response.on('error', refuse)
          response.on('end', () => {
            const { statusCode: status = 500, headers: received } = response
            const pairs = Object.entries(received).map(([name, value]) => [name, String(value)])
            settle(
              new Response(chunks.length > 0 ? Buffer.concat(chunks) : null, {
                status,
                headers: Object.fromEntries(pairs),
              }),
            )
          })
        },
      )
      request.on('timeout', () => request.destroy(new Error('no answer')))
      request.on('error', refuse)
      request.end(body as string | undefined)
    })
  return { fetch, close: () => agent.destroy() }
}
