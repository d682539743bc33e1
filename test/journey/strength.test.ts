import { expect, it } from 'vitest'
import { createStrengthMeasure } from '../../src/journey/password/strength.ts'

const inEnglish = createStrengthMeasure('en')
const inGerman = createStrengthMeasure('de')

it.each([
  ['password', 0],
  ['Passwort1', 1],
  ['qwertzuiop', 1],
  ['Sommer2024!', 2],
  ['Tulip-Anchor-Cedar-Marble-River-38', 4],
  ['Kettle-Orbit-Lantern-7', 4],
])('people mix languages: %s is %i, whichever is on screen', (password, score) => {
  expect(inEnglish(password, []).score).toBe(score)
  expect(inGerman(password, []).score).toBe(score)
})

it('takes own names for what others guess first', () => {
  const known = inEnglish('quillfeather', ['quillfeather']).score
  expect(known).toBeLessThan(inEnglish('quillfeather', []).score)
})

it('warns in the language of the user', () => {
  expect(inEnglish('password', []).warning).toContain('password')
  expect(inGerman('password', []).warning).toContain('Passwort')
})

it('measures a very long one in a moment', () => {
  expect(inEnglish('Ab1!'.repeat(5_000), []).score).toBeLessThan(4)
})
