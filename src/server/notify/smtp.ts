import { createTransport, type SendMailOptions } from 'nodemailer'
import type { Letter } from './letter.ts'
import { renderMail } from './templates.ts'
import type { Sender } from './words.ts'

export type SmtpOptions = {
  readonly host: string
  readonly port: number
  readonly security: 'starttls' | 'tls' | 'none'
  readonly user: string | null
  readonly password: string | null
  readonly from: string
  readonly caPem: string | null
}

export type PlainMail = { readonly to: string; readonly subject: string; readonly text: string }

/** A way to the mail server. */
export type MailTransport = {
  /** @param id - stays the same when a letter is sent twice, so that mailboxes can tell */
  readonly send: (id: string, letter: Letter) => Promise<void>
  /** Sends what is written already. */
  readonly sendPlain: (id: string, mail: PlainMail) => Promise<void>
  /** Connects, secures and signs in, and sends nothing. @throws with the reason */
  readonly check: () => Promise<void>
  readonly close: () => void
}

const connections = 3

/** Sends by SMTP (RFC 5321), encrypted unless the server is on this machine. */
export function createMailTransport(options: SmtpOptions, sender: Sender): MailTransport {
  const { host, port, security, user, password, from, caPem } = options
  const transport = createTransport({
    ...{ host, port, pool: true, maxConnections: connections },
    secure: security === 'tls',
    // SECURITY: a server that does not offer STARTTLS gets no code (RFC 8314 §5.2: no stripping).
    requireTLS: security === 'starttls',
    ignoreTLS: security === 'none',
    tls: { minVersion: 'TLSv1.2', rejectUnauthorized: true, ...(caPem ? { ca: caPem } : {}) },
    ...(user === null ? {} : { auth: { user, pass: password ?? '' } }),
    ...{ connectionTimeout: 8_000, greetingTimeout: 8_000, socketTimeout: 15_000 },
    disableFileAccess: true,
    disableUrlAccess: true,
  })
  return {
    async send(id, { to, content }) {
      const { subject, text } = renderMail(content, sender)
      await transport.sendMail(message({ id, from, to, subject, text }))
    },
    async sendPlain(id, mail) {
      await transport.sendMail(message({ id, from, ...mail }))
    },
    async check() {
      await transport.verify()
    },
    close: () => transport.close(),
  }
}

function message(mail: {
  id: string
  from: string
  to: string
  subject: string
  text: string
}): SendMailOptions {
  const { id, from, to, subject, text } = mail
  const domain = /@([\w.-]+)/.exec(from)?.[1] ?? 'latchkey.invalid'
  return {
    from,
    // As an object, so that an address is never taken for a list of addresses.
    to: { name: '', address: to },
    subject,
    text,
    messageId: `<${id}@${domain}>`,
    // RFC 3834 §5: no holiday replies to this.
    headers: { 'Auto-Submitted': 'auto-generated' },
  }
}
