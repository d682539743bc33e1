/**
 * Words that no password may contain: the organisation's own, and its name. This file imports
 * nothing, so that a page can check while somebody types.
 */

/** Shorter ones are found in too many other words. */
export const shortestBannedWord = 4

/** What people write for a letter. */
const meanings: Readonly<Record<string, string>> = {
  ...{ '0': 'o', '1': 'li', '2': 'z', '3': 'e', '4': 'a', '5': 's', '6': 'gb', '7': 't' },
  ...{ '8': 'b', '9': 'g', '@': 'a', $: 's', '§': 's', '!': 'il', '|': 'il', '+': 't', '€': 'e' },
  ...{ '(': 'c', '<': 'c' },
}

/** Says what kind of company it is, not which. */
const legalForms: readonly string[] = [
  ...['gmbh', 'kgaa', 'corp', 'corporation', 'incorporated', 'limited', 'company', 'group'],
  ...['holding', 'gruppe', 'gesellschaft', 'verein', 'stiftung', 'foundation'],
]

/**
 * The one spelling of a word that others are compared with: compatibility forms (full width, ligatures)
 * and capitals are gone, accents too, so that "Ｍüller", "MULLER" and "muller" are the same.
 */
export function foldWord(word: string): string {
  const plain = word.normalize('NFKD').replace(/\p{Mark}/gu, '')
  // Small first: the capital sharp s is itself a capital, and only the small one becomes "SS".
  return plain.toLowerCase().toUpperCase().toLowerCase()
}

/**
 * Whether a password contains one of the words, also in capitals or with digits and signs in the place
 * of letters: `C0nt0$o`. Words of fewer than four characters count for nothing.
 */
export function containsBannedWord(password: string, words: readonly string[]): boolean {
  const typed = [...foldWord(password)]
  return words.some((word) => {
    const wanted = [...foldWord(word)]
    if (wanted.length < shortestBannedWord) return false
    return typed.some((_, start) => isAt(typed, start, wanted))
  })
}

function isAt(typed: readonly string[], start: number, wanted: readonly string[]): boolean {
  return wanted.every((letter, index) => {
    const character = typed[start + index]
    if (character === undefined) return false
    return character === letter || (meanings[character]?.includes(letter) ?? false)
  })
}

/**
 * The words that the organisation's name is made of, and the whole of it written as one. Not legal
 * forms: they would forbid too much, and say nothing.
 */
export function wordsOfName(organisation: string): string[] {
  const parts = organisation.split(/[^\p{Letter}\p{Mark}\p{Number}]+/u)
  const own = parts.filter((part) => !legalForms.includes(foldWord(part)))
  const words = [...own, own.join('')].filter(
    (word) => [...foldWord(word)].length >= shortestBannedWord,
  )
  // Whoever uses the longer one uses the shorter one, too.
  const isNeeded = (word: string) =>
    !words.some((other) => other !== word && foldWord(word).includes(foldWord(other)))
  return [...new Set(words)].filter(isNeeded)
}
