import { z } from 'zod'
import { Identifier, Timestamp } from './fields.ts'
import { MethodKind, OneTimeCode, Proof, WrittenCode } from './methods.ts'
import { maxPasswordLength } from './password-rules.ts'
import { RegistrationOptions, RegistrationResponse } from './web-authn.ts'

/** `POST /session`: portal sign-in, checked by binding to the directory as the user. */
export const SignInRequest = z.strictObject({
  account: z.string().trim().min(1).max(256),
  // SECURITY: an empty password is an anonymous bind (RFC 4513 §5.1.2), so it never gets that far.
  password: z.string().min(1).max(maxPasswordLength),
})
export type SignInRequest = z.infer<typeof SignInRequest>

export const SessionStatus = z.strictObject({
  displayName: z.string(),
  accountName: z.string(),
  /** Ends then at the latest; also after 15 minutes without a request. */
  expiresAt: Timestamp,
  /** Whether changes to methods are open now: nothing is enrolled yet, or a method was proven here. */
  steppedUp: z.boolean(),
})
export type SessionStatus = z.infer<typeof SessionStatus>

/** `GET /session/settings`: what the pages show before anybody has signed in. */
export const PortalSettings = z.strictObject({
  organisation: z.string(),
  /** One line that says how to reach a person. Empty when not configured. */
  helpdesk: z.string(),
})
export type PortalSettings = z.infer<typeof PortalSettings>

export const MethodParameters = z.strictObject({ methodId: Identifier })

export const EnrolledMethod = z.strictObject({
  methodId: Identifier,
  kind: MethodKind,
  /** Masked address or the name of the authenticator. */
  label: z.string(),
  addedAt: Timestamp,
  lastUsedAt: Timestamp.nullable(),
  /** Failed too often in a row: it proves nothing until it is removed and set up again. */
  suspended: z.boolean(),
  /** Whether a passkey or security key was or may be copied to other devices. Only they have this. */
  backup: z.enum(['bound', 'syncable', 'synced']).optional(),
  /** Confirmed so long ago that the organisation asks whether it is still its owner's. */
  reconfirm: z.boolean(),
  /** How many recovery codes are left. Only they have this. */
  left: z.int().min(0).optional(),
  /** When it is over. Only temporary passes have this. */
  until: Timestamp.optional(),
})
export type EnrolledMethod = z.infer<typeof EnrolledMethod>

export const EnrolledMethods = z.strictObject({
  methods: z.array(EnrolledMethod),
  /** What the organisation lets people set up. */
  kinds: z.array(MethodKind),
  /** How many different methods a recovery asks for. */
  required: z.int().min(1),
  /** Nothing would be enough: the organisation has not switched recovery on for this person, or `keptOut`. */
  switchedOff: z.literal(true).optional(),
  /** How the account stands in the directory keeps it out, e.g. because it has special rights. */
  keptOut: z.literal(true).optional(),
  /** Absent: one of them has to be strong. */
  strength: z.literal('phishing-resistant').optional(),
  /** Absent: a passkey is one method like any other. */
  passkeyCountsAsTwo: z.literal(true).optional(),
  /** Within how many days people are asked to set up what a recovery needs. Absent: whenever they like. */
  enrolWithinDays: z.int().min(1).optional(),
  /** After how many days an address or number is asked about again. Absent: never. */
  reconfirmDays: z.int().min(1).optional(),
  /** Whether what is enrolled now would be enough to recover today. */
  recoverable: z.boolean(),
})
export type EnrolledMethods = z.infer<typeof EnrolledMethods>

/** `POST /me/methods/totp`: the seed is shown once; it counts only after a code has confirmed it. */
export const TotpEnrolment = z.strictObject({
  methodId: Identifier,
  /** Base32, for typing it into the app by hand. */
  secret: z.string(),
  /** `otpauth://…`, for the QR code. */
  uri: z.string(),
  expiresAt: Timestamp,
})
export type TotpEnrolment = z.infer<typeof TotpEnrolment>

export const TotpEnrolmentRequest = z.strictObject({ label: z.string().trim().min(1).max(64) })
/** `POST /me/methods/passkey`: begins with a passkey or a security key, under a name of the user's. */
export const AuthenticatorEnrolmentRequest = z.strictObject({
  kind: z.enum(['passkey', 'securityKey']),
  label: z.string().trim().min(1).max(64),
})

/** What the browser is to ask the authenticator for. */
export const AuthenticatorEnrolment = z.strictObject({
  methodId: Identifier,
  expiresAt: Timestamp,
  options: RegistrationOptions,
})
export type AuthenticatorEnrolment = z.infer<typeof AuthenticatorEnrolment>

/** `POST /me/methods/passkey/{methodId}/confirm`: what the authenticator has answered. */
export const ConfirmAuthenticatorRequest = z.strictObject({ response: RegistrationResponse })

/** `PATCH /me/methods/{methodId}`: another name for a device. */
export const RenameMethodRequest = z.strictObject({ label: z.string().trim().min(1).max(64) })

export const EmailEnrolmentRequest = z.strictObject({ address: z.email().max(254) })

/** `POST /me/methods/email`: a code is on its way to the address. */
export const EmailEnrolment = z.strictObject({ methodId: Identifier, expiresAt: Timestamp })
export type EmailEnrolment = z.infer<typeof EmailEnrolment>

/** As people write it down; the backend looks up what it means. */
export const SmsEnrolmentRequest = z.strictObject({ number: z.string().trim().min(3).max(40) })

/** `POST /me/methods/sms`: a code is on its way to the number, which is told as it was understood. */
export const SmsEnrolment = z.strictObject({
  methodId: Identifier,
  /** `+49 170 1234567`. */
  number: z.string(),
  expiresAt: Timestamp,
})
export type SmsEnrolment = z.infer<typeof SmsEnrolment>

/** `POST /me/methods/lost`: all that was on a phone, a key or a sheet of paper. */
export const LostMethodsRequest = z.strictObject({ methodIds: z.array(Identifier).min(1).max(40) })

/**
 * `POST /me/methods/recovery-codes`: they are shown once, grouped as they are printed, and count only
 * after one of them has confirmed the set.
 */
export const RecoveryCodesEnrolment = z.strictObject({
  methodId: Identifier,
  codes: z.array(z.string()).min(1).max(32),
  expiresAt: Timestamp,
})
export type RecoveryCodesEnrolment = z.infer<typeof RecoveryCodesEnrolment>

export const ConfirmMethodRequest = z.strictObject({ code: z.union([OneTimeCode, WrittenCode]) })
export const StepUpRequest = Proof
