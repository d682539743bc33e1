import { z } from 'zod'
import { Identifier, Timestamp } from './fields.ts'
import { MethodKind, Proof } from './methods.ts'
import { PasswordRules } from './password-rules.ts'
import { PhoneState, PushNumber } from './push.ts'
import { AuthenticationOptions } from './web-authn.ts'

/** What a recovery is for. `unlock` clears the lockout and changes no password. */
export const Purpose = z.enum(['reset', 'unlock'])
export type Purpose = z.infer<typeof Purpose>

/**
 * Where a recovery stands. `committing` means that the directory was asked to set the temporary
 * password and its answer has not been recorded; the sweeper settles it when nobody else does.
 */
export const recoveryStates = [
  'proving',
  'proven',
  'planned',
  'committing',
  'committed',
  'completed',
  'locked',
  'expired',
  'abandoned',
] as const
export const RecoveryState = z.enum(recoveryStates)
export type RecoveryState = z.infer<typeof RecoveryState>

const Base64url = z
  .string()
  .max(4096)
  .regex(/^[\w-]+$/)

export const RecoveryParameters = z.strictObject({ recoveryId: Identifier })
export const RecoveryMethodParameters = z.strictObject({
  recoveryId: Identifier,
  methodId: Identifier,
})

/** `POST /recoveries`. The account as typed: sAMAccountName, UPN, `DOMAIN\user` or mail address. */
export const StartRecoveryRequest = z.strictObject({
  account: z.string().trim().min(1).max(256),
  purpose: Purpose,
})
export type StartRecoveryRequest = z.infer<typeof StartRecoveryRequest>

export const OfferedMethod = z.strictObject({
  methodId: Identifier,
  kind: MethodKind,
  proven: z.boolean(),
})
export type OfferedMethod = z.infer<typeof OfferedMethod>

/** A domain controller as the workstation must dial and verify it. */
export const ControllerAddress = z.strictObject({
  /** The name that its certificate must carry. */
  host: z.string().min(1).max(255),
  port: z.int().min(1).max(65535),
  /** Connect here instead of resolving the name; the certificate is still verified against `host`. */
  address: z.string().min(1).max(255).optional(),
})
export type ControllerAddress = z.infer<typeof ControllerAddress>

/** Told only once enough is proven: strangers do not learn the names of domain controllers. */
export const DirectoryAddress = z.strictObject({
  controllers: z.array(ControllerAddress),
  caPem: z.string().optional(),
})
export type DirectoryAddress = z.infer<typeof DirectoryAddress>

export const RecoveryStatus = z.strictObject({
  recoveryId: Identifier,
  purpose: Purpose,
  state: RecoveryState,
  expiresAt: Timestamp,
  /** How many different methods must be proven in all, and how many still have to be. */
  required: z.int().min(1),
  remaining: z.int().min(0),
  attemptsLeft: z.int().min(0),
  methods: z.array(OfferedMethod),
  /** What has become of the number that was shown last, once one was. */
  phone: PhoneState.optional(),
  directory: DirectoryAddress.optional(),
})
export type RecoveryStatus = z.infer<typeof RecoveryStatus>

/** The token is bound to the key of the DPoP proof that came with the request (RFC 9449). */
export const StartRecoveryResponse = RecoveryStatus.omit({ phone: true }).extend({
  token: Base64url,
})
export type StartRecoveryResponse = z.infer<typeof StartRecoveryResponse>

/**
 * `POST …/challenge`: something was sent, or would have been if there were anybody to send it to; or
 * what an authenticator is to answer, the same for everybody.
 */
export const ChallengeResponse = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.enum(['passkey', 'securityKey']),
    expiresAt: Timestamp,
    options: AuthenticationOptions,
  }),
  z.strictObject({ kind: z.enum(['sms', 'email']), expiresAt: Timestamp }),
  /** The number is shown here alone; the phone asks for it. */
  z.strictObject({ kind: z.literal('push'), expiresAt: Timestamp, number: PushNumber }),
])
export type ChallengeResponse = z.infer<typeof ChallengeResponse>

export const VerifyRequest = Proof
export const VerifyResponse = RecoveryStatus

/** HPKE output (RFC 9180 §5): the encapsulated key and the ciphertext, both base64url. */
export const Sealed = z.strictObject({ enc: Base64url, ciphertext: Base64url })
export type Sealed = z.infer<typeof Sealed>

export const PlanRequest = z.strictObject({
  /** Host names of the controllers that answered with a trusted certificate, best first. */
  reachable: z.array(z.string().min(1).max(255)).max(32),
  /** Public key of this recovery, to which the backend seals what it hands out (RFC 9180, P-256). */
  sealingKey: Base64url,
})
export type PlanRequest = z.infer<typeof PlanRequest>

const PlanForAccount = z.strictObject({
  /** objectGUID in its string form: what sealed values are bound to. */
  accountId: z.string(),
  /** sAMAccountName, to be shown: "you will sign in as …". */
  accountName: z.string(),
})

/** How the write will be done. */
export const Plan = z.discriminatedUnion('mode', [
  PlanForAccount.extend({
    mode: z.literal('direct'),
    userDn: z.string(),
    controller: ControllerAddress,
    rules: PasswordRules,
    /** The agent's bind name, and its password sealed to `sealingKey`. */
    agent: z.strictObject({ name: z.string(), password: Sealed }),
  }),
  PlanForAccount.extend({
    mode: z.literal('relay'),
    rules: PasswordRules,
    /** The backend's key to which the new password is sealed. */
    relayKey: z.strictObject({ keyId: Identifier, publicKey: Base64url }),
  }),
  PlanForAccount.extend({ mode: z.literal('unlock') }),
])
export type Plan = z.infer<typeof Plan>

/** `POST …/commit`: direct mode hands out the temporary password, unlock is finished by it. */
export const CommitResponse = z.discriminatedUnion('mode', [
  z.strictObject({ mode: z.literal('direct'), temporaryPassword: Sealed }),
  z.strictObject({ mode: z.literal('unlock'), unlockedAt: Timestamp }),
])
export type CommitResponse = z.infer<typeof CommitResponse>

export const RelayRequest = z.strictObject({ keyId: Identifier, sealed: Sealed })
export type RelayRequest = z.infer<typeof RelayRequest>

/** `POST …/complete` and `POST …/relay`: what the domain controller says, not what we hope. */
export const CompleteResponse = z.strictObject({
  state: z.literal('completed'),
  passwordLastSet: Timestamp,
})
export type CompleteResponse = z.infer<typeof CompleteResponse>
