import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { meetsRules } from '../../src/contract/password-checks.ts'
import {
  drawSecurely,
  loadWords,
  makePassphrase,
  passphraseWords,
} from '../../src/journey/password/passphrase.ts'
import { languages } from '../../src/ui/i18n.ts'
import { rules } from './scripted-bridge.ts'

const lists = await Promise.all(
  languages.map(async (language) => [language, await loadWords(language)] as const),
)

describe('rules that cannot be met', () => {
  it('give no passphrase instead of one that would be refused', () => {
    expect(makePassphrase(['martin'], rules)).toBeNull()
    expect(makePassphrase(['anchor'], { ...rules, minLength: 300 })).toBeNull()
  })
})

describe.each(lists)('the %s words', (_, words) => {
  it('are 2,048, all different, short and plain', () => {
    expect(words).toHaveLength(2048)
    expect(new Set(words).size).toBe(2048)
    expect(words.filter((word) => !/^[a-z]{3,9}$/.test(word))).toEqual([])
  })

  it('make passphrases of at least 60 bits', () => {
    const bits = passphraseWords * Math.log2(words.length) + Math.log2(90)
    expect(bits).toBeGreaterThan(61)
  })

  it('make passphrases that meet every rule, however long', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 120 }), (minLength) => {
        const asked = { ...rules, minLength }
        const phrase = makePassphrase(words, asked) ?? ''
        expect(meetsRules(asked, phrase)).toBe(true)
        expect(phrase).toMatch(/^([A-Z][a-z]+-){5,}[1-9]\d$/)
      }),
      { numRuns: 200 },
    )
  })

  it('never make the same passphrase twice', () => {
    const phrases = Array.from({ length: 500 }, () => makePassphrase(words, rules))
    expect(new Set(phrases).size).toBe(500)
  })
})

describe('drawing', () => {
  it('reaches every number and favours none', () => {
    const draws = 60_000
    const counts = new Array<number>(6).fill(0)
    for (let index = 0; index < draws; index += 1) {
      const drawn = drawSecurely(6)
      counts[drawn] = (counts[drawn] ?? 0) + 1
    }
    const expected = draws / 6
    const chiSquared = counts.reduce((sum, one) => sum + (one - expected) ** 2 / expected, 0)
    // Five degrees of freedom: a fair generator exceeds this once in ten million runs.
    expect(chiSquared).toBeLessThan(41)
  })

  it('throws values of the incomplete last round away', () => {
    const values = [2 ** 32 - 1, 7]
    const original = crypto.getRandomValues
    crypto.getRandomValues = ((array: Uint32Array) => {
      array[0] = values.shift() ?? 0
      return array
    }) as typeof crypto.getRandomValues
    try {
      expect(drawSecurely(10)).toBe(7)
    } finally {
      crypto.getRandomValues = original
    }
  })
})
