import { describe, expect, it } from 'vitest'
import { localErrorCodes } from '../../src/contract/journey-bridge.ts'
import { ineligibleReasons, problemCodes, refusalReasons } from '../../src/contract/problems.ts'
import { journeyGerman } from '../../src/journey/words/de.ts'
import { journeyEnglish } from '../../src/journey/words/en.ts'
import { journeyTexts } from '../../src/journey/words/index.ts'
import { createTranslations, languages } from '../../src/ui/i18n.ts'
import { describeError } from '../../src/ui/problem.ts'
import { uiGerman } from '../../src/ui/words/de.ts'
import { uiEnglish } from '../../src/ui/words/en.ts'
import { errorsGerman } from '../../src/ui/words/errors-de.ts'
import { errorsEnglish } from '../../src/ui/words/errors-en.ts'

/** Every text with its key, e.g. `done.title`. */
function textsOf(texts: object, path = ''): [key: string, text: string][] {
  return Object.entries(texts).flatMap(([key, value]): [string, string][] =>
    typeof value === 'string' ? [[`${path}${key}`, value]] : textsOf(value, `${path}${key}.`),
  )
}
const holes = (text: string) => [...text.matchAll(/\{\{(\w+)\}\}/g)].map(([, name]) => name).sort()

describe.each([
  ['ui', uiEnglish, uiGerman],
  ['errors', errorsEnglish, errorsGerman],
  ['journey', journeyEnglish, journeyGerman],
])('the texts of %s', (_, english, german) => {
  const translated = new Map(textsOf(german))

  it('are all there in German, with the same holes', () => {
    const differing = textsOf(english).filter(([key, text]) => {
      const twin = translated.get(key) ?? ''
      return twin === '' || holes(twin).join() !== holes(text).join()
    })
    expect(differing).toEqual([])
    expect(translated.size).toBe(textsOf(english).length)
  })

  it('are translated, not copied', () => {
    const copied = textsOf(english).filter(([key, text]) => translated.get(key) === text)
    // Words that are the same in both.
    expect(copied.filter(([, text]) => !['Helpdesk', 'Passkey'].includes(text))).toEqual([])
  })

  it('use typographic quotes and no double spaces', () => {
    const sloppy = [...textsOf(english), ...textsOf(german)].filter(([, text]) =>
      /['"]|\w {2}|\.\.\./.test(text),
    )
    expect(sloppy).toEqual([])
  })
})

describe.each(languages)('an error in %s', (language) => {
  const t = createTranslations(language, journeyTexts).getFixedT(language, 'errors')

  it.each([...problemCodes, ...localErrorCodes])('%s has a title and says what to do', (code) => {
    const { title, text } = describeError(t, { code })
    expect(title).not.toContain('code.')
    expect(text).toMatch(/[.!]$/)
  })

  it('says why an account is not eligible', () => {
    const sentences = ineligibleReasons.map(
      (ineligible) => describeError(t, { code: 'account_not_eligible', ineligible }).title,
    )
    expect(new Set(sentences).size).toBe(ineligibleReasons.length)
  })

  it('says why a password was refused', () => {
    for (const reason of refusalReasons) expect(t(`refused.${reason}`)).toMatch(/\.$/)
  })

  it('promises nothing about what was changed', () => {
    const promises = [...problemCodes, ...localErrorCodes].filter((code) =>
      /nothing was changed|nichts wurde geändert/i.test(describeError(t, { code }).text),
    )
    expect(promises).toEqual([])
  })
})
