import type { TextBundle } from '../../ui/i18n.ts'
import { portalGerman } from './de.ts'
import { portalEnglish } from './en.ts'

declare module '../../ui/i18n.ts' {
  interface TextNamespaces {
    portal: typeof portalEnglish
  }
}

/** The texts of the portal, to be handed to `createTranslations`. */
export const portalTexts: TextBundle = {
  en: { portal: portalEnglish },
  de: { portal: portalGerman },
}
