import { request as httpsRequest } from 'node:https'

export interface JsonAnswer {
  status: number
  headers: Record<string, string | string[] | undefined>
  /** Parsed JSON, or null for an empty answer. */
  body: unknown
}

export interface JsonRequest {
  method?: string
  headers?: Record<string, string>
  body?: unknown
}

/**
 * One HTTPS request with a JSON body, trusting only `caPem`. `fetch` cannot be told a CA.
 *
 * @throws when the connection or the certificate fails, or the answer is not JSON
 */
export function httpsJson(
  url: string,
  caPem: string,
  options: JsonRequest = {},
): Promise<JsonAnswer> {
  const payload = options.body === undefined ? undefined : JSON.stringify(options.body)
  const headers = {
    ...(payload === undefined ? {} : { 'content-type': 'application/json' }),
    ...options.headers,
  }
  return new Promise((settle, refuse) => {
    const request = httpsRequest(
      url,
      { method: options.method ?? 'GET', ca: caPem, headers, timeout: 20_000 },
      (response) => {
        const chunks: Buffer[] = []
        response.on('data', (chunk: Buffer) => chunks.push(chunk))
        response.on('error', refuse)
        response.on('end', () => {
          const text = Buffer.concat(chunks).toString('utf8')
          try {
            const body = text === '' ? null : JSON.parse(text)
            settle({ status: response.statusCode ?? 0, headers: response.headers, body })
          } catch {
            refuse(
              new Error(`${url} answered ${response.statusCode} with something else than JSON`),
            )
          }
        })
      },
    )
    request.on('timeout', () => request.destroy(new Error(`${url} did not answer in 20 s`)))
    request.on('error', refuse)
    request.end(payload)
  })
}
