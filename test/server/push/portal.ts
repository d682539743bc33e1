import type { Answer } from '../recovery/caller.ts'
import { type Harness, origin, type Person } from '../recovery/harness.ts'

/** A signed-in browser without pages. */
export interface PortalSession {
  send<T = unknown>(
    method: 'GET' | 'POST' | 'DELETE',
    path: string,
    body?: unknown,
  ): Promise<Answer<T>>
}

/** @param person - null: nobody has signed in */
export async function openPortal(
  { app }: Harness,
  person: Pick<Person, 'account' | 'password'> | null,
): Promise<PortalSession> {
  let cookie = ''
  const send: PortalSession['send'] = async (method, path, body) => {
    const response = await app.inject({
      method,
      url: `/api/v1${path}`,
      headers: {
        ...{ 'x-forwarded-proto': 'https', 'x-forwarded-for': '203.0.113.9', origin },
        ...(cookie === '' ? {} : { cookie }),
      },
      ...(body === undefined ? {} : { payload: body as object }),
    })
    const [given] = [response.headers['set-cookie'] ?? []].flat()
    if (given !== undefined) cookie = String(given).split(';')[0] ?? ''
    const parsed = response.body === '' ? {} : JSON.parse(response.body)
    return { status: response.statusCode, headers: response.headers, body: parsed }
  }
  if (person !== null) {
    const { account, password } = person
    const answer = await send('POST', '/session', { account, password })
    if (answer.status !== 200) throw new Error(JSON.stringify(answer.body))
  }
  return { send }
}
