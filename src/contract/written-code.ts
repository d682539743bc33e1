/**
 * Codes that are printed, written down or read out: recovery codes and temporary passes. Fifteen
 * characters of Crockford's base 32 in three groups, the last of them a check character, so that a
 * slip of the pen or of a finger is found before anybody is asked. Without schemas, so that the first
 * screen does not have to load them.
 */

/** Crockford's base 32: no I, L, O and U, which are taken for 1, 1, 0 and V. */
export const writtenAlphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

/** With the check character, without the hyphens. */
export const writtenLength = 15
const groupLength = 5

/** As people type it: spaces, dashes and case are for the eye, and O, I and L mean 0, 1 and 1. */
export function normaliseWritten(typed: string): string {
  return typed
    .normalize('NFKC')
    .replaceAll(/[\s\p{Dash}]/gu, '')
    .toUpperCase()
    .replaceAll('O', '0')
    .replaceAll(/[IL]/g, '1')
}

/** Whether this could be a code at all: its length, its letters and its check character. */
export function isWrittenCode(normalised: string): boolean {
  if (normalised.length !== writtenLength) return false
  const body = normalised.slice(0, -1)
  return [...body].every(isLetter) && normalised === withCheckCharacter(body)
}

/**
 * Appends the check character (Luhn's algorithm modulo 32): one wrong character is always found, two
 * neighbours that changed places nearly always. It is derived from the rest and adds no secrecy.
 *
 * @param body - letters of `writtenAlphabet`
 */
export function withCheckCharacter(body: string): string {
  const base = writtenAlphabet.length
  let sum = 0
  let factor = body.length % 2 === 0 ? 1 : 2
  for (const letter of body) {
    const value = factor * writtenAlphabet.indexOf(letter)
    sum += Math.floor(value / base) + (value % base)
    factor = 3 - factor
  }
  return body + writtenAlphabet.charAt((base - (sum % base)) % base)
}

/** `XXXXX-XXXXX-XXXXX`, as it is printed. */
export function groupWritten(code: string): string {
  return (code.match(new RegExp(`.{1,${groupLength}}`, 'g')) ?? []).join('-')
}

function isLetter(letter: string): boolean {
  return writtenAlphabet.includes(letter)
}
