import { describe, expect, test } from 'vitest'
import { directoryError } from '../../src/directory/errors.ts'
import { explainRefusal } from '../../src/directory/explain-refusal.ts'
import type { PasswordRules } from '../../src/directory/password-rules.ts'

const rules: PasswordRules = {
  minLength: 7,
  complexity: true,
  historyLength: 24,
  minAgeSeconds: 86_400,
  maxAgeSeconds: 42 * 86_400,
  lockoutThreshold: 0,
  lockoutDurationSeconds: 1800,
  source: 'domain',
  certain: true,
}
const now = Date.parse('2026-11-23T10:00:00Z')
const windows = directoryError('password_refused', 'LDAP 53: 0000052D: SvcErr: DSID-031A12D2', {
  windowsError: 0x52d,
})
const person = { sAMAccountName: 'ada', displayName: 'Ada Lovelace', pwdLastSet: null, now }
const reasons = (password: string, more = {}, error = windows, with_ = rules) =>
  explainRefusal(error, with_, { ...person, password, ...more })

describe('when Windows says no more than 0000052D', () => {
  test.each([
    ['aB3#', ['too_short']],
    ['nothing but words', ['complexity']],
    ['abc', ['too_short', 'complexity']],
    ['Hello-LOVELACE-1', ['contains_name']],
    ['My-aDa-2026', ['contains_name']],
  ])('%j broke %j', (password, expected) => {
    expect(reasons(password)).toEqual(expected)
  })

  test('a password that was set less than the minimum age ago is too young', () => {
    expect(reasons('Correct-Horse-9', { pwdLastSet: now - 3_600_000 })).toEqual(['too_young'])
    expect(reasons('Correct-Horse-9', { pwdLastSet: now - 90_000_000 })).not.toContain('too_young')
  })

  test('what remains is the history, or a filter: it does not pretend to know', () => {
    expect(reasons('Correct-Horse-9')).toEqual(['history', 'unknown'])
    expect(reasons('Correct-Horse-9', {}, windows, { ...rules, historyLength: 0 })).toEqual([
      'unknown',
    ])
  })

  test('rules that are off are not blamed', () => {
    const loose = { ...rules, complexity: false, minLength: 0 }
    expect(reasons('ada', {}, windows, loose)).toEqual(['history', 'unknown'])
  })
})

test.each([
  [0x267, 'too_short'],
  [0x268, 'too_young'],
  [0x269, 'history'],
])('believes a controller that names the rule by error %i', (windowsError, reason) => {
  const named = directoryError('password_refused', 'LDAP 53', { windowsError })
  expect(reasons('Correct-Horse-9', {}, named)).toEqual([reason])
})

test.each([
  ['the password was already used (in history)!', 'history'],
  ['the password is too short.', 'too_short'],
  ['the password does not meet the complexity criteria!', 'complexity'],
  ['password is too young to change!', 'too_young'],
])('believes Samba, which says %j', (words, reason) => {
  const error = directoryError('password_refused', `LDAP 19: 0000052D: ${words}`)
  expect(reasons('Correct-Horse-9', {}, error)).toEqual([reason])
})
