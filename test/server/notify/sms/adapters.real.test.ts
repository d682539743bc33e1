import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { createCertificateAuthority } from '../../../../scripts/lab/certificates.ts'
import { type MailSink, startMailSink } from '../../../../scripts/lab/mail-sink.ts'
import { type SmsProvider, startSmsProvider } from '../../../../scripts/lab/sms-provider.ts'
import { createMailGateway } from '../../../../src/server/notify/sms/mail-gateway.ts'
import type { SmsTransport } from '../../../../src/server/notify/sms/transport.ts'
import {
  createTwilioTransport,
  type TwilioOptions,
} from '../../../../src/server/notify/sms/twilio.ts'
import { createWebhookTransport } from '../../../../src/server/notify/sms/webhook.ts'
import { createMailTransport } from '../../../../src/server/notify/smtp.ts'
import { openLab, type TestLab, uniqueName } from '../../../helpers/lab.ts'

// Each adapter against a receiver that takes nothing but the documented request.

const message = {
  id: 'message-1',
  to: '+491701234567',
  text: '123456 is your code.\n@example #123456',
}
const patienceMs = 400

let lab: TestLab
let provider: SmsProvider
let elsewhere: SmsProvider

beforeAll(async () => {
  lab = await openLab()
  provider = await startSmsProvider({ certificate: lab.serverCertificate })
  elsewhere = await startSmsProvider({ certificate: lab.serverCertificate })
})

afterEach(() => provider.behave({ kind: 'accept' }))

afterAll(async () => {
  await provider?.stop()
  await elsewhere?.stop()
})

const twilio = (options: Partial<TwilioOptions> = {}) =>
  createTwilioTransport({
    ...{ adapter: 'twilio', url: provider.url, accountSid: provider.accountSid, keySid: null },
    ...{
      secret: provider.secret,
      sender: { from: '+4915100000000' },
      caPem: lab.caPem,
      patienceMs,
    },
    ...options,
  })
const webhook = (
  options: { secret?: string; url?: string; caPem?: string; now?: () => number } = {},
) =>
  createWebhookTransport({
    ...{ adapter: 'webhook', url: `${provider.url}/hook`, secret: provider.secret },
    ...{ caPem: lab.caPem, now: Date.now, patienceMs },
    ...options,
  })

const outcomeOf = async (transport: SmsTransport, sent = message) => {
  const { length } = provider.messages()
  const answer = await transport.send(sent)
  return {
    code: answer.ok ? null : answer.error.code,
    isFinal: !answer.ok && answer.error.isFinal,
    arrived: provider.messages().length - length,
  }
}

describe.each([
  ['twilio', twilio],
  ['webhook', webhook],
] as const)('%s', (_, create) => {
  test('is not sent to whoever shows a certificate of somebody else', async () => {
    const other = await createCertificateAuthority(`${lab.folder}/${uniqueName('authority')}`)
    const requests = provider.requests()
    const outcome = await outcomeOf(create({ caPem: other.caPem }))
    expect(outcome).toEqual({ code: 'certificate', isFinal: false, arrived: 0 })
    expect(provider.requests()).toBe(requests)
  })

  test('is refused with another secret, and says which setting to look at', async () => {
    const transport = create({ secret: 'another-secret-of-the-same-length-or-so' })
    const sent = await transport.send(message)
    const checked = await transport.check()
    for (const answer of [sent, checked]) {
      expect(answer).toMatchObject({ ok: false, error: { isFinal: false } })
      expect(!answer.ok && answer.error.fix).toContain('sms.secretFile')
    }
  })

  test('follows no redirection: a code goes where the configuration says, or nowhere', async () => {
    for (const status of [301, 302, 307, 308]) {
      const headers = { location: `${elsewhere.url}/hook` }
      provider.behave({ kind: 'answer', status, body: '', headers })
      expect(await outcomeOf(create())).toMatchObject({ code: `http_${status}`, arrived: 0 })
    }
    expect(elsewhere.requests()).toBe(0)
  })

  test.each([
    [{ kind: 'slow', delayMs: 5_000 }, 'too_slow'],
    [{ kind: 'drip', everyMs: 50 }, 'too_slow'],
    [{ kind: 'hang-up' }, 'ECONNRESET'],
  ] as const)('gives up on %o', async (behaviour, code) => {
    provider.behave(behaviour)
    const startedAt = performance.now()
    expect(await outcomeOf(create())).toEqual({ code, isFinal: false, arrived: 0 })
    expect(performance.now() - startedAt).toBeLessThan(2_500)
  })

  test.each([
    [429, '{"code":20429}', '20429', false],
    [500, '', 'http_500', false],
    [503, '<html>Sorry</html>', 'http_503', false],
    [400, '{"code":21614,"message":"+491701234567 is not mobile"}', '21614', true],
    [422, '{"code":"+491701234567"}', 'http_422', true],
    [400, '["+491701234567"]', 'http_400', true],
  ])('%i with %s is told as %s', async (status, body, code, isFinal) => {
    provider.behave({ kind: 'answer', status, body })
    const answer = await create().send(message)
    expect(answer).toMatchObject({ ok: false, error: { code, isFinal } })
    expect(JSON.stringify(answer)).not.toContain('1701234567')
  })

  test('reads no more than it needs of an endless answer', async () => {
    provider.behave({ kind: 'answer', status: 200, body: 'x'.repeat(200_000) })
    expect(await outcomeOf(create())).toMatchObject({ isFinal: false, code: expect.any(String) })
  })

  test('says that nobody is there', async () => {
    const gone = await startSmsProvider({ certificate: lab.serverCertificate })
    await gone.stop()
    expect(await outcomeOf(create({ url: gone.url }))).toMatchObject({ code: 'ECONNREFUSED' })
  })

  test('arrives as it was written, umlauts, plus signs and lines included', async () => {
    const text = 'Grüße + 100 % & mehr = ok\n@reset.example.com #123456'
    const sent = { ...message, id: uniqueName('id'), text }
    expect(await outcomeOf(create(), sent)).toEqual({ code: null, isFinal: false, arrived: 1 })
    expect(provider.messages().at(-1)).toMatchObject({ to: message.to, text })
    expect(await create().check()).toEqual({ ok: true, value: undefined })
  })
})

