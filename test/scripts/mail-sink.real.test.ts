import { createTransport } from 'nodemailer'
import { afterEach, describe, expect, it } from 'vitest'
import { mailClient } from '../../scripts/lab/mail-client.ts'
import { type MailSink, type MailSinkOptions, startMailSink } from '../../scripts/lab/mail-sink.ts'
import { openLab } from '../helpers/lab.ts'

const message = { from: 'it@example.com', to: 'anna@example.com', subject: 'Code', text: '123456' }
let sink: MailSink | undefined

afterEach(async () => {
  await sink?.stop()
  sink = undefined
})

async function start(options: MailSinkOptions = {}) {
  sink = await startMailSink(options)
  const { host, port } = sink
  return { sink, transport: { host, port, ignoreTLS: !options.certificate } }
}

describe('mail sink', () => {
  it('refuses as it is told, and accepts again', async () => {
    const { sink, transport } = await start()
    sink.behave({ kind: 'refuse', code: 451, text: 'Try later' })
    const sending = createTransport(transport).sendMail(message)
    await expect(sending).rejects.toMatchObject({ responseCode: 451 })
    sink.behave({ kind: 'accept' })
    await createTransport(transport).sendMail(message)
    expect(sink.messages()).toHaveLength(1)
  })

  it('hangs up in the middle of a message and keeps nothing of it', async () => {
    const { sink, transport } = await start()
    sink.behave({ kind: 'hang-up' })
    await expect(createTransport(transport).sendMail(message)).rejects.toThrow()
    expect(sink.messages()).toEqual([])
  })

  it('is slow enough for a client to lose patience', async () => {
    const { sink, transport } = await start()
    sink.behave({ kind: 'slow', delayMs: 2_000 })
    const hasty = createTransport({ ...transport, socketTimeout: 300 })
    await expect(hasty.sendMail(message)).rejects.toThrow(/timeout/i)
  })

  it('refuses a wrong login', async () => {
    const login = { user: 'latchkey', password: 'right' }
    const { transport } = await start({ login })
    const auth = { user: 'latchkey', pass: 'wrong' }
    const sending = createTransport({ ...transport, auth }).sendMail(message)
    await expect(sending).rejects.toMatchObject({ responseCode: 535 })
    await expect(createTransport(transport).sendMail(message)).rejects.toThrow()
  })

  it('knows who signed in, over TLS', async () => {
    const { caPem, serverCertificate } = await openLab()
    const login = { user: 'latchkey', password: 'right' }
    const { sink, transport } = await start({ login, certificate: serverCertificate })
    const auth = { user: 'latchkey', pass: 'right' }
    await createTransport({ ...transport, auth, tls: { ca: caPem } }).sendMail(message)
    expect(sink.messages()).toMatchObject([{ secure: true, user: 'latchkey' }])
  })

  it('waits for the mail that is meant, and says when it does not come', async () => {
    const { sink, transport } = await start()
    await expect(sink.waitFor(() => true, 100)).rejects.toThrow('No such mail')
    const waiting = sink.waitFor(({ subject }) => subject === 'Code', 5_000)
    await createTransport(transport).sendMail({ ...message, subject: 'Other' })
    await createTransport(transport).sendMail(message)
    expect((await waiting).number).toBe(2)
  })

  it('shows its inbox to people without running what a mail says', async () => {
    const { sink, transport } = await start()
    await createTransport(transport).sendMail({ ...message, subject: '<script>alert(1)</script>' })
    const page = await (await fetch(sink.inboxUrl)).text()
    expect(page).toContain('123456')
    expect(page).not.toContain('<script')
    const client = mailClient(sink.inboxUrl)
    expect((await client.messages())[0]?.to).toEqual(['anna@example.com'])
    await client.clear()
    expect(await client.messages()).toEqual([])
  })
})
