import { Agent, request as httpsRequest } from 'node:https'
import type { Stack } from '../../helpers/stack.ts'

export interface Answer {
  status: number
  headers: Record<string, string | string[] | undefined>
  // biome-ignore lint/suspicious/noExplicitAny: each test knows what it asked for
  body: any
}

/** A browser without pages: it keeps the session's cookie and names its origin. */
export interface Client {
  /** The cookie as it would be sent, or empty. */
  cookie: string
  send(
    method: string,
    path: string,
    body?: unknown,
    headers?: Record<string, string>,
  ): Promise<Answer>
  close(): void
}

/** @param cookie - begins with somebody else's session, for tests of stolen ones */
export function newClient({ backend, lab }: Stack, cookie = ''): Client {
  const agent = new Agent({ ca: lab.caPem, keepAlive: true, maxSockets: 200 })
  const client: Client = {
    cookie,
    async send(method, path, body, headers = {}) {
      const answer = await ask(agent, `${backend.origin}/api/v1${path}`, method, body, {
        origin: backend.origin,
        ...(client.cookie === '' ? {} : { cookie: client.cookie }),
        ...headers,
      })
      const [given] = [answer.headers['set-cookie'] ?? []].flat()
      if (given !== undefined) {
        const [pair = ''] = given.split(';')
        client.cookie = pair.endsWith('=') ? '' : pair
      }
      return answer
    },
    close: () => agent.destroy(),
  }
  return client
}

function ask(
  agent: Agent,
  url: string,
  method: string,
  body: unknown,
  headers: Record<string, string>,
): Promise<Answer> {
  const payload = body === undefined ? undefined : JSON.stringify(body)
  const type = payload === undefined ? {} : { 'content-type': 'application/json' }
  const options = { agent, method, headers: { ...type, ...headers }, timeout: 30_000 }
  return new Promise((settle, refuse) => {
    const request = httpsRequest(url, options, (response) => {
      const chunks: Buffer[] = []
      response.on('data', (chunk: Buffer) => chunks.push(chunk))
      response.on('error', refuse)
      response.on('end', () => {
        const text = Buffer.concat(chunks).toString('utf8')
        const { statusCode: status = 0, headers: given } = response
        settle({ status, headers: given, body: text === '' ? null : JSON.parse(text) })
      })
    })
    request.on('timeout', () => request.destroy(new Error(`${url} did not answer in 30 s`)))
    request.on('error', refuse)
    request.end(payload)
  })
}

/** Signs in and answers the client. @throws when it is refused */
export async function signedIn(
  stack: Stack,
  { account, password }: { account: string; password: string },
): Promise<Client> {
  const client = newClient(stack)
  const { status, body } = await client.send('POST', '/session', { account, password })
  if (status !== 200) throw new Error(`sign-in of ${account}: ${status} ${JSON.stringify(body)}`)
  return client
}
