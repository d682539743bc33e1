import { afterAll, beforeAll, expect, test } from 'vitest'
import { type MailSink, startMailSink } from '../../../../scripts/lab/mail-sink.ts'
import { type SmsProvider, startSmsProvider } from '../../../../scripts/lab/sms-provider.ts'
import { createEnvelope } from '../../../../src/sealing/envelope.ts'
import type { CodeContent } from '../../../../src/server/domain/mail-content.ts'
import { deliverDue } from '../../../../src/server/notify/delivery.ts'
import { createOutbox } from '../../../../src/server/notify/outbox.ts'
import { createLane } from '../../../../src/server/notify/sms/lane.ts'
import { createTwilioTransport } from '../../../../src/server/notify/sms/twilio.ts'
import { createMailTransport } from '../../../../src/server/notify/smtp.ts'
import { openLab, type TestLab } from '../../../helpers/lab.ts'
import { type Frozen, freeze } from '../../session/frozen.ts'

// From the outbox to the provider: whatever holds a code goes there.

const to = '+491701234567'
const envelope = createEnvelope({ currentKeyId: 'one', keys: { one: Buffer.alloc(32, 7) } })

let lab: TestLab
let provider: SmsProvider
let sink: MailSink
let frozen: Frozen

beforeAll(async () => {
  lab = await openLab()
  provider = await startSmsProvider({ certificate: lab.serverCertificate })
  sink = await startMailSink({ certificate: lab.serverCertificate })
  frozen = await freeze()
})

afterAll(async () => {
  await frozen?.stop()
  await sink?.stop()
  await provider?.stop()
})

const codes: Record<CodeContent['template'], string> = {
  recovery_code: '123456',
  confirm_address_code: '234567',
  step_up_code: '345678',
  temporary_pass: 'ABCD-EFGH-JKMN',
}

test.each(Object.entries(codes) as [CodeContent['template'], string][])(
  '%s reaches the telephone',
  async (template, code) => {
    const { deps, now } = frozen
    const outbox = createOutbox(envelope, deps.secrets, () => {})
    const content = { template, code, validMinutes: 10 }
    const expiresAt = now() + 600_000
    await deps.store.transaction((tx) =>
      outbox.put(tx, { to: [to], channel: 'sms', content, now: now(), expiresAt }),
    )
    const lane = createLane(1)
    const transport = createTwilioTransport({
      ...{ adapter: 'twilio', url: provider.url, accountSid: provider.accountSid, keySid: null },
      ...{ secret: provider.secret, sender: { from: '+4915100000000' }, caPem: lab.caPem },
    })
    const sender = { language: 'en', organisation: 'Example', host: 'reset.example.com' } as const
    await deliverDue({
      ...{ store: deps.store, envelope, log: deps.log, now },
      transport: mail(),
      sms: { transport, sender, lane },
    })
    await lane.settled()
    expect(provider.messages().at(-1)).toMatchObject({ to, text: expect.stringContaining(code) })
    expect(await deps.store.transaction((tx) => tx.outbox.count())).toBe(0)
  },
)

function mail() {
  return createMailTransport(
    {
      ...{ host: 'localhost', port: sink.port, security: 'starttls', user: null },
      ...{ password: null, from: 'Latchkey <latchkey@example.com>', caPem: lab.caPem },
    },
    { language: 'en', organisation: 'Example', helpdesk: '' },
  )
}
