import { z } from 'zod'
import { methodKinds } from './method-kinds.ts'
import { AuthenticationResponse } from './web-authn.ts'
import { isWrittenCode, normaliseWritten } from './written-code.ts'

export const MethodKind = z.enum(methodKinds)
export type MethodKind = z.infer<typeof MethodKind>

/** A one-time code as people type it: spaces are for the eye. */
export const OneTimeCode = z
  .string()
  .max(32)
  .transform((code) => code.replaceAll(/\s/g, ''))
  .pipe(z.string().regex(/^\d{6,8}$/, 'six to eight digits'))

/** What is written down or read out, as people type it. See `written-code.ts`. */
export const WrittenCode = z
  .string()
  .max(64)
  .transform(normaliseWritten)
  .pipe(z.string().refine(isWrittenCode, { error: 'fifteen letters and digits' }))

/** What the user shows to prove a method. A push is answered on the phone, so it is not among them. */
export const Proof = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('passkey'), response: AuthenticationResponse }),
  z.strictObject({ kind: z.literal('securityKey'), response: AuthenticationResponse }),
  z.strictObject({ kind: z.literal('totp'), code: OneTimeCode }),
  z.strictObject({ kind: z.literal('recoveryCode'), code: WrittenCode }),
  z.strictObject({ kind: z.literal('temporaryPass'), code: WrittenCode }),
  z.strictObject({ kind: z.literal('sms'), code: OneTimeCode }),
  z.strictObject({ kind: z.literal('email'), code: OneTimeCode }),
])
export type Proof = z.infer<typeof Proof>
