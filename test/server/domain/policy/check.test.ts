import { describe, expect, test } from 'vitest'
import { methodKinds } from '../../../../src/contract/method-kinds.ts'
import {
  type Abilities,
  checkPolicy,
  readPolicy,
} from '../../../../src/server/domain/policy/check.ts'
import { diff } from '../../../../src/server/domain/policy/diff.ts'
import { documentOf, groupsNamed, sid } from './documents.ts'

const able: Abilities = { methods: methodKinds, knowsDevices: true }
const problemsOf = (draft: Parameters<typeof documentOf>[0], abilities = able) =>
  checkPolicy(documentOf(draft), abilities).problems.map(({ path }) => path)
const scoped = { scope: groupsNamed(sid(7)) }

describe('refuses', () => {
  test.each([
    ['everyone.methods', { methods: ['email', 'sms'] }],
    ['everyone.methods', { methods: ['email'], required: 1 }],
    ['everyone.methods', { strength: 'phishing-resistant' }],
    ['everyone.methods', { methods: ['totp', 'totp', 'email'] }],
    ['everyone.required', { required: 3 }],
    // Nobody can set up a pass.
    ['everyone.required', { methods: ['totp', 'temporaryPass'] }],
    ['everyone.required', { methods: ['passkey'] }],
    ['everyone.required', { methods: ['totp'], passkeyCountsAsTwo: true }],
    ['everyone.networks.1', { networks: ['10.0.0.0/8', '10.0.0/8'] }],
    ['everyone.networks.0', { networks: ['10.0.0.5/8'] }],
    ['everyone.networks.0', { networks: ['10.0.0.0/33'] }],
    ['everyone.networks.0', { networks: ['office'] }],
    [
      'everyone.hours',
      { hours: { days: ['mon'], from: '08:00', to: '18:00', timeZone: 'Europe/Atlantis' } },
    ],
    ['everyone.hours', { hours: { days: ['mon'], from: '08:00', to: '08:00', timeZone: 'UTC' } }],
  ])('%s in %j', (path, everyone) => {
    expect(problemsOf({ everyone })).toEqual([path])
    // The same holds for a rule with a scope.
    const rules = [{ ...scoped, ...everyone }]
    expect(problemsOf({ rules })).toEqual([path.replace('everyone', 'rules.0')])
  })

  test('a document of which nothing is switched on', () => {
    const { problems } = checkPolicy(documentOf({ everyone: { enabled: false } }), able)
    expect(problems).toEqual([
      {
        path: '',
        sentence: 'Every rule that is for anybody is switched off, so nobody could recover.',
      },
    ])
    expect(problemsOf({ everyone: { enabled: false }, rules: [scoped] })).toEqual([])
    const forNobody = { everyone: { enabled: false }, rules: [{ scope: {} }] }
    expect(problemsOf(forNobody)).toEqual(['', 'rules.0.scope'])
  })

  test('what this server cannot do', () => {
    const asked = { everyone: { methods: ['passkey', 'totp', 'sms'] } }
    expect(problemsOf(asked)).toEqual([])
    expect(problemsOf(asked, { ...able, methods: ['totp', 'email'] })).toEqual([
      'everyone.required',
    ])
    const device = { everyone: { knownDevice: true } }
    expect(problemsOf(device)).toEqual([])
    expect(problemsOf(device, { ...able, knowsDevices: false })).toEqual(['everyone.knownDevice'])
  })

  test('what is named twice, so that the order alone would decide', () => {
    const rules = [
      { id: 'one', name: 'One', scope: { ...groupsNamed(sid(7)), ous: ['OU=A,DC=corp'] } },
      { id: 'one', name: 'one', scope: { ...groupsNamed(sid(7)), ous: ['ou=a, dc=CORP'] } },
    ]
    expect(problemsOf({ rules })).toEqual([
      'rules.1.id',
      'rules.1.name',
      'rules.1.scope.groups.0',
      'rules.1.scope.ous.0',
    ])
  })

  test('a rule for nobody, and one that takes the name of the rule for everybody', () => {
    expect(problemsOf({ rules: [{ scope: {} }] })).toEqual(['rules.0.scope'])
    expect(problemsOf({ rules: [{ ...scoped, id: 'Everyone' }] })).toEqual(['rules.0.id'])
  })

  test('what is no policy at all, with every place at once', () => {
    const read = readPolicy({
      everyone: { methods: ['totp', 'question'], required: 0, methds: [] },
      rules: [{ id: 'a b', name: '', scope: { groups: [{ sid: 'S-1', name: 'x' }] } }],
    })
    expect(read.ok ? [] : read.error.map(({ path }) => path).sort()).toEqual([
      'everyone.methds',
      'everyone.methods.1',
      'everyone.required',
      'rules.0.id',
      'rules.0.methods',
      'rules.0.name',
      'rules.0.scope.groups.0.sid',
    ])
    expect(readPolicy(null).ok).toBe(false)
    expect(readPolicy({}).ok).toBe(false)
  })
})

