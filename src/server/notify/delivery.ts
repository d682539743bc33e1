import type { Envelope } from '../../sealing/envelope.ts'
import type { Log } from '../domain/ports/log.ts'
import type { OutboxRecord } from '../domain/ports/outbox-store.ts'
import type { Store } from '../domain/ports/store.ts'
import { openLetter } from './letter.ts'
import { explainMailError } from './mail-faults.ts'
import type { MailTransport } from './smtp.ts'

const atOnce = 20
/** Longer than every timeout of the mail server together: nobody else takes a letter meanwhile. */
const hideForMs = 60_000
const firstPauseMs = 2_000
const longestPauseMs = 60 * 60_000

export type DeliveryParts = {
  readonly store: Store
  readonly envelope: Envelope
  readonly transport: MailTransport
  readonly log: Log
  readonly now: () => number
}

/**
 * Sends what is due, each letter at least once: it leaves the outbox only after the mail server has
 * taken it.
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
  const { store, log, now } = parts
  const outcome = await tryToSend(parts, mail)
  const isOver = outcome !== 'sent' && now() >= mail.expiresAt
  if (isOver && mail.sealed !== null) {
    log.error({ event: 'mail_expired', count: mail.tries }, 'a mail could not be sent in time')
  }
  await store.transaction(async (tx) => {
    if (outcome === 'sent' || isOver) await tx.outbox.remove(mail.id)
    else await tx.outbox.retry(mail.id, now() + pauseAfter(mail.tries))
  })
}

async function tryToSend(
  { envelope, transport, log, now }: DeliveryParts,
  mail: OutboxRecord,
): Promise<'sent' | 'failed'> {
  if (mail.sealed === null) return 'sent'
  if (now() >= mail.expiresAt) return 'failed'
  const letter = openLetter(envelope, mail.id, mail.sealed)
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

function pauseAfter(tries: number): number {
  return Math.min(firstPauseMs * 2 ** Math.min(tries, 12), longestPauseMs)
}
