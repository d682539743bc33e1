import fc from 'fast-check'
import {
  AndFilter,
  BerReader,
  BerWriter,
  EqualityFilter,
  type Filter,
  FilterParser,
  OrFilter,
} from 'ldapts'
import { expect, test } from 'vitest'
import { userFilter } from '../../src/directory/find-user.ts'

const domains = ['CORP', 'corp.example.com']

/** What a server would read: the filter is written as it goes over the wire, and parsed again. */
function onTheWire(name: string): Filter {
  const writer = new BerWriter()
  userFilter(name, domains).write(writer)
  return FilterParser.parse(new BerReader(writer.buffer))
}

/** The tests on the name alone, as attribute and value, whatever they are wrapped in. */
function nameTests(name: string): [string, string][] {
  const filter = onTheWire(name)
  if (!(filter instanceof AndFilter)) throw new Error('not an AND')
  const [category, objectClass, byName, ...more] = filter.filters
  expect(more).toEqual([])
  expect(category).toMatchObject({ attribute: 'objectcategory', value: 'person' })
  expect(objectClass).toMatchObject({ attribute: 'objectclass', value: 'user' })
  const tests = byName instanceof OrFilter ? byName.filters : [byName]
  return tests.map((each) => {
    if (!(each instanceof EqualityFilter)) throw new Error('not an equality test')
    return [each.attribute, String(each.value)]
  })
}

const nobody: [string, string][] = [['samaccountname', '\\']]

test.each([
  ['nothing', ''],
  ['a name that is too long', 'x'.repeat(257)],
  ['NUL', 'administrator\0'],
  ['a line break', 'ada\n'],
  ['another domain', 'OTHER\\ada'],
  ['no domain', '\\ada'],
])('looks for nobody when there is %s', (_, name) => {
  expect(nameTests(name)).toEqual(nobody)
})

test.each([
  ['ada', [['samaccountname', 'ada']]],
  ['CORP\\ada', [['samaccountname', 'ada']]],
  ['corp\\ada', [['samaccountname', 'ada']]],
  ['corp.EXAMPLE.com\\ada', [['samaccountname', 'ada']]],
  [
    'ada@example.org',
    [
      ['userprincipalname', 'ada@example.org'],
      ['mail', 'ada@example.org'],
    ],
  ],
  [
    'ada@Corp.Example.Com',
    [
      ['userprincipalname', 'ada@Corp.Example.Com'],
      ['mail', 'ada@Corp.Example.Com'],
      ['samaccountname', 'ada'],
    ],
  ],
])('reads %s', (name, tests) => {
  expect(nameTests(name)).toEqual(tests)
})

test('no name can become anything but the value of an equality test', () => {
  const hostile = fc.stringMatching(/^[()*\\|&!=<>~/:;,#"@ \w]{1,60}$/)
  const anything = fc.oneof(hostile, fc.string({ unit: 'binary', maxLength: 60 }))
  fc.assert(
    fc.property(anything, (name) => {
      for (const [attribute, value] of nameTests(name)) {
        expect(['samaccountname', 'userprincipalname', 'mail']).toContain(attribute)
        expect(value === '\\' || name.endsWith(value) || name.startsWith(value)).toBe(true)
      }
    }),
    { numRuns: 1000 },
  )
})
