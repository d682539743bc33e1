import { z } from 'zod'
import { Identifier, Timestamp } from './fields.ts'

/** The number that one screen shows and the other asks for. */
export const PushNumber = z.string().regex(/^\d{2}$/, 'two digits')

/** What somebody wants who is asked about on a phone: to reset, to unlock, or to change methods. */
export const PhonePurpose = z.enum(['reset', 'unlock', 'methods'])
export type PhonePurpose = z.infer<typeof PhonePurpose>

/**
 * What has become of the number that a recovery or a page shows. `waiting` also when it was shown to
 * somebody whom no phone belongs to.
 */
export const PhoneState = z.enum(['waiting', 'approved', 'wrong', 'denied', 'expired'])
export type PhoneState = z.infer<typeof PhoneState>

/** `POST /me/methods/push`: the link is shown once, as a picture too. The secret is in its fragment. */
export const PhoneEnrolment = z.strictObject({
  methodId: Identifier,
  link: z.string(),
  expiresAt: Timestamp,
})
export type PhoneEnrolment = z.infer<typeof PhoneEnrolment>

/** `POST /me/methods/{id}/phone`: the number that the phone shows. */
export const PhoneNumberRequest = z.strictObject({ number: PushNumber })

/** `POST /phone/pair`. The key that the phone will sign with has signed this request's proof. */
export const PairRequest = z.strictObject({
  secret: z.string().regex(/^[\w-]{43}$/),
  name: z.string().trim().min(1).max(64),
})
export type PairRequest = z.infer<typeof PairRequest>

/** What a phone is asked. There is no number in it: the phone asks for that. */
export const PhoneRequest = z.strictObject({
  requestId: Identifier,
  purpose: PhonePurpose,
  /** sAMAccountName of the account that it is about. */
  account: z.string(),
  /** Masked network address that the request came from. */
  place: z.string(),
  askedAt: Timestamp,
  expiresAt: Timestamp,
})
export type PhoneRequest = z.infer<typeof PhoneRequest>

/** `GET /phone`, and each event of `GET /phone/events`. */
export const PhoneStatus = z.strictObject({
  organisation: z.string(),
  helpdesk: z.string(),
  label: z.string(),
  /** Null once the portal has taken the number that both sides compare when they are paired. */
  pairingNumber: PushNumber.nullable(),
  /** Key of this organisation for the browser's push service (RFC 8292 §3.2). */
  pushKey: z.string(),
  request: PhoneRequest.nullable(),
})
export type PhoneStatus = z.infer<typeof PhoneStatus>

export const PhoneRequestParameters = z.strictObject({ requestId: Identifier })

/** `POST /phone/requests/{id}`. Approving takes the number: there is no approving without it. */
export const PhoneAnswer = z.discriminatedUnion('decision', [
  z.strictObject({ decision: z.literal('approve'), number: PushNumber }),
  z.strictObject({ decision: z.literal('deny') }),
])
export type PhoneAnswer = z.infer<typeof PhoneAnswer>

export const PhoneAnswerResponse = z.strictObject({
  outcome: z.enum(['approved', 'wrong', 'denied']),
})
export type PhoneAnswerResponse = z.infer<typeof PhoneAnswerResponse>

/** `PUT /phone/subscription`: what the browser's `PushSubscription.toJSON()` says; null to end it. */
export const PhoneSubscription = z.strictObject({
  subscription: z
    .strictObject({
      endpoint: z.url({ protocol: /^https$/ }).max(1024),
      /** RFC 8291 §3.1: an uncompressed P-256 point, and sixteen bytes. */
      keys: z.strictObject({
        p256dh: z.string().regex(/^[\w-]{87}$/),
        auth: z.string().regex(/^[\w-]{22}$/),
      }),
    })
    .nullable(),
})
export type PhoneSubscription = z.infer<typeof PhoneSubscription>

/** What travels through a push service, encrypted (RFC 8291): that there is something to look at. */
export type PushMessage = { readonly expiresAt: string }

/** `POST /session/step-up/phone`: what has become of the number that the page shows. */
export const PhoneStepUpResponse = z.strictObject({ state: PhoneState })
export type PhoneStepUpResponse = z.infer<typeof PhoneStepUpResponse>
