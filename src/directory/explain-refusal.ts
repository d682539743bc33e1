import { brokenRules, forbiddenNameParts } from '../contract/password-rules.ts'
import type { RefusalReason } from '../contract/problems.ts'
import type { AccountFacts } from './account-facts.ts'
import type { DirectoryError } from './errors.ts'
import type { PasswordRules } from './password-rules.ts'

export type RefusedCandidate = {
  readonly password: string
  readonly sAMAccountName: string
  readonly displayName: AccountFacts['displayName']
  /** When the present password was set; null while it must be changed, which lifts the minimum age. */
  readonly pwdLastSet: number | null
  /** Milliseconds since the epoch. */
  readonly now: number
}

/** The rules that a new password is measured against. */
type RulesForNew = Pick<
  PasswordRules,
  'minLength' | 'complexity' | 'historyLength' | 'minAgeSeconds'
>

/** ERROR_PWD_TOO_SHORT, ERROR_PWD_TOO_RECENT and ERROR_PWD_HISTORY_CONFLICT. */
const namedByWindows: Record<number, RefusalReason> = {
  615: 'too_short',
  616: 'too_young',
  617: 'history',
}

/** Samba says in words what Windows keeps to itself. */
const namedInWords: readonly (readonly [RegExp, RefusalReason])[] = [
  [/too short/, 'too_short'],
  [/complexity/, 'complexity'],
  [/in history|already used/, 'history'],
  [/too young|too recent/, 'too_young'],
]

/**
 * Works out which rules a refused password broke. Active Directory mostly says no more than
 * `0000052D`, so every rule that can be checked here is checked, and what remains is told honestly:
 * the password was used before, or a filter that nobody outside can ask refused it.
 *
 * @returns at least one reason; `unknown` alone or next to `history` means that one cannot be sure
 */
export function explainRefusal(
  error: DirectoryError,
  rules: RulesForNew,
  candidate: RefusedCandidate,
): RefusalReason[] {
  const reasons = new Set(likelyReasons(rules, candidate))
  const windows = error.windowsError && namedByWindows[error.windowsError]
  if (windows) reasons.add(windows)
  for (const [words, reason] of namedInWords) {
    if (words.test(error.detail)) reasons.add(reason)
  }
  if (reasons.size > 0) return [...reasons]
  return rules.historyLength > 0 ? ['history', 'unknown'] : ['unknown']
}

function likelyReasons(rules: RulesForNew, candidate: RefusedCandidate): RefusalReason[] {
  const { password, sAMAccountName, displayName, pwdLastSet, now } = candidate
  const nameParts = forbiddenNameParts(sAMAccountName, displayName ?? '')
  const broken = brokenRules({ ...rules, nameParts }, password)
  const young = pwdLastSet !== null && now - pwdLastSet < rules.minAgeSeconds * 1000
  return young ? [...broken, 'too_young'] : broken
}
