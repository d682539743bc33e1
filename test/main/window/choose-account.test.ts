import { expect, it } from 'vitest'
import { chooseAccount } from '../../../src/main/window/choose-account.ts'

const accounts = [
  { credentialId: 'one', name: 'ada.admin' },
  { credentialId: 'two', name: 'Ada' },
  { credentialId: 'three' },
]

it('chooses nothing where there is nothing', () => {
  expect(chooseAccount([], 'ada')).toBeNull()
})

it.each(['ada', ' ADA ', 'CORP\\ada', 'ada@corp.example.com'])('finds %j by its name', (typed) => {
  expect(chooseAccount(accounts, typed)).toBe('two')
})

it('takes a name as a whole', () => {
  expect(chooseAccount(accounts, 'ada.admin')).toBe('one')
  expect(chooseAccount(accounts.slice(1), 'ada.ad')).toBe('two')
})

it('takes the first where no name fits', () => {
  expect(chooseAccount(accounts, 'a.lovelace@example.com')).toBe('one')
  expect(chooseAccount(accounts, '')).toBe('one')
})
