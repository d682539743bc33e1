import type { Language } from '../../ui/i18n.ts'

export type Strength = {
  readonly score: 0 | 1 | 2 | 3 | 4
  /** What makes it easy to guess, in the user's language. */
  readonly warning: string | null
}

/** Measures one password. `ownWords`: names and the like, that others would guess first. */
export type StrengthMeter = (password: string, ownWords: readonly string[]) => Strength

/** Longer ones gain nothing and take long to measure. */
const MEASURED_LENGTH = 100

/**
 * Loads the dictionaries of one language, the size of a large picture, so only when somebody is
 * about to choose a password. Everything is measured on the spot and nothing leaves the computer.
 */
export async function loadStrength(language: Language): Promise<StrengthMeter> {
  const [{ ZxcvbnFactory }, common, words] = await Promise.all([
    import('@zxcvbn-ts/core'),
    import('@zxcvbn-ts/language-common'),
    dictionaries[language](),
  ])
  const meter = new ZxcvbnFactory({
    dictionary: { ...common.dictionary, ...words.dictionary },
    graphs: common.adjacencyGraphs,
    translations: words.translations,
  })
  return (password, ownWords) => {
    const { score, feedback } = meter.check(password.slice(0, MEASURED_LENGTH), [...ownWords])
    return { score, warning: feedback.warning }
  }
}

const dictionaries = {
  en: () => import('@zxcvbn-ts/language-en'),
  de: () => import('@zxcvbn-ts/language-de'),
} satisfies Record<Language, () => Promise<unknown>>
