import { describe, expect, test } from 'vitest'
import { createTransport, type Fetch } from '../../../src/main/backend/transport.ts'

const request = { method: 'POST', url: 'https://reset.example.com/x', headers: { a: 'b' } } as const
const answering = (respond: () => Response) => createTransport(async () => respond())
const failing = (message: string) =>
  createTransport(async () => {
    throw new Error(message)
  })

describe('a request ends without an answer', () => {
  test('before it is sent, when the address is not https', async () => {
    let sent = 0
    const fetch: Fetch = async () => {
      sent += 1
      return new Response('')
    }
    for (const url of ['http://reset.example.com/x', 'file:///etc/passwd', '']) {
      const refused = { ok: false, error: 'backend_untrusted' }
      expect(await createTransport(fetch)({ ...request, url })).toEqual(refused)
    }
    expect(sent).toBe(0)
  })

  test.each([
    ['net::ERR_CERT_AUTHORITY_INVALID', 'backend_untrusted'],
    ['net::ERR_CERT_COMMON_NAME_INVALID', 'backend_untrusted'],
    ['net::ERR_CERT_DATE_INVALID', 'backend_untrusted'],
    ['net::ERR_SSL_PROTOCOL_ERROR', 'backend_untrusted'],
    ['net::ERR_CONNECTION_REFUSED', 'backend_unreachable'],
    ['net::ERR_NAME_NOT_RESOLVED', 'backend_unreachable'],
    ['net::ERR_PROXY_CONNECTION_FAILED', 'backend_unreachable'],
    ['The operation was aborted due to timeout', 'backend_unreachable'],
    ['Redirect was cancelled', 'backend_unexpected'],
  ])('on %s', async (message, code) => {
    expect(await failing(message)(request)).toEqual({ ok: false, error: code })
  })

  test('when it never stops talking', async () => {
    let sent = 0
    const endless = new ReadableStream({
      pull(controller) {
        sent += 1
        controller.enqueue(new Uint8Array(65_536))
      },
    })
    const answered = await answering(() => new Response(endless))(request)
    expect(answered).toEqual({ ok: false, error: 'backend_unexpected' })
    expect(sent).toBeLessThan(10)
  })

  test('when it breaks off in the middle', async () => {
    const broken = new ReadableStream({
      start(controller) {
        controller.enqueue(new TextEncoder().encode('{"half'))
        controller.error(new Error('net::ERR_CONNECTION_RESET'))
      },
    })
    const answered = await answering(() => new Response(broken))(request)
    expect(answered).toEqual({ ok: false, error: 'backend_unreachable' })
  })
})

test('redirects are not followed, and nothing of ours is added', async () => {
  let seen: RequestInit | undefined
  const transport = createTransport(async (_, init) => {
    seen = init
    return new Response('')
  })
  await transport(request)
  expect(seen).toMatchObject({ redirect: 'error', credentials: 'omit', cache: 'no-store' })
  expect(seen?.headers).toEqual({ a: 'b' })
  expect(seen?.signal).toBeInstanceOf(AbortSignal)
})

test('an answer comes back whole, with what the callers look at', async () => {
  const date = 'Mon, 23 Nov 2026 09:00:00 GMT'
  const headers = { date, 'content-type': 'application/json' }
  const transport = answering(() => new Response('{"grüße":1}', { status: 201, headers }))
  expect(await transport(request)).toEqual({
    ok: true,
    value: { status: 201, contentType: 'application/json', date, body: '{"grüße":1}' },
  })
})