test('says what may be applied, yet should be looked at', () => {
  const warn = (draft: Parameters<typeof documentOf>[0]) =>
    checkPolicy(documentOf(draft), able).warnings.map(({ path }) => path)
  expect(warn({})).toEqual([])
  expect(warn({ everyone: { required: 1 } })).toEqual(['everyone.required'])
  expect(warn({ everyone: { allowDirectoryMailbox: true } })).toEqual([
    'everyone.allowDirectoryMailbox',
  ])
  expect(warn({ everyone: { allowDirectoryPhone: true, passkeyCountsAsTwo: true } })).toEqual([
    'everyone.allowDirectoryPhone',
    'everyone.passkeyCountsAsTwo',
  ])
  expect(warn({ everyone: { networks: ['0.0.0.0/0'] } })).toEqual(['everyone.networks'])
  const halves = ['0.0.0.0/1', '128.0.0.0/2', '192.0.0.0/2', '192.0.2.0/24']
  expect(warn({ everyone: { networks: halves } })).toEqual(['everyone.networks'])
  expect(warn({ everyone: { networks: halves.slice(1) } })).toEqual([])
  expect(warn({ everyone: { networks: ['::/1', '8000::/1'] } })).toEqual(['everyone.networks'])
  // Whom the floor would keep out.
  expect(warn({ privileged: [sid(99)] })).toEqual(['everyone.methods'])
  expect(warn({ everyone: { methods: ['passkey', 'totp'] }, privileged: [sid(99)] })).toEqual([])
})

test('says where networks mean nothing, for want of a proxy that says who asks', () => {
  const document = documentOf({ rules: [{ ...scoped, networks: ['10.0.0.0/8'] }] })
  const warn = (trustedProxies: string[]) =>
    checkPolicy(document, { ...able, trustedProxies }).warnings.map(({ path }) => path)
  expect(warn([])).toEqual(['rules.0.networks'])
  expect(warn(['10.0.0.5'])).toEqual([])
})

test('only warns of the methods of a rule that is off', () => {
  const off = { ...scoped, enabled: false, required: 3 }
  const { problems, warnings } = checkPolicy(documentOf({ rules: [off] }), able)
  expect(problems).toEqual([])
  expect(warnings).toMatchObject([
    { path: 'rules.0.required', sentence: expect.stringContaining('Once the rule is switched on') },
  ])
})

test.each([
  ['minLength', { minLength: 20 }],
  ['bannedWords', { bannedWords: ['Tiger'] }],
])('says where a rule asks less of passwords than everybody’s: %s', (what, password) => {
  const warn = (own: object) =>
    checkPolicy(documentOf({ everyone: { password }, rules: [{ ...scoped, ...own }] }), able)
      .warnings
  expect(warn({})).toMatchObject([
    { path: 'rules.0.password', sentence: expect.stringContaining(what) },
  ])
  expect(warn({ password })).toEqual([])
  expect(warn({ enabled: false })).toEqual([])
})

test('a difference is told in words', () => {
  const before = documentOf({
    rules: [
      { ...scoped, id: 'sales', name: 'Sales' },
      { scope: { ous: ['OU=Old,DC=corp'] }, id: 'old', name: 'Old' },
    ],
  })
  const after = documentOf({
    everyone: { required: 1, networks: ['10.0.0.0/8'] },
    rules: [
      {
        scope: groupsNamed(sid(8)),
        id: 'sales',
        name: 'Sales staff',
        strength: 'phishing-resistant',
      },
      { scope: { ous: ['OU=New,DC=corp'] }, id: 'new', name: 'New' },
    ],
    privileged: [sid(99)],
  })
  expect(diff(before, before)).toEqual([])
  expect(diff(before, after)).toEqual([
    'Everyone: "2 different methods have to be proven" becomes "One method is enough".',
    'Everyone: "From every network" becomes "From these networks alone: 10.0.0.0/8".',
    '"Old" is removed.',
    '"Sales" is now called "Sales staff".',
    '"Sales staff": the group Group S-1-5-21-1-2-3-8 (S-1-5-21-1-2-3-8) is added.',
    '"Sales staff": the group Group S-1-5-21-1-2-3-7 (S-1-5-21-1-2-3-7) is removed.',
    '"Sales staff": "At least one of them is strong" becomes "At least one of them is resistant to phishing".',
    '"New" is new.',
    'Privileged: the group S-1-5-21-1-2-3-99 (S-1-5-21-1-2-3-99) is added.',
  ])
})
