import { expect, it } from 'vitest'
import { chooseLanguage, createTranslations } from '../../src/ui/i18n.ts'

it.each([
  [null, [], 'en'],
  [null, ['fr-FR', 'ja'], 'en'],
  [null, ['fr', 'de-AT', 'en'], 'de'],
  ['de', ['en-GB'], 'de'],
  ['de-CH', ['en-GB'], 'de'],
  ['fr', ['de'], 'de'],
] as const)('configured %s and preferring %s means %s', (configured, preferred, language) => {
  expect(chooseLanguage(configured, preferred)).toBe(language)
})

it('counts in the grammar of the language', () => {
  const german = createTranslations('de').getFixedT('de', 'ui')
  expect(german('minutes', { count: 1 })).toBe('1 Minute')
  expect(german('minutes', { count: 2 })).toBe('2 Minuten')
})

it('speaks at once, without loading anything', () => {
  expect(createTranslations('de').t('back')).toBe('Zurück')
})
