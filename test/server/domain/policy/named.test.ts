import { expect, test } from 'vitest'
import { nameOf } from '../../../../src/server/domain/distinguished-name.ts'
import { checkNamed, namedIn } from '../../../../src/server/domain/policy/named.ts'
import { documentOf, groupsNamed, sid } from './documents.ts'

const ou = 'OU=Finance,DC=corp'
const document = documentOf({
  rules: [{ scope: { ...groupsNamed(sid(7), sid(8)), ous: [ou] } }],
  privileged: [sid(9)],
})
const inOrder = [
  [sid(7), [`Group ${sid(7)}`]],
  [sid(8), ['CN=Other,DC=corp', `group ${sid(8)}`]],
  [sid(9), [sid(9)]],
  [ou, [ou]],
] as const
const check = (...changes: readonly (readonly [string, readonly string[] | null])[]) => {
  const { problems, warnings } = checkNamed(document, new Map([...inOrder, ...changes]))
  return { problems: problems.map(({ path }) => path), warnings: warnings.map(({ path }) => path) }
}

test('everything that is named is looked for, once', () => {
  expect(namedIn(document)).toEqual({ sids: [sid(7), sid(8), sid(9)], ous: [ou] })
})

test('what is not there is a problem, for a rule and for the floor', () => {
  expect(check([sid(8), null], [ou, null], [sid(9), null])).toEqual({
    problems: ['rules.0.scope.groups.1', 'rules.0.scope.ous.0', 'privileged.groups.0'],
    warnings: [],
  })
})

test('what is called otherwise is to be looked at, whatever its case', () => {
  expect(check()).toEqual({ problems: [], warnings: [] })
  expect(check([sid(7), ['CN=Sales,DC=corp', 'Sales']])).toEqual({
    problems: [],
    warnings: ['rules.0.scope.groups.0'],
  })
})

test('the domain before the name makes no difference', () => {
  const scope = { groups: [{ sid: sid(7), name: 'CORP\\Finance' }] }
  const named = new Map([[sid(7), ['CN=Finance,DC=corp', 'Finance']]])
  expect(checkNamed(documentOf({ rules: [{ scope }] }), named).warnings).toEqual([])
})

test('a letter of one character is the same as one of two, in names of containers', () => {
  expect(nameOf('OU=Mu\u0308nchen,DC=corp')).toBe(nameOf('OU=M\u00fcnchen,DC=corp'))
})
