import { expect, test } from 'vitest'
import { unbrokenNumbers } from '../../src/ui/unbroken-numbers.ts'

/** Shows where a line may break. */
const pieces = (line: string) => unbrokenNumbers(line).split(' ')

test('words still break', () => {
  expect(pieces('Helpdesk: call us')).toEqual(['Helpdesk:', 'call', 'us'])
  expect(pieces('from 7 to 19')).toEqual(['from', '7', 'to', '19'])
  expect(pieces('')).toEqual([''])
})

test.each(['+49 30 1234 567', '+49 (0) 30 1234', '030 / 1234', '0800 - 12 34'])(
  '%s stays in one piece',
  (number) => {
    expect(pieces(`Helpdesk: ${number}, all day`)).toHaveLength(4)
  },
)
