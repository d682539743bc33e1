import { ZxcvbnFactory } from '@zxcvbn-ts/core'
import * as common from '@zxcvbn-ts/language-common'
import * as de from '@zxcvbn-ts/language-de'
import * as en from '@zxcvbn-ts/language-en'
import type { Language } from '../../ui/i18n.ts'

export type Strength = {
  readonly score: 0 | 1 | 2 | 3 | 4
  /** What makes it easy to guess, in the user's language. */
  readonly warning: string | null
}

/** Measures one password. `ownWords`: names and the like, that others would guess first. */
export type StrengthMeasure = (password: string, ownWords: readonly string[]) => Strength

/** Longer ones gain nothing and take long to measure. */
const measuredLength = 100

const words = { en, de } satisfies Record<Language, unknown>

/**
 * Builds the dictionaries, some 40 MB, so only `strength-worker.ts` may import this file. People mix
 * languages, so every language counts, whichever one is on screen.
 *
 * @param language - of the warnings
 */
export function createStrengthMeasure(language: Language): StrengthMeasure {
  const meter = new ZxcvbnFactory({
    dictionary: { ...common.dictionary, ...en.dictionary, ...de.dictionary },
    graphs: common.adjacencyGraphs,
    translations: words[language].translations,
  })
  return (password, ownWords) => {
    const { score, feedback } = meter.check(password.slice(0, measuredLength), [...ownWords])
    return { score, warning: feedback.warning }
  }
}
