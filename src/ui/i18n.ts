import { createInstance, type i18n, type Resource } from 'i18next'
import { initReactI18next } from 'react-i18next'

import { uiGerman } from './words/de.ts'
import { uiEnglish } from './words/en.ts'
import { errorsGerman } from './words/errors-de.ts'
import { errorsEnglish } from './words/errors-en.ts'

export type { Translation } from './translation.ts'

/** Every language in which the product speaks. The first is the one that all others are checked against. */
export const languages = ['en', 'de'] as const
export type Language = (typeof languages)[number]

/** Each language by its own name: people must find theirs without reading the one on screen. */
export const languageNames: Record<Language, string> = { en: 'English', de: 'Deutsch' }

/**
 * The texts by namespace, as English has them. A folder with texts of its own adds them here, which
 * makes every `t('namespace:key')` checked by the compiler:
 *
 *     declare module '../ui/i18n.ts' {
 *       interface TextNamespaces { journey: typeof journeyEnglish }
 *     }
 */
export interface TextNamespaces {
  ui: typeof uiEnglish
  errors: typeof errorsEnglish
}

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'ui'
    resources: TextNamespaces
  }
}

/** The texts of one folder, by language and namespace. */
export type TextBundle = Record<Language, Record<string, object>>

const shared: TextBundle = {
  en: { ui: uiEnglish, errors: errorsEnglish },
  de: { ui: uiGerman, errors: errorsGerman },
}

/**
 * Sets up the translations. Nothing is loaded at run time, so the first render already speaks.
 *
 * @param language - the language to begin with, see {@link chooseLanguage}
 * @param bundles - the texts of the folders that are mounted, next to those of the components
 */
export function createTranslations(language: Language, ...bundles: TextBundle[]): i18n {
  const instance = createInstance()
  instance.use(initReactI18next).init({
    lng: language,
    fallbackLng: 'en',
    defaultNS: 'ui',
    resources: merge([shared, ...bundles]),
    initAsync: false,
    // React escapes what it renders.
    interpolation: { escapeValue: false },
    returnEmptyString: false,
  })
  return instance
}

function merge(bundles: TextBundle[]): Resource {
  const textsIn = (language: Language) =>
    Object.assign({}, ...bundles.map((bundle) => bundle[language]))
  return Object.fromEntries(languages.map((language) => [language, textsIn(language)]))
}

/**
 * Decides which language to begin with.
 *
 * @param configured - what the organisation or the user has set, if anything
 * @param preferred - the preferences of the system, best first, as in `navigator.languages`
 */
export function chooseLanguage(
  configured: string | null,
  preferred: readonly string[] = navigator.languages,
): Language {
  const wanted = [configured ?? '', ...preferred].map((tag) => tag.toLowerCase().split('-')[0])
  return languages.find((one) => one === wanted.find(isLanguage)) ?? 'en'
}

function isLanguage(tag: string | undefined): tag is Language {
  return languages.some((language) => language === tag)
}
