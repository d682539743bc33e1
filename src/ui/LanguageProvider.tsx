import type { i18n } from 'i18next'
import { type ReactNode, useEffect } from 'react'
import { I18nProvider } from 'react-aria-components/I18nProvider'
import { I18nextProvider, useTranslation } from 'react-i18next'
import { reserveStyleElement } from './content-security.ts'
import { type Language, languages } from './i18n.ts'

reserveStyleElement()

/** Gives everything below its texts, and tells the document its language and reading direction. */
export function LanguageProvider({
  translations,
  children,
}: {
  translations: i18n
  children: ReactNode
}) {
  return (
    <I18nextProvider i18n={translations}>
      <DocumentLanguage>{children}</DocumentLanguage>
    </I18nextProvider>
  )
}

function DocumentLanguage({ children }: { children: ReactNode }) {
  const { language, i18n } = useLanguage()
  useEffect(() => {
    document.documentElement.lang = language
    document.documentElement.dir = i18n.dir(language)
  }, [language, i18n])
  return <I18nProvider locale={language}>{children}</I18nProvider>
}

/** The language on screen, and how to change it. */
export function useLanguage() {
  const { i18n } = useTranslation()
  const language: Language = languages.find((one) => one === i18n.language) ?? 'en'
  const choose = (next: Language) => void i18n.changeLanguage(next)
  return { language, choose, i18n }
}
