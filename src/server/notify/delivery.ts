import type { Envelope } from '../../sealing/envelope.ts'
import type { Log } from '../domain/ports/log.ts'
import type { OutboxRecord } from '../domain/ports/outbox-store.ts'
import type { Store } from '../domain/ports/store.ts'
import { type Letter, openLetter } from './letter.ts'
import { explainMailError } from './mail-faults.ts'
import { pauseAfter } from './pause-after.ts'
import { deliverSms, type SmsDelivery } from './sms/deliver.ts'
import type { MailTransport } from './smtp.ts'

const atOnce = 20
/** Longer than every timeout of a mail server or provider together: nobody else takes it meanwhile. */
const hideForMs = 60_000

export type DeliveryParts = {
  readonly store: Store
  readonly envelope: Envelope
  readonly transport: MailTransport
  readonly sms: SmsDelivery
  readonly log: Log
  readonly now: () => number
}

/**
 * Sends what is due, each letter at least once: it leaves the outbox only after the mail server, or the
 * provider of text messages, has taken it. Text messages may still be under way when this is done.
 *
 * @returns how many letters were due, decoys included
 */
export async function deliverDue(parts: DeliveryParts): Promise<number> {
  const { store, now } = parts
  const due = await store.transaction((tx) => tx.outbox.takeDue(now(), now() + hideForMs, atOnce))
  await Promise.all(due.map((mail) => deliver(parts, mail)))
  return due.length
}

async function deliver(parts: DeliveryParts, mail: OutboxRecord): Promise<void> {
  const { envelope, sms } = parts
  const letter = mail.sealed === null ? null : openLetter(envelope, mail.id, mail.sealed)
  if (letter?.channel === 'sms') {
    if (!sms.lane.begin(() => deliverSms(parts, mail, letter))) await putBack(parts, mail)
  } else await deliverMail(parts, mail, letter)
}

async function deliverMail(
  parts: DeliveryParts,
  mail: OutboxRecord,
  letter: Letter | null,
): Promise<void> {
  const { store, log, now } = parts
  const outcome = mail.sealed === null ? 'sent' : await tryToSend(parts, mail, letter)
  const isOver = outcome !== 'sent' && now() >= mail.expiresAt
  if (isOver && mail.sealed !== null) {
    log.error({ event: 'mail_expired', count: mail.tries }, 'a mail could not be sent in time')
  }
  if (outcome !== 'sent' && !isOver) return putBack(parts, mail)
  await store.transaction((tx) => tx.outbox.remove(mail.id))
}

async function putBack({ store, now }: DeliveryParts, { id, tries }: OutboxRecord): Promise<void> {
  await store.transaction((tx) => tx.outbox.retry(id, now() + pauseAfter(tries)))
}

async function tryToSend(
  { transport, log, now }: DeliveryParts,
  mail: OutboxRecord,
  letter: Letter | null,
): Promise<'sent' | 'failed'> {
  if (now() >= mail.expiresAt) return 'failed'
  if (letter === null) {
    log.error({ event: 'mail_unreadable' }, 'a mail cannot be opened: is a master key missing?')
    return 'failed'
  }
  try {
    await transport.send(mail.id, letter)
    return 'sent'
  } catch (error) {
    // Servers quote addresses in their answers, so only our own words are logged.
    const { reason, fix } = explainMailError(error)
    const detail = `The mail server ${reason}. ${fix}`
    const fields = { event: 'mail_failed', detail, count: mail.tries + 1 }
    log.warn(fields, 'the mail server did not take a mail; it is tried again')
    return 'failed'
  }
}
