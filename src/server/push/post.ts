import { Agent, request } from 'node:https'

/** What a push service has said, as far as anybody here cares. */
export type PostOutcome = 'taken' | 'gone' | 'failed'

export type Post = {
  readonly endpoint: string
  readonly headers: Readonly<Record<string, string | number>>
  readonly body: Buffer
}

const timeoutMs = 10_000

/**
 * Makes the way to push services: HTTPS with a checked certificate, no redirects, and an end to waiting.
 *
 * @param caPem - another authority to believe, e.g. of a proxy that looks into HTTPS; null: the usual ones
 */
export function createPost(caPem: string | null) {
  const agent = new Agent({ maxSockets: 16, ...(caPem === null ? {} : { ca: caPem }) })

  /** @returns never rejects */
  function post({ endpoint, headers, body }: Post): Promise<PostOutcome> {
    return new Promise((resolve) => {
      const signal = AbortSignal.timeout(timeoutMs)
      const sent = request(endpoint, { method: 'POST', agent, headers: { ...headers }, signal })
      sent.on('error', () => resolve('failed'))
      sent.on('response', (response) => {
        // What they say is not read: it could be anything.
        response.destroy()
        resolve(meaningOf(response.statusCode ?? 0))
      })
      sent.end(body)
    })
  }
  return { post, close: () => agent.destroy() }
}

/** RFC 8030 §5 and §7.3: a subscription that is over is answered with 404 or 410. */
function meaningOf(status: number): PostOutcome {
  if (status === 404 || status === 410) return 'gone'
  return status >= 200 && status < 300 ? 'taken' : 'failed'
}