describe('twilio', () => {
  test('a page that says 200 is no message that was taken', async () => {
    for (const body of ['<html>Welcome</html>', '{}', '[]', '{"sid":7}']) {
      provider.behave({ kind: 'answer', status: 200, body })
      expect(await outcomeOf(twilio()), body).toMatchObject({ code: 'strange_answer' })
    }
  })

  test('a message that was taken and failed at once is a failure', async () => {
    const body = JSON.stringify({ sid: 'SM1', status: 'undelivered', error_code: 30006 })
    provider.behave({ kind: 'answer', status: 201, body })
    expect(await outcomeOf(twilio())).toMatchObject({ code: '30006', isFinal: true })
  })

  test('an account that was suspended is found before the first employee finds it', async () => {
    const body = JSON.stringify({ sid: provider.accountSid, status: 'suspended' })
    provider.behave({ kind: 'answer', status: 200, body })
    expect(await twilio().check()).toMatchObject({ error: { code: 'account_not_active' } })
  })

  test('names the number, or the messaging service, that it comes from', async () => {
    await twilio().send(message)
    expect(provider.messages().at(-1)?.from).toBe('+4915100000000')
    await twilio({ sender: { messagingServiceSid: 'MG0123' } }).send(message)
    expect(provider.messages().at(-1)?.from).toBe('MG0123')
  })
})

describe('webhook', () => {
  test('a message that was signed long ago is not taken', async () => {
    const late = webhook({ now: () => Date.now() - 10 * 60_000 })
    expect(await outcomeOf(late)).toMatchObject({ code: 'bad_signature', arrived: 0 })
  })

  test('a message that is sent twice has the same id, and arrives once', async () => {
    const sent = { ...message, id: uniqueName('id') }
    expect(await outcomeOf(webhook(), sent)).toMatchObject({ arrived: 1 })
    expect(await outcomeOf(webhook(), sent)).toMatchObject({ code: null, arrived: 0 })
  })
})

describe('mail gateway', () => {
  let sink: MailSink
  const gateway = (address: string) =>
    createMailGateway(
      { adapter: 'mail', address },
      createMailTransport(
        {
          ...{ host: 'localhost', port: sink.port, security: 'starttls', user: null },
          ...{ password: null, from: 'Latchkey <latchkey@example.com>', caPem: lab.caPem },
        },
        { language: 'en', organisation: 'Example', helpdesk: '' },
      ),
    )

  beforeAll(async () => {
    sink = await startMailSink({ certificate: lab.serverCertificate })
  })

  afterEach(() => sink.behave({ kind: 'accept' }))
  afterAll(() => sink?.stop())

  test.each([
    [451, false],
    [550, true],
    [553, true],
  ])('a refusal with %i: for good is %s', async (code, isFinal) => {
    sink.behave({ kind: 'refuse', code, text: 'Mailbox +491701234567@sms.example.com is not here' })
    const answer = await gateway('{number}@sms.example.com').send(message)
    expect(answer).toMatchObject({ ok: false, error: { isFinal, code: `smtp_${code}` } })
    expect(JSON.stringify(answer)).not.toContain('1701234567')
  })

  test.each([
    ['{number}@sms.example.com', '+491701234567@sms.example.com'],
    ['{digits}@sms.example.com', '491701234567@sms.example.com'],
    ['sms.{digits}@example.com', 'sms.491701234567@example.com'],
  ])('%s receives the text and nothing else, encrypted', async (address, receiver) => {
    expect(await gateway(address).send({ ...message, id: uniqueName('id') })).toMatchObject({
      ok: true,
    })
    const mail = await sink.waitFor(({ to }) => to.includes(receiver), 2_000)
    expect(mail).toMatchObject({ to: [receiver], subject: '', html: '', secure: true })
    expect(mail.text.trim()).toBe(message.text)
  })
})
