import { expect, it } from 'vitest'
import { portalGerman } from '../../src/portal/words/de.ts'
import { portalEnglish } from '../../src/portal/words/en.ts'

/** Every text with its key, e.g. `home.ready.title`. */
function textsOf(texts: object, path = ''): [key: string, text: string][] {
  return Object.entries(texts).flatMap(([key, value]): [string, string][] =>
    typeof value === 'string' ? [[`${path}${key}`, value]] : textsOf(value, `${path}${key}.`),
  )
}

const german = new Map(textsOf(portalGerman))
const holes = (text: string) => [...text.matchAll(/\{\{(\w+)\}\}/g)].map(([, name]) => name).sort()

it('every German text has the holes of its English twin', () => {
  const differing = textsOf(portalEnglish).filter(([key, english]) => {
    const translated = german.get(key) ?? ''
    return translated === '' || holes(translated).join() !== holes(english).join()
  })
  expect(differing).toEqual([])
  expect(german.size).toBe(textsOf(portalEnglish).length)
})
