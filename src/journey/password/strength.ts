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
 * Loads the dictionaries, the size of a large picture, so only when somebody is about to choose a
 * password. People mix languages, so every language counts, whichever one is on screen. Everything
 * is measured on the spot and nothing leaves the computer.
 *
 * @param language - of the warnings
 */
export async function loadStrength(language: Language): Promise<StrengthMeter> {
  const [{ ZxcvbnFactory }, common, en, de] = await Promise.all([
    import('@zxcvbn-ts/core'),
    import('@zxcvbn-ts/language-common'),
    import('@zxcvbn-ts/language-en'),
    import('@zxcvbn-ts/language-de'),
  ])
  const words = { en, de } satisfies Record<Language, unknown>
  const meter = new ZxcvbnFactory({
    dictionary: { ...common.dictionary, ...en.dictionary, ...de.dictionary },
    graphs: common.adjacencyGraphs,
    translations: words[language].translations,
  })
  return (password, ownWords) => {
    const { score, feedback } = meter.check(password.slice(0, MEASURED_LENGTH), [...ownWords])
    return { score, warning: feedback.warning }
  }
}
