import { createHmac, timingSafeEqual } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { createServer } from 'node:https'
import type { AddressInfo, Socket } from 'node:net'

export interface ReceivedSms {
  /** Milliseconds since the epoch. */
  receivedAt: number
  /** E.164. */
  to: string
  from: string
  text: string
  /** Only webhooks have one. */
  id: string | null
}

/** How the server behaves towards its next requests; for tests of faults. */
export type SmsBehaviour =
  | { kind: 'accept' }
  /** Answers this, whatever it was asked. */
  | { kind: 'answer'; status: number; body: string; headers?: Record<string, string> }
  /** Takes the request and says nothing for so long. */
  | { kind: 'slow'; delayMs: number }
  /** Answers one byte in so many milliseconds, for ever. */
  | { kind: 'drip'; everyMs: number }
  /** Closes the connection in the middle of the answer. */
  | { kind: 'hang-up' }

export interface SmsProvider {
  /** e.g. `https://localhost:41234`. The webhook is at `/hook`. */
  url: string
  accountSid: string
  /** Twilio's token, and the key of the webhook's signature. */
  secret: string
  messages(): ReceivedSms[]
  /** How many requests came, whatever became of them. */
  requests(): number
  /** The first message that fits, now or within `timeoutMs`. @throws when none comes */
  waitFor(predicate: (message: ReceivedSms) => boolean, timeoutMs: number): Promise<ReceivedSms>
  behave(behaviour: SmsBehaviour): void
  stop(): Promise<void>
}

type Answer = { status: number; body: object }

/** Twilio's own codes: https://www.twilio.com/docs/api/errors */
const twilioError = (status: number, code: number, message: string): Answer => ({
  status,
  body: { code, message, more_info: `https://www.twilio.com/docs/errors/${code}`, status },
})

const signatureIsGoodForSeconds = 300

/**
 * A provider of text messages on this machine that delivers nothing. It takes requests only as Twilio's
 * REST interface (Message resource, 2010-04-01) and the guide's chapter on the webhook describe them.
 */
export async function startSmsProvider(options: {
  certificate: { keyPem: string; certPem: string }
  secret?: string
}): Promise<SmsProvider> {
  const accountSid = `AC${'0123456789abcdef'.repeat(2)}`
  const secret = options.secret ?? 'a-secret-of-the-lab-that-is-long-enough'
  const messages: ReceivedSms[] = []
  const listeners = new Set<(message: ReceivedSms) => void>()
  const sockets = new Set<Socket>()
  let behaviour: SmsBehaviour = { kind: 'accept' }
  let requests = 0

  const keep = (message: Omit<ReceivedSms, 'receivedAt'>) => {
    const kept = { ...message, receivedAt: Date.now() }
    messages.push(kept)
    for (const listener of listeners) listener(kept)
  }
  const decide = (request: IncomingMessage, body: string): Answer =>
    request.url?.startsWith('/hook')
      ? answerHook(request, body, secret, messages, keep)
      : answerTwilio(request, body, { accountSid, secret }, keep)
  const { keyPem, certPem } = options.certificate
  const server = createServer({ key: keyPem, cert: certPem }, (request, response) => {
    requests += 1
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const body = Buffer.concat(chunks).toString('utf8')
      misbehave(behaviour, response, () => send(response, decide(request, body)))
    })
  })
  server.on('secureConnection', (socket) => {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
    socket.on('error', () => {})
  })
  await new Promise<void>((settle) => server.listen(0, '127.0.0.1', settle))
  const { port } = server.address() as AddressInfo
  return {
    ...{ url: `https://localhost:${port}`, accountSid, secret },
    messages: () => [...messages],
    requests: () => requests,
    waitFor: (predicate, timeoutMs) =>
      new Promise((settle, refuse) => {
        const present = messages.findLast(predicate)
        if (present) return settle(present)
        const listener = (message: ReceivedSms) => {
          if (!predicate(message)) return
          clearTimeout(timer)
          listeners.delete(listener)
          settle(message)
        }
        const timer = setTimeout(() => {
          listeners.delete(listener)
          const others = `${messages.length} others did`
          refuse(new Error(`No such text message came in ${timeoutMs} ms; ${others}.`))
        }, timeoutMs)
        listeners.add(listener)
      }),
    behave(next) {
      behaviour = next
    },
    async stop() {
      for (const socket of sockets) socket.destroy()
      await new Promise((settle) => server.close(settle))
    },
  }
}

