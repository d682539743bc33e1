import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Proof, WrittenCode } from '../../src/contract/methods.ts'
import {
  groupWritten,
  isWrittenCode,
  normaliseWritten,
  withCheckCharacter,
  writtenAlphabet,
} from '../../src/contract/written-code.ts'
import { randomWrittenCode } from '../../src/sealing/random.ts'

const letter = fc.constantFrom(...writtenAlphabet)
const bodies = fc.array(letter, { minLength: 14, maxLength: 14 }).map((letters) => letters.join(''))

describe('what cannot be a code is refused before anybody is asked', () => {
  it.each([
    ['nothing', ''],
    ['six digits', '123456'],
    ['one character too few', withCheckCharacter('0123456789ABC')],
    ['one too many', withCheckCharacter('0123456789ABCDE')],
    ['a letter that is not in the alphabet', `U${withCheckCharacter('0123456789ABCD').slice(1)}`],
    ['letters of another script', 'АВСЕНКМОРТХУ123'],
    ['a thousand characters', '0'.repeat(1000)],
  ])('%s', (_, typed) => {
    expect(WrittenCode.safeParse(typed).success).toBe(false)
  })

  it('one wrong character, whichever it is', () => {
    fc.assert(
      fc.property(bodies, fc.nat(14), letter, (body, position, wrong) => {
        const code = withCheckCharacter(body)
        fc.pre(code[position] !== wrong)
        const mistyped = code.slice(0, position) + wrong + code.slice(position + 1)
        expect(isWrittenCode(mistyped)).toBe(false)
      }),
    )
  })

  it('two neighbours that changed places, but for 0 and Z', () => {
    fc.assert(
      fc.property(bodies, fc.nat(13), (body, position) => {
        const code = withCheckCharacter(body)
        const [one = '', other = ''] = code.slice(position, position + 2)
        fc.pre(one !== other && !(`0Z`.includes(one) && `0Z`.includes(other)))
        const swapped = code.slice(0, position) + other + one + code.slice(position + 2)
        expect(isWrittenCode(swapped)).toBe(false)
      }),
    )
  })
})

describe('what is accepted', () => {
  it('every code that we make, as it is printed', () => {
    for (let position = 0; position < 10; position += 1) {
      const code = randomWrittenCode(String(position))
      expect(code[0]).toBe(String(position))
      expect(groupWritten(code)).toMatch(/^[0-9A-HJKMNP-TV-Z]{5}(-[0-9A-HJKMNP-TV-Z]{5}){2}$/)
      expect(WrittenCode.parse(groupWritten(code))).toBe(code)
    }
  })

  it('in every spelling of people: case, spaces, dashes, O for 0, I and l for 1', () => {
    fc.assert(
      fc.property(bodies, fc.infiniteStream(fc.nat(5)), (body, choices) => {
        const code = withCheckCharacter(body)
        const typed = [...groupWritten(code)].map((character) => {
          const { value: choice } = choices.next()
          if (character === '-') return ['-', ' ', '–', '', ' - ', '‐'][choice]
          if (character === '0') return ['0', 'O', 'o', '0', 'O', 'o'][choice]
          if (character === '1') return ['1', 'I', 'i', 'l', 'L', '1'][choice]
          return choice % 2 === 0 ? character : character.toLowerCase()
        })
        expect(normaliseWritten(`  ${typed.join('')} `)).toBe(code)
        expect(Proof.parse({ kind: 'temporaryPass', code: typed.join('') })).toEqual({
          kind: 'temporaryPass',
          code,
        })
      }),
    )
  })
})

it('is different each time, in every place but the first', () => {
  const codes = Array.from({ length: 2000 }, () => randomWrittenCode('3'))
  expect(new Set(codes).size).toBe(codes.length)
  for (let position = 1; position < 15; position += 1) {
    expect(new Set(codes.map((code) => code[position])).size).toBe(32)
  }
})
