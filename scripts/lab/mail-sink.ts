import { createServer, type Server } from 'node:http'
import type { AddressInfo, Server as NetServer } from 'node:net'
import { simpleParser } from 'mailparser'
import {
  SMTPServer,
  type SMTPServerDataStream,
  type SMTPServerOptions,
  type SMTPServerSession,
} from 'smtp-server'
import { inboxHandler } from './mail-inbox.ts'

export interface ReceivedMail {
  /** 1 for the first message since the start. */
  number: number
  /** Milliseconds since the epoch. */
  receivedAt: number
  /** The envelope, which is what counts. */
  from: string
  to: string[]
  subject: string
  text: string
  html: string
  /** The message as it came over the wire. */
  raw: string
  /** Whether it came over TLS. */
  secure: boolean
  /** The account that signed in for it. */
  user?: string
}

/** How the server behaves towards its next messages; for tests of faults. */
export type MailBehaviour =
  | { kind: 'accept' }
  /** Refuses every recipient: 4xx means "try later", 5xx "never". */
  | { kind: 'refuse'; code: number; text?: string }
  /** Accepts, but takes its time. */
  | { kind: 'slow'; delayMs: number }
  /** Closes the connection in the middle of the message. */
  | { kind: 'hang-up' }

export interface MailSink {
  host: string
  port: number
  /** A web page and a small HTTP interface (`mailClient`) with what arrived. */
  inboxUrl: string
  messages(): ReceivedMail[]
  clear(): void
  /** The first message that fits, now or within `timeoutMs`. @throws when none comes */
  waitFor(predicate: (mail: ReceivedMail) => boolean, timeoutMs: number): Promise<ReceivedMail>
  behave(behaviour: MailBehaviour): void
  /** Called for each message that arrives. */
  onMail(listener: (mail: ReceivedMail) => void): void
  stop(): Promise<void>
}

export interface MailSinkOptions {
  /** Offers STARTTLS with it, and then takes messages only over TLS. */
  certificate?: { keyPem: string; certPem: string }
  /** Asks for this account. */
  login?: { user: string; password: string }
  host?: string
  /** Default: a free one. */
  port?: number
  inboxPort?: number
}

/** Starts a real SMTP server that keeps what it is given and delivers nothing. */
export async function startMailSink(options: MailSinkOptions = {}): Promise<MailSink> {
  const host = options.host ?? '127.0.0.1'
  const mails: ReceivedMail[] = []
  const listeners = new Set<(mail: ReceivedMail) => void>()
  let behaviour: MailBehaviour = { kind: 'accept' }
  let count = 0

  const server = new SMTPServer({
    ...smtpOptions(options),
    banner: 'Latchkey test mail',
    disableReverseLookup: true,
    onMailFrom(_address, session, done) {
      if (options.certificate && !session.secure) done(smtpError(530, 'STARTTLS first'))
      else done()
    },
    onRcptTo(_address, _session, done) {
      if (behaviour.kind === 'refuse') done(smtpError(behaviour.code, behaviour.text))
      else if (behaviour.kind === 'slow') setTimeout(done, behaviour.delayMs)
      else done()
    },
    onData(stream, session, done) {
      if (behaviour.kind === 'hang-up') return hangUp(server, session)
      count += 1
      receive(count, stream, session).then((mail) => {
        mails.push(mail)
        for (const listener of listeners) listener(mail)
        done()
      }, done)
    },
  })
  // A client that goes away, or that does not like our certificate, is not our fault.
  server.on('error', () => {})
  const port = await listen(server.server, options.port ?? 0, host)
  const clear = () => {
    mails.length = 0
  }
  const inbox = createServer(inboxHandler(() => mails, clear))
  const inboxPort = await listen(inbox, options.inboxPort ?? 0, host)

  return {
    host,
    port,
    inboxUrl: `http://${host}:${inboxPort}/`,
    messages: () => [...mails],
    clear,
    waitFor: (predicate, timeoutMs) =>
      new Promise((settle, refuse) => {
        const present = mails.find(predicate)
        if (present) return settle(present)
        const listener = (mail: ReceivedMail) => {
          if (!predicate(mail)) return
          clearTimeout(timer)
          listeners.delete(listener)
          settle(mail)
        }
        const timer = setTimeout(() => {
          listeners.delete(listener)
          refuse(new Error(`No such mail came in ${timeoutMs} ms; ${mails.length} others did.`))
        }, timeoutMs)
        listeners.add(listener)
      }),
    behave(next) {
      behaviour = next
    },
    onMail: (listener) => listeners.add(listener),
    async stop() {
      inbox.closeAllConnections()
      for (const connection of server.connections) connection.close()
      await Promise.all([
        new Promise<void>((settle) => server.close(settle)),
        new Promise((settle) => inbox.close(settle)),
      ])
    },
  }
}

function smtpOptions({ certificate, login }: MailSinkOptions): SMTPServerOptions {
  const tls = certificate ? { key: certificate.keyPem, cert: certificate.certPem } : {}
  const disabled = [...(certificate ? [] : ['STARTTLS']), ...(login ? [] : ['AUTH'])]
  const common = { ...tls, disabledCommands: disabled }
  if (!login) return { ...common, authOptional: true }
  return {
    ...common,
    allowInsecureAuth: true,
    authMethods: ['PLAIN', 'LOGIN'],
    onAuth({ username, password }, _session, done) {
      if (username === login.user && password === login.password) done(null, { user: username })
      else done(smtpError(535, 'Wrong user name or password'))
    },
  }
}

function hangUp(server: SMTPServer, session: SMTPServerSession): void {
  for (const connection of server.connections) {
    if (connection.session === session) connection._socket.destroy()
  }
}

function listen(server: Server | NetServer, port: number, host: string): Promise<number> {
  return new Promise((settle, refuse) => {
    server.once('error', refuse)
    server.listen(port, host, () => {
      server.off('error', refuse)
      settle((server.address() as AddressInfo).port)
    })
  })
}

async function receive(
  number: number,
  stream: SMTPServerDataStream,
  session: SMTPServerSession,
): Promise<ReceivedMail> {
  const chunks: Buffer[] = []
  for await (const chunk of stream) chunks.push(chunk as Buffer)
  const raw = Buffer.concat(chunks)
  const parsed = await simpleParser(raw)
  const { mailFrom, rcptTo } = session.envelope
  return {
    number,
    receivedAt: Date.now(),
    from: mailFrom ? mailFrom.address : '',
    to: rcptTo.map(({ address }) => address),
    subject: parsed.subject ?? '',
    text: parsed.text ?? '',
    html: parsed.html || '',
    raw: raw.toString('utf8'),
    secure: session.secure,
    ...(session.user === undefined ? {} : { user: String(session.user) }),
  }
}

function smtpError(code: number, text = 'Refused by the test'): Error {
  return Object.assign(new Error(text), { responseCode: code })
}
