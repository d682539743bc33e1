import { wordsOfName } from '../../contract/banned-words.ts'
import type { PasswordRules } from '../../contract/password-rules.ts'

/** What an organisation asks of a password on top of what its directory asks. */
export type OwnPasswordRules = {
  /** Raises the directory's own minimum length; never lowers it. */
  readonly minLength: number
  /** Words of its own; those of its name are always among them. */
  readonly bannedWords: readonly string[]
  /** What is done about a password on the list of leaked ones. */
  readonly breached: 'refuse' | 'warn' | 'off'
}

/**
 * The directory's rules for an account together with the organisation's own. An organisation may ask
 * for more than the directory, never for less.
 */
export function withOwnRules(
  rules: PasswordRules,
  { minLength, bannedWords, breached }: OwnPasswordRules,
  organisation: string,
): PasswordRules {
  return {
    ...rules,
    minLength: Math.max(rules.minLength, minLength),
    bannedWords: [...new Set([...bannedWords, ...wordsOfName(organisation)])],
    breached,
  }
}
