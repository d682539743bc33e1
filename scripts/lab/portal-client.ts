import { httpsJson, type JsonAnswer } from './https-json.ts'

/** A signed-in user of the portal's HTTP interface, as a browser would be: cookie and origin. */
export interface PortalClient {
  /** @throws when the answer is not a success */
  call(method: string, path: string, body?: unknown): Promise<unknown>
}

/**
 * Signs in to the portal with the directory password.
 *
 * @param origin - e.g. `https://localhost:8443`
 * @throws when the sign-in is refused
 */
export async function signInToPortal(
  origin: string,
  caPem: string,
  credentials: { account: string; password: string },
): Promise<PortalClient> {
  let cookie = ''
  const call = async (method: string, path: string, body?: unknown) => {
    const headers = { origin, ...(cookie === '' ? {} : { cookie }) }
    const answer = await httpsJson(`${origin}/api/v1${path}`, caPem, { method, headers, body })
    if (answer.status >= 400) {
      throw new Error(`${method} ${path} answered ${answer.status}: ${JSON.stringify(answer.body)}`)
    }
    cookie = newCookie(answer) ?? cookie
    return answer.body
  }
  await call('POST', '/session', credentials)
  return { call }
}

function newCookie(answer: JsonAnswer): string | null {
  const [first] = [answer.headers['set-cookie']].flat()
  return first?.split(';')[0] ?? null
}
