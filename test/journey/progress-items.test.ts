import { expect, it } from 'vitest'
import { progressItems } from '../../src/journey/progress-items.ts'

const marks = { done: '✓', current: '→', waiting: '·' }
const shown = (...args: Parameters<typeof progressItems>) =>
  progressItems(...args).map(({ step, state }) => `${marks[state]} ${step}`)

it('begins with the first line before anything is reported', () => {
  expect(shown('direct', [])).toEqual(['→ preparing_account', '· setting_password', '· confirming'])
})

it('takes what was passed over as done', () => {
  expect(shown('direct', ['setting_password'])).toEqual([
    '✓ preparing_account',
    '→ setting_password',
    '· confirming',
  ])
})

it('puts what nobody expected where it happened', () => {
  expect(shown('prepare-reset', ['finding_controller', 'planning', 'connecting'])).toEqual([
    '✓ finding_controller',
    '✓ planning',
    '→ connecting',
  ])
  expect(shown('direct', ['planning', 'connecting', 'preparing_account'])).toEqual([
    '✓ planning',
    '✓ connecting',
    '→ preparing_account',
    '· setting_password',
    '· confirming',
  ])
})

it('shows one line for the short ways', () => {
  expect(shown('unlock', ['unlocking'])).toEqual(['→ unlocking'])
  expect(shown('prepare-unlock', ['planning'])).toEqual(['→ planning'])
  expect(shown('relay', ['setting_password'])).toEqual(['→ setting_password'])
})
