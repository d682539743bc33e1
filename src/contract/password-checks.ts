import { containsBannedWord } from './banned-words.ts'
import type { RefusalReason } from './problems.ts'

/**
 * The part of the rules that can be checked without the directory. This file imports no schemas, so
 * that a page can check while somebody types without loading them.
 */
export type CheckedRules = {
  readonly minLength: number
  readonly complexity: boolean
  readonly nameParts: readonly string[]
  readonly bannedWords?: readonly string[] | undefined
}

/** `warn`: told, but may be taken all the same. `off`: nobody looks. */
export const breachedRules = ['refuse', 'warn', 'off'] as const
export type BreachedRule = (typeof breachedRules)[number]

/** What is done about a password on the list of leaked ones. SECURITY: refused, unless said otherwise. */
export function breachedRuleOf(rules: { readonly breached?: BreachedRule | undefined }) {
  return rules.breached ?? 'refuse'
}

/** AD stores at most 256 characters; the same limit is used by every field that takes a password. */
export const maxPasswordLength = 256

export type RuleCheck = {
  readonly rule: 'min_length' | 'max_length' | 'complexity' | 'no_name' | 'no_banned_word'
  readonly passed: boolean
}

/**
 * Checks what can be known without the directory. History and filters are left to AD, which always
 * has the last word.
 *
 * @param rules - the rules read for this account
 * @param password - the candidate, exactly as typed: never trimmed, never normalised
 * @returns one entry for each rule that applies, in the order in which they are shown
 */
export function checkPassword(rules: CheckedRules, password: string): RuleCheck[] {
  const checks: RuleCheck[] = [
    // AD counts UTF-16 code units, as does String.length.
    { rule: 'min_length', passed: password.length >= rules.minLength },
  ]
  if (password.length > maxPasswordLength) checks.push({ rule: 'max_length', passed: false })
  if (rules.complexity) {
    checks.push({ rule: 'complexity', passed: characterCategories(password) >= 3 })
    checks.push({ rule: 'no_name', passed: !containsAny(password, rules.nameParts) })
  }
  const { bannedWords = [] } = rules
  if (bannedWords.length > 0) {
    checks.push({ rule: 'no_banned_word', passed: !containsBannedWord(password, bannedWords) })
  }
  return checks
}

const reasonOfRule: Record<RuleCheck['rule'], RefusalReason> = {
  min_length: 'too_short',
  max_length: 'unknown',
  complexity: 'complexity',
  no_name: 'contains_name',
  no_banned_word: 'banned_word',
}

/** The rules that a password breaks as far as `checkPassword` can tell, in the directory's terms. */
export function brokenRules(rules: CheckedRules, password: string): RefusalReason[] {
  return checkPassword(rules, password)
    .filter(({ passed }) => !passed)
    .map(({ rule }) => reasonOfRule[rule])
}

/** True when every rule that can be checked locally is met. */
export function meetsRules(rules: CheckedRules, password: string): boolean {
  return checkPassword(rules, password).every((check) => check.passed)
}

const categories = [
  /\p{Lu}/u,
  /\p{Ll}/u,
  /\p{Nd}/u,
  /[~!@#$%^&*_\-+=`|\\(){}[\]:;"'<>,.?/]/u,
  // Alphabetic, yet neither upper nor lower case: Chinese, Arabic and many others.
  /(?=\p{Alphabetic})[^\p{Lu}\p{Ll}]/u,
]

/** [MS-SAMR] 3.1.1.7.2: of the five categories, three must be present. */
function characterCategories(password: string): number {
  return categories.filter((category) => category.test(password)).length
}

function containsAny(password: string, parts: readonly string[]): boolean {
  const folded = password.toLowerCase()
  return parts.some((part) => part !== '' && folded.includes(part.toLowerCase()))
}

/**
 * The parts that [MS-SAMR] 3.1.1.7.2 forbids: the whole sAMAccountName, and each part of the display
 * name between delimiters, when at least three characters long.
 */
export function forbiddenNameParts(sAMAccountName: string, displayName: string): string[] {
  const parts = [sAMAccountName, ...displayName.split(/[,.\-_ #\t]+/)]
  return [...new Set(parts.filter((part) => part.length >= 3).map((part) => part.toLowerCase()))]
}
