import { describe, expect, it } from 'vitest'
import { createStrengthMeasure } from '../../src/journey/password/strength.ts'
import { wordsToGuess } from '../../src/journey/password/words-to-guess.ts'

const rules = { nameParts: ['equillfeather', 'quillfeather'], bannedWords: ['Fabrikam'] }

describe('what others would try first', () => {
  it('is nothing where nothing is known, and nothing short', () => {
    expect(wordsToGuess({ nameParts: [] }, '', '')).toEqual([])
    expect(wordsToGuess({ nameParts: [] }, 'jo@ab.de', 'SAP')).toEqual(['jo@ab.de'])
  })

  it('is who they are and where they work, once each', () => {
    expect(wordsToGuess(rules, 'CORP\\EQuillfeather', 'Northwind Traders GmbH')).toEqual([
      ...['equillfeather', 'quillfeather', 'corp', 'corp\\equillfeather'],
      ...['fabrikam', 'northwind', 'traders'],
    ])
  })

  it.each(['en', 'de'] as const)('makes a password of them easy to guess: %s', (language) => {
    const measure = createStrengthMeasure(language)
    const known = wordsToGuess(rules, 'equillfeather', 'Zwirbelkontor AG')
    for (const password of ['Equillfeather!', 'fabrikam', 'Zwirbelkontor1', 'Zw1rbelk0nt0r']) {
      const score = measure(password, known).score
      expect(score).toBeLessThanOrEqual(1)
      expect(score).toBeLessThan(measure(password, []).score)
    }
  })
})

it.each([
  ['Schmetterling', 'of German words'],
  ['Zusammenarbeit', 'of German words'],
  ['butterfly', 'of English words'],
  ['nevertheless', 'of English words'],
])('%s is easy to guess in either language, being in the list %s', (word) => {
  for (const language of ['en', 'de'] as const) {
    expect(createStrengthMeasure(language)(word, []).score).toBeLessThanOrEqual(1)
  }
})
