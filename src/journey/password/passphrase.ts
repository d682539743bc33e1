import { meetsRules } from '../../contract/password-checks.ts'
import type { PasswordRules } from '../../contract/password-rules.ts'
import type { Language } from '../../ui/i18n.ts'

/** Five words of 2,048 (55 bits) and a number of two digits (6.5 bits): 61 bits, never fewer. */
export const passphraseWords = 5
const smallestNumber = 10
const differentNumbers = 90

/** Draws uniformly from 0 … `count` − 1. */
export type Draw = (count: number) => number

/**
 * Draws without favouring small numbers: values from the incomplete last round are thrown away.
 *
 * SECURITY: from the operating system's generator, never `Math.random`.
 */
export const drawSecurely: Draw = (count) => {
  const rounds = Math.floor(2 ** 32 / count) * count
  const value = new Uint32Array(1)
  do crypto.getRandomValues(value)
  while ((value[0] ?? rounds) >= rounds)
  return (value[0] ?? 0) % count
}

/**
 * Makes up a passphrase such as `Tulip-Anchor-Cedar-Marble-River-38`: capital and small letters,
 * digits and a symbol, so that it meets every complexity rule; words are added until it is as long
 * as the rules ask.
 *
 * @param words - from {@link loadWords}
 * @returns null when the rules cannot be met, for example because they ask for more than AD stores
 */
export function makePassphrase(
  words: readonly string[],
  rules: PasswordRules,
  draw: Draw = drawSecurely,
): string | null {
  for (let attempt = 0; attempt < 100; attempt += 1) {
    const phrase = compose(words, rules.minLength, draw)
    // Rarely a word contains a part of somebody's name.
    if (meetsRules(rules, phrase)) return phrase
  }
  return null
}

function compose(words: readonly string[], minLength: number, draw: Draw): string {
  const number = String(smallestNumber + draw(differentNumbers))
  const chosen: string[] = []
  const length = () => [...chosen, number].join('-').length
  while (chosen.length < passphraseWords || length() < minLength) {
    chosen.push(capitalise(words[draw(words.length)] ?? ''))
  }
  return [...chosen, number].join('-')
}

function capitalise(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1)
}

/** The word list of a language: common, short and kind, with plain letters only. */
export async function loadWords(language: Language): Promise<readonly string[]> {
  return lists[language]()
}

const lists: Record<Language, () => Promise<readonly string[]>> = {
  en: async () => (await import('./words-en.ts')).englishWords,
  de: async () => (await import('./words-de.ts')).germanWords,
}
