import type { TextBundle } from '../../../ui/i18n.ts'
import { phoneGerman } from './de.ts'
import { phoneEnglish } from './en.ts'

declare module '../../../ui/i18n.ts' {
  interface TextNamespaces {
    phone: typeof phoneEnglish
  }
}

/** The texts of the phone, to be handed to `createTranslations`. */
export const phoneTexts: TextBundle = {
  en: { phone: phoneEnglish },
  de: { phone: phoneGerman },
}
