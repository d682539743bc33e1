import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { containsBannedWord, foldWord, wordsOfName } from '../../src/contract/banned-words.ts'
import { checkPassword } from '../../src/contract/password-checks.ts'

describe('a banned word is found', () => {
  test.each([
    ['as it is', 'contoso', 'my contoso password'],
    ['in capitals', 'contoso', 'CONTOSO-4711'],
    ['in capitals in the list', 'CONTOSO', 'contoso-4711'],
    ['at the very end', 'contoso', '12contoso'],
    ['with a zero for an o', 'contoso', 'c0nt0s0'],
    ['with a one for an l', 'hello', 'he11o there'],
    ['with a one for an i', 'winter', 'w1nter'],
    ['with a three for an e', 'summer', 'summ3r'],
    ['with a four for an a', 'bravo', 'br4vo'],
    ['with an at for an a', 'bravo', 'br@vo'],
    ['with a five for an s', 'stark', '5tark'],
    ['with a dollar for an s', 'contoso', 'conto$o'],
    ['with a seven for a t', 'contoso', 'con7oso'],
    ['with an exclamation mark for an i', 'winter', 'w!nter'],
    ['with a vertical bar for an l', 'hello', 'he||o'],
    ['with several at once', 'contoso', '(0N+0$0'],
    ['in full-width letters', 'contoso', 'ｃｏｎｔｏｓｏ'],
    ['with a ligature', 'office', 'oﬃce-hours'],
    ['with accents, and without', 'müller', 'MULLER'],
    ['with composed and decomposed accents', 'mu\u0308ller', 'müller'],
    ['with a sharp s in capitals', 'straße', 'STRASSE'],
    ['in another script', 'Лада', 'моя-ЛАДА-9'],
    ['with digits of its own', 'area51', 'area51-forever'],
    ['right after a false start', 'contoso', 'concontoso'],
  ])('%s', (_, word, password) => {
    expect(containsBannedWord(password, [word])).toBe(true)
  })
})

describe('nothing is found', () => {
  test.each([
    ['in an empty password', 'contoso', ''],
    ['when only a part is there', 'contoso', 'contos'],
    ['when other letters stand between', 'contoso', 'con-toso'],
    ['where l and i are confused as letters', 'mail', 'mali'],
    ['when a digit means another letter', 'contoso', 'c1ntoso'],
    ['of three letters', 'ibm', 'ibm-ibm-ibm'],
    ['of an empty word', '', 'anything'],
  ])('%s', (_, word, password) => {
    expect(containsBannedWord(password, [word])).toBe(false)
  })

  test('without words', () => expect(containsBannedWord('contoso', [])).toBe(false))
})

test('a word is found wherever it stands, in any capitals', () => {
  const letters = fc.stringMatching(/^[a-z]{4,12}$/)
  fc.assert(
    fc.property(letters, fc.string(), fc.string(), fc.boolean(), (word, before, after, upper) => {
      const spelled = upper ? word.toUpperCase() : word
      expect(containsBannedWord(`${before} ${spelled} ${after}`, [word])).toBe(true)
    }),
  )
})

test('every sharp s is the same as two', () => {
  for (const word of ['STRAẞE', 'straße', 'STRASSE', 'Straße'])
    expect(foldWord(word)).toBe('strasse')
})

test('folding once is folding for good', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (text) => {
      expect(foldWord(foldWord(text))).toBe(foldWord(text))
    }),
  )
})

test('is quick, with the longest password and as many words as may be configured', () => {
  const words = Array.from({ length: 1000 }, (_, index) => `aaaaaaaaaaaaaaaa${index}`)
  const startedAt = performance.now()
  containsBannedWord('a'.repeat(256), words)
  // Generous: some ten milliseconds here.
  expect(performance.now() - startedAt).toBeLessThan(2_000)
})

test.each([
  ['Contoso GmbH & Co. KG', ['Contoso']],
  ['Northwind Traders', ['Northwind', 'Traders']],
  ['SAP', []],
  ['A.B.C.D. Limited', ['ABCD']],
  ['Alpha Alphabet', ['Alpha']],
  ['Stadt Köln', ['Stadt', 'Köln']],
  ['Group Holding', []],
  ['', []],
])('the name %s forbids %j', (name, words) => {
  expect(wordsOfName(name)).toEqual(words)
})

test('is one of the rules that are shown, where there are words', () => {
  const rules = { minLength: 4, complexity: false, nameParts: [] }
  expect(checkPassword(rules, 'c0ntoso')).toEqual([{ rule: 'min_length', passed: true }])
  const withWords = { ...rules, bannedWords: ['Contoso'] }
  expect(checkPassword(withWords, 'c0ntoso')).toContainEqual({
    ...{ rule: 'no_banned_word', passed: false },
  })
  expect(checkPassword(withWords, 'fabrikam')).toContainEqual({
    ...{ rule: 'no_banned_word', passed: true },
  })
})
