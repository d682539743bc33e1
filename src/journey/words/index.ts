import type { TextBundle } from '../../ui/i18n.ts'
import { journeyGerman } from './de.ts'
import { journeyEnglish } from './en.ts'

declare module '../../ui/i18n.ts' {
  interface TextNamespaces {
    journey: typeof journeyEnglish
  }
}

/** The texts of the walk, to be handed to `createTranslations`. */
export const journeyTexts: TextBundle = {
  en: { journey: journeyEnglish },
  de: { journey: journeyGerman },
}
