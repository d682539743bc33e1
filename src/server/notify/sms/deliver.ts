import { afterFailedSms, limitKeys } from '../../domain/limits.ts'
import type { CodeContent, MailContent } from '../../domain/mail-content.ts'
import type { Log } from '../../domain/ports/log.ts'
import type { OutboxRecord } from '../../domain/ports/outbox-store.ts'
import type { Store } from '../../domain/ports/store.ts'
import type { Letter } from '../letter.ts'
import { pauseAfter } from '../pause-after.ts'
import type { Lane } from './lane.ts'
import { type SmsSender, smsText } from './text.ts'
import type { SmsFault, SmsTransport } from './transport.ts'

export type SmsDelivery = {
  /** Null: the configuration names no way to send text messages. */
  readonly transport: SmsTransport | null
  readonly sender: SmsSender
  readonly lane: Lane
}

type Parts = {
  readonly store: Store
  readonly sms: SmsDelivery
  readonly log: Log
  readonly now: () => number
}

/**
 * Hands one text message over. What the provider does not take is tried again while its code is valid;
 * what it will never take, or not in time, is recorded. Whoever asked for it is told nothing: the
 * answer would say that there is somebody to send to (P6).
 */
export async function deliverSms(
  parts: Parts,
  record: OutboxRecord,
  letter: Letter,
): Promise<void> {
  const { store, log, now } = parts
  try {
    const fault = await tryToSend(parts, record, letter)
    if (fault === null) return await store.transaction((tx) => tx.outbox.remove(record.id))
    const nextTryAt = now() + pauseAfter(record.tries)
    if (fault.isFinal || nextTryAt >= record.expiresAt) await giveUp(parts, record, fault)
    else await store.transaction((tx) => tx.outbox.retry(record.id, nextTryAt))
  } catch {
    // The store is away, which its own callers report; the message comes up again after a while.
    log.warn({ event: 'sms_not_recorded' }, 'what became of a text message could not be recorded')
  }
}

async function tryToSend(
  { sms, log, now }: Parts,
  { id, tries, expiresAt }: OutboxRecord,
  { to, content }: Letter,
): Promise<SmsFault | null> {
  if (now() >= expiresAt) return tooLate
  if (sms.transport === null || !isCode(content)) return notConfigured
  const sent = await sms.transport.send({ id, to, text: smsText(content, sms.sender) })
  if (sent.ok) return null
  const { code, reason, fix } = sent.error
  const detail = `The provider of text messages ${reason}. ${fix}`
  const fields = { event: 'sms_failed', code, detail, count: tries + 1 }
  log.warn(fields, 'a text message was not taken')
  return sent.error
}

async function giveUp(
  { store, sms, log, now }: Parts,
  { id, tries }: OutboxRecord,
  { code }: SmsFault,
): Promise<void> {
  const adapter = sms.transport?.adapter ?? 'none'
  await store.transaction(async (tx) => {
    await tx.limits.update(limitKeys.smsFailed(), now(), (current) =>
      afterFailedSms(current, code, now()),
    )
    await tx.outbox.remove(id)
    const fields = { adapter, reason: code, tries: tries + 1 }
    await tx.audit({ event: 'sms.failed', at: now(), fields })
  })
  log.error({ event: 'sms_given_up', code, count: tries + 1 }, 'a text message was given up')
}

const tooLate: SmsFault = {
  ...{ code: 'expired', reason: 'was not asked in time', fix: '' },
  isFinal: true,
}
const notConfigured: SmsFault = {
  ...{ code: 'not_configured', reason: 'is not configured', fix: '' },
  isFinal: true,
}

/** Every template that holds a code, so that none is forgotten here. */
const codeTemplates: Record<CodeContent['template'], true> = {
  recovery_code: true,
  confirm_address_code: true,
  step_up_code: true,
  temporary_pass: true,
}

function isCode(content: MailContent): content is CodeContent {
  return Object.hasOwn(codeTemplates, content.template)
}