function misbehave(behaviour: SmsBehaviour, response: ServerResponse, behave: () => void) {
  if (behaviour.kind === 'accept') behave()
  else if (behaviour.kind === 'answer') {
    response.writeHead(behaviour.status, behaviour.headers).end(behaviour.body)
  } else if (behaviour.kind === 'slow') {
    const timer = setTimeout(behave, behaviour.delayMs)
    response.on('close', () => clearTimeout(timer))
  } else if (behaviour.kind === 'drip') {
    response.writeHead(201)
    const timer = setInterval(() => response.write(' '), behaviour.everyMs)
    response.on('close', () => clearInterval(timer))
  } else {
    response.writeHead(201, { 'content-length': '100' })
    response.write('{"sid":')
    setTimeout(() => response.destroy(), 20)
  }
}

function send(response: ServerResponse, { status, body }: Answer): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
}

function answerTwilio(
  request: IncomingMessage,
  body: string,
  { accountSid, secret }: { accountSid: string; secret: string },
  keep: (message: Omit<ReceivedSms, 'receivedAt'>) => void,
): Answer {
  const expected = `Basic ${Buffer.from(`${accountSid}:${secret}`).toString('base64')}`
  if (request.headers.authorization !== expected) return twilioError(401, 20003, 'Authenticate')
  const account = `/2010-04-01/Accounts/${accountSid}`
  if (request.method === 'GET' && request.url === `${account}.json`) {
    return { status: 200, body: { sid: accountSid, status: 'active', friendly_name: 'Lab' } }
  }
  if (request.method !== 'POST' || request.url !== `${account}/Messages.json`) {
    return twilioError(404, 20404, 'The requested resource was not found')
  }
  if (request.headers['content-type'] !== 'application/x-www-form-urlencoded') {
    return twilioError(415, 20415, 'Unsupported media type')
  }
  const fields = new URLSearchParams(body)
  const unknown = [...fields.keys()].filter((name) => !twilioFields.has(name))
  if (unknown.length > 0) return twilioError(400, 20001, `Unknown parameter ${unknown.join()}`)
  const to = fields.get('To')
  const text = fields.get('Body')
  const from = fields.get('From') ?? fields.get('MessagingServiceSid')
  if (!to) return twilioError(400, 21604, 'A "To" phone number is required.')
  if (!/^\+[1-9]\d{6,14}$/.test(to)) return twilioError(400, 21211, `Invalid number: ${to}`)
  if (!from) return twilioError(400, 21603, 'A "From" phone number is required.')
  if (!text) return twilioError(400, 21602, 'Message body is required.')
  keep({ to, from, text, id: null })
  const sid = `SM${'0'.repeat(31)}1`
  const state = { status: 'queued', error_code: null, error_message: null, num_segments: '1' }
  return { status: 201, body: { sid, account_sid: accountSid, to, from, body: text, ...state } }
}

const twilioFields = new Set(['To', 'From', 'MessagingServiceSid', 'Body'])

function answerHook(
  request: IncomingMessage,
  body: string,
  secret: string,
  messages: readonly ReceivedSms[],
  keep: (message: Omit<ReceivedSms, 'receivedAt'>) => void,
): Answer {
  if (request.method !== 'POST') return { status: 405, body: { code: 'post_only' } }
  if (!isSigned(request, body, secret)) return { status: 401, body: { code: 'bad_signature' } }
  const message = JSON.parse(body) as { type: string; id: string; to: string; text: string }
  if (message.type === 'check') return { status: 204, body: {} }
  const names = Object.keys(message).sort().join()
  if (message.type !== 'message' || names !== 'id,text,to,type') {
    return { status: 422, body: { code: 'not_understood' } }
  }
  const { id, text, to } = message
  // Delivered at least once: the same message comes with the same id.
  if (!messages.some((known) => known.id === id)) keep({ id, to, text, from: '' })
  return { status: 202, body: {} }
}

function isSigned(request: IncomingMessage, body: string, secret: string): boolean {
  const timestamp = String(request.headers['latchkey-timestamp'])
  const age = Math.abs(Date.now() / 1000 - Number(timestamp))
  if (!(age < signatureIsGoodForSeconds)) return false
  const digest = createHmac('sha256', secret).update(`${timestamp}.${body}`).digest('hex')
  const given = Buffer.from(String(request.headers['latchkey-signature']))
  const expected = Buffer.from(`v1=${digest}`)
  return given.length === expected.length && timingSafeEqual(given, expected)
}
