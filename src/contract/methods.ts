import { z } from 'zod'

/** What a user can enrol. Each kind has its own folder of screens and one verifier on the backend. */
export const methodKinds = ['totp', 'email'] as const
export const MethodKind = z.enum(methodKinds)
export type MethodKind = z.infer<typeof MethodKind>

export type MethodStrength = 'phishing-resistant' | 'strong' | 'weak'

/** NIST SP 800-63B-4 §3.1: a mailbox proves little, so it never stands alone. */
export const methodStrength: Record<MethodKind, MethodStrength> = {
  totp: 'strong',
  email: 'weak',
}

/** Kinds that need something sent before they can be verified. */
export const challengedKinds: readonly MethodKind[] = ['email']

/** A one-time code as people type it: spaces are for the eye. */
export const OneTimeCode = z
  .string()
  .max(32)
  .transform((code) => code.replaceAll(/\s/g, ''))
  .pipe(z.string().regex(/^\d{6,8}$/, 'six to eight digits'))

/** What the user shows to prove a method. */
export const Proof = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('totp'), code: OneTimeCode }),
  z.strictObject({ kind: z.literal('email'), code: OneTimeCode }),
])
export type Proof = z.infer<typeof Proof>
