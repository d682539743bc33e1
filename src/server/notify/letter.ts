import { z } from 'zod'
import { MethodKind } from '../../contract/methods.ts'
import type { Envelope } from '../../sealing/envelope.ts'
import type { MailContent } from '../domain/mail-content.ts'
import type { Channel } from '../domain/ports/outbox.ts'

/** One mail to one address, or one text message to one number, as it rests in the outbox. */
export type Letter = {
  readonly to: string
  readonly content: MailContent
  /** Left out for mail. */
  readonly channel?: Channel | undefined
}

const at = z.number()
const code = z.strictObject({
  template: z.enum(['recovery_code', 'confirm_address_code', 'step_up_code', 'temporary_pass']),
  code: z.string(),
  validMinutes: z.number(),
})
const event = z.strictObject({
  template: z.enum(['password_reset', 'account_unlocked', 'start_again', 'replaced_by_other']),
  accountName: z.string(),
  at,
})
const denial = z.strictObject({ template: z.literal('push_denied'), accountName: z.string(), at })
const methodEvent = z.strictObject({
  template: z.enum(['method_added', 'method_removed', 'method_suspended']),
  accountName: z.string(),
  kind: MethodKind,
  at,
})
const lossEvent = z.strictObject({
  template: z.literal('methods_lost'),
  accountName: z.string(),
  kinds: z.array(MethodKind),
  at,
})
const codesLow = z.strictObject({
  template: z.literal('recovery_codes_low'),
  accountName: z.string(),
  left: z.number(),
  at,
})
const passEvent = z.strictObject({
  template: z.literal('pass_issued'),
  accountName: z.string(),
  until: at,
  at,
})
const StoredLetter: z.ZodType<Letter> = z.strictObject({
  to: z.string(),
  channel: z.enum(['mail', 'sms']).optional(),
  content: z.discriminatedUnion('template', [
    code,
    event,
    denial,
    methodEvent,
    lossEvent,
    codesLow,
    passEvent,
  ]),
})

/** SECURITY: addresses and codes do not lie open in the database. */
export function sealLetter(envelope: Envelope, id: string, letter: Letter): string {
  return envelope.seal(JSON.stringify(letter), contextOf(id))
}

/** Null when it cannot be opened: another master key, or a row that was tampered with. */
export function openLetter(envelope: Envelope, id: string, sealed: string): Letter | null {
  const opened = envelope.open(sealed, contextOf(id))
  if (!opened.ok) return null
  const parsed = StoredLetter.safeParse(JSON.parse(opened.value.toString('utf8')))
  return parsed.success ? parsed.data : null
}

function contextOf(id: string): string {
  return `outbox:${id}`
}
