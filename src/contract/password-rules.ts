import { z } from 'zod'
import { breachedRules, maxPasswordLength } from './password-checks.ts'

export * from './password-checks.ts'

/**
 * The rules that a new password will be measured against: the domain's password policy or the
 * resultant PSO ([MS-ADTS] 3.1.1.3.1.5, [MS-SAMR] 3.1.1.7.1), raised by the organisation's own minimum.
 */
export const PasswordRules = z.strictObject({
  minLength: z.int().min(0).max(255),
  complexity: z.boolean(),
  historyLength: z.int().min(0),
  minAgeSeconds: z.number().min(0),
  /** Account name and parts of the display name that complexity forbids inside the password. */
  nameParts: z.array(z.string()),
  /** Words that it may not contain, in any spelling; see `containsBannedWord`. */
  bannedWords: z.array(z.string().max(100)).max(1100).optional(),
  /** Whether it may be on the list of leaked passwords. Refused when nothing is said. */
  breached: z.enum(breachedRules).optional(),
  /** A fine-grained policy applies that the backend may not read: it may ask for more than this. */
  mayBeStricter: z.boolean().optional(),
})
export type PasswordRules = z.infer<typeof PasswordRules>

export const NewPassword = z.string().min(1).max(maxPasswordLength)
