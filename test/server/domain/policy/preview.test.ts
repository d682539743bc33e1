import { expect, test } from 'vitest'
import type { MethodKind } from '../../../../src/contract/method-kinds.ts'
import { decide } from '../../../../src/server/domain/policy/decide.ts'
import { type Previewed, preview } from '../../../../src/server/domain/policy/preview.ts'
import { couldRecover } from '../../../../src/server/domain/policy/standing.ts'
import { documentOf, groupsNamed, personIn, sid } from './documents.ts'

const somebody = (
  accountName: string,
  groups: number[],
  kinds: MethodKind[],
  more: Partial<Previewed> = {},
): Previewed => ({
  ...personIn(groups),
  ...{ accountName, kinds, mail: null, mobile: null, ineligible: null },
  ...more,
})

test('nobody could recover who is stopped anyway, whatever they have set up', () => {
  const could = (more: Partial<Previewed>, rule: Record<string, unknown> = {}) => {
    const person = somebody('ada', [], ['totp', 'email'], more)
    const decision = decide(documentOf({ everyone: rule }), person)
    return couldRecover(decision, person, person.ineligible)
  }
  expect(could({})).toBe(true)
  expect(could({ ineligible: 'protected' })).toBe(false)
  expect(could({ ineligible: 'password_never_expires' })).toBe(false)
  expect(could({ ineligible: 'password_never_expires' }, { allowNeverExpiring: true })).toBe(true)
  expect(could({ ineligible: 'disabled' }, { allowNeverExpiring: true })).toBe(false)
  expect(could({}, { enabled: false })).toBe(false)
  expect(could({ kinds: ['totp'] })).toBe(false)
})

test('what the directory knows counts where the rule allows it', () => {
  const could = (rule: Record<string, unknown>) => {
    const person = somebody('ada', [], ['totp'], { mail: 'ada@corp', mobile: '+491701234567' })
    const decision = decide(documentOf({ everyone: rule }), person)
    return couldRecover(decision, person, null)
  }
  expect(could({})).toBe(false)
  expect(could({ allowDirectoryMailbox: true })).toBe(true)
  expect(could({ allowDirectoryPhone: true })).toBe(false)
  expect(could({ allowDirectoryPhone: true, methods: ['totp', 'sms'] })).toBe(true)
})

test('a preview names who is affected, who would be shut out and who would be let in', () => {
  const people = [
    somebody('ada', [7], ['totp', 'email']),
    somebody('bob', [], ['totp', 'email']),
    somebody('cem', [7], ['passkey']),
    somebody('dea', [7], ['totp', 'email'], { ineligible: 'disabled' }),
  ]
  const scope = groupsNamed(sid(7))
  const before = documentOf({ rules: [{ id: 'same', name: 'Old', scope: groupsNamed(sid(8)) }] })
  const after = documentOf({
    rules: [
      {
        ...{ id: 'it', name: 'IT', scope, methods: ['passkey', 'email'], required: 1 },
        strength: 'phishing-resistant',
      },
      { id: 'nobody', name: 'Nobody', scope: groupsNamed(sid(9)) },
    ],
  })
  expect(preview(people, before, after)).toEqual({
    people: 4,
    affected: ['ada', 'cem', 'dea'],
    losing: ['ada'],
    gaining: ['cem'],
    byRule: [
      { name: 'Everyone', people: 1 },
      { name: 'IT', people: 3 },
      { name: 'Nobody', people: 0 },
    ],
  })
  // Another name for the same rule affects nobody.
  const renamed = documentOf({ rules: [{ id: 'x', name: 'New', scope }] })
  expect(preview(people, documentOf({ rules: [{ scope }] }), renamed).affected).toEqual([])
})
