import { expect, test } from 'vitest'
import { createDoubts } from '../../../src/main/recovery/doubts.ts'

test('one password in doubt is no doubt about itself', () => {
  const doubts = createDoubts()
  expect(doubts.include('one')).toBe(false)
  expect(doubts.includeAnother('one')).toBe(false)
  doubts.add('one')
  expect(doubts.include('one')).toBe(true)
  expect(doubts.includeAnother('one')).toBe(false)
  expect(doubts.include('two')).toBe(false)
  expect(doubts.includeAnother('two')).toBe(true)
})

test('two in doubt are a doubt about each, until something else is certain', () => {
  const doubts = createDoubts()
  doubts.add('one')
  doubts.add('two')
  expect(doubts.includeAnother('one')).toBe(true)
  expect(doubts.includeAnother('two')).toBe(true)
  doubts.clear()
  expect(doubts.include('one')).toBe(false)
  expect(doubts.includeAnother('three')).toBe(false)
})
