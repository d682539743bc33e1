import { wordsOfName } from '../../contract/banned-words.ts'
import type { PasswordRules } from '../../contract/password-rules.ts'

/**
 * What somebody who knows the user would try first, for the strength meter: the parts of their name and
 * account name as the directory has them and as they were typed, and the organisation's words.
 */
export function wordsToGuess(
  rules: Pick<PasswordRules, 'nameParts' | 'bannedWords'>,
  account: string,
  organisation: string,
): readonly string[] {
  const typed = account.split(/[^\p{Letter}\p{Mark}\p{Number}]+/u)
  const words = [
    ...[...rules.nameParts, ...typed, account],
    ...[...(rules.bannedWords ?? []), ...wordsOfName(organisation)],
  ]
  return [...new Set(words.map((word) => word.toLowerCase()).filter((word) => word.length >= 3))]
}
