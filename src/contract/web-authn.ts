import { z } from 'zod'
import type { AuthenticatorKind } from './method-kinds.ts'

/**
 * What browser and backend say to each other about authenticators: the JSON forms of WebAuthn L3 §5.1
 * with what Latchkey uses of them. Sizes are bounded, unknown members are refused.
 */

/** Bytes in base64url without padding. */
function bytes(most: number, least = 1) {
  return z
    .string()
    .min(Math.ceil((least * 4) / 3))
    .max(Math.ceil((most * 4) / 3))
    .regex(/^[\w-]+$/)
}

/** WebAuthn L3 §4, "credential ID": 16 to 1023 bytes. */
const CredentialId = bytes(1023, 16)
/** WebAuthn L3 §4, "user handle": at most 64 bytes. */
const UserHandle = bytes(64)
const ClientData = bytes(4096)
const Challenge = bytes(64, 32)
const Transports = z.array(z.string().regex(/^[\w-]{1,32}$/)).max(8)
const Attachment = z.enum(['platform', 'cross-platform'])

/** Where each kind of authenticator lives: in the device, or beside it. */
export const attachmentOf = {
  passkey: 'platform',
  securityKey: 'cross-platform',
} as const satisfies Record<AuthenticatorKind, z.infer<typeof Attachment>>

/** None are asked for. */
const Extensions = z.strictObject({})

export const CredentialDescriptor = z.strictObject({
  id: CredentialId,
  type: z.literal('public-key'),
  transports: Transports,
})
export type CredentialDescriptor = z.infer<typeof CredentialDescriptor>

const Hints = z.array(z.enum(['client-device', 'security-key', 'hybrid']))

/** `navigator.credentials.get`. Nothing in it tells whether there is anybody with a passkey. */
export const AuthenticationOptions = z.strictObject({
  rpId: z.string().min(1).max(255),
  challenge: Challenge,
  /** Milliseconds. */
  timeout: z.int().min(1),
  userVerification: z.literal('required'),
  allowCredentials: z.array(CredentialDescriptor),
  hints: Hints,
})
export type AuthenticationOptions = z.infer<typeof AuthenticationOptions>

export const AuthenticationResponse = z.strictObject({
  id: CredentialId,
  rawId: CredentialId,
  type: z.literal('public-key'),
  response: z.strictObject({
    clientDataJSON: ClientData,
    authenticatorData: bytes(1024),
    signature: bytes(1024),
    userHandle: UserHandle.exactOptional(),
  }),
  authenticatorAttachment: Attachment.exactOptional(),
  clientExtensionResults: Extensions,
})
export type AuthenticationResponse = z.infer<typeof AuthenticationResponse>

/** `navigator.credentials.create`. */
export const RegistrationOptions = z.strictObject({
  rp: z.strictObject({ id: z.string().min(1).max(255), name: z.string() }),
  user: z.strictObject({ id: UserHandle, name: z.string(), displayName: z.string() }),
  challenge: Challenge,
  pubKeyCredParams: z.array(z.strictObject({ alg: z.int(), type: z.literal('public-key') })),
  /** Milliseconds. */
  timeout: z.int().min(1),
  excludeCredentials: z.array(CredentialDescriptor),
  authenticatorSelection: z.strictObject({
    authenticatorAttachment: Attachment,
    residentKey: z.literal('required'),
    requireResidentKey: z.literal(true),
    userVerification: z.literal('required'),
  }),
  attestation: z.enum(['none', 'direct']),
  hints: Hints,
})
export type RegistrationOptions = z.infer<typeof RegistrationOptions>

export const RegistrationResponse = z.strictObject({
  id: CredentialId,
  rawId: CredentialId,
  type: z.literal('public-key'),
  response: z.strictObject({
    clientDataJSON: ClientData,
    // With a statement: certificates of the authenticator's maker.
    attestationObject: bytes(16_384),
    transports: Transports,
  }),
  authenticatorAttachment: Attachment.exactOptional(),
  clientExtensionResults: Extensions,
})
export type RegistrationResponse = z.infer<typeof RegistrationResponse>
