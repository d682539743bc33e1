import { describe, expect, test } from 'vitest'
import { remainingProofs } from '../../../../src/contract/proofs.ts'
import {
  barrierOf,
  type Circumstances,
  decide,
} from '../../../../src/server/domain/policy/decide.ts'
import { documentOf, groupsNamed, monday, personIn, sid, usual } from './documents.ts'

const ous = (...names: string[]) => ({ scope: { ous: names } })
const groups = (...numbers: number[]) => ({ scope: groupsNamed(...numbers.map(sid)) })
const ruleOf = (document: ReturnType<typeof documentOf>, person = personIn([])) =>
  decide(document, person).rule.id

describe('nobody gets through', () => {
  const barrier = (rule: Record<string, unknown>, change: Partial<Circumstances> = {}) =>
    barrierOf(decide(documentOf({ everyone: rule }), personIn([])), { ...usual, ...change })

  test('while the rule is switched off', () => {
    expect(barrier({ enabled: false })).toBe('not_enabled')
  })

  test('for a purpose that the rule does not allow', () => {
    expect(barrier({ purposes: ['unlock'] })).toBe('purpose_not_allowed')
    expect(barrier({ purposes: ['unlock'] }, { purpose: 'unlock' })).toBeNull()
  })

  test('from a workstation that is not registered, when the rule asks for one', () => {
    expect(barrier({ knownDevice: true })).toBe('unknown_device')
    expect(barrier({ knownDevice: true }, { isDeviceKnown: true })).toBeNull()
  })

  test.each([
    ['10.1.2.3', ['10.1.0.0/16'], null],
    ['10.2.2.3', ['10.1.0.0/16'], 'not_here'],
    ['10.2.2.3', ['10.1.0.0/16', '10.2.2.3'], null],
    ['::ffff:10.1.2.3', ['10.1.0.0/16'], null],
    ['10.1.2.3', ['::ffff:10.1.0.0/112'], 'not_here'],
    ['10.1.2.3', ['::/0'], 'not_here'],
    ['2001:db8::1', ['0.0.0.0/0'], 'not_here'],
    ['2001:db8:0:1::9', ['2001:db8::/32'], null],
    ['2001:db9::9', ['2001:db8::/32'], 'not_here'],
    ['fe80::1%eth0', ['fe80::/10'], null],
    ['unknown', ['0.0.0.0/0', '::/0'], 'not_here'],
    ['10.1.2.3', ['nonsense'], 'not_here'],
    ['10.1.2.3', [], null],
  ] as const)('from %s with %s: %s', (address, networks, expected) => {
    expect(barrier({ networks }, { address })).toBe(expected)
  })

  const hour = 3_600_000
  const office = { days: ['mon', 'tue'], from: '08:00', to: '18:00', timeZone: 'Europe/Berlin' }
  const night = { days: ['sun'], from: '22:00', to: '06:00', timeZone: 'Europe/Berlin' }
  // Monday 10:00 in Berlin, and so many hours later.
  test.each([
    [office, 0, null],
    [office, -3, 'not_now'],
    [office, 7.99, null],
    [office, 8, 'not_now'],
    [office, 24, null],
    [office, 48, 'not_now'],
    [{ ...office, timeZone: 'America/New_York' }, 0, 'not_now'],
    [{ ...office, timeZone: 'Nowhere/AtAll' }, 0, 'not_now'],
    [{ ...office, timeZone: '+01:00' }, 0, 'not_now'],
    [{ ...office, from: '00:00', to: '24:00' }, 13.9, null],
    // From Sunday 22:00 into Monday, which is not among the days itself.
    [night, -4.1, null],
    [night, -4, 'not_now'],
    [night, -12, null],
    [night, -12.1, 'not_now'],
    [night, 12, 'not_now'],
  ] as const)('with %j after %d hours: %s', (hours, later, expected) => {
    expect(barrier({ hours }, { at: monday + later * hour })).toBe(expected)
  })

  test('an hour that summer time skips or repeats does no harm', () => {
    const hours = { days: ['sun'], from: '02:30', to: '03:30', timeZone: 'Europe/Berlin' }
    const at = (time: string) => barrier({ hours }, { at: Date.parse(time) })
    // 29 March 2026: 02:00 becomes 03:00. 25 October: 03:00 becomes 02:00.
    expect([at('2026-03-29T00:45:00Z'), at('2026-03-29T01:15:00Z')]).toEqual(['not_now', null])
    expect([at('2026-10-25T00:45:00Z'), at('2026-10-25T01:45:00Z')]).toEqual([null, null])
  })
})

describe('the rule of a person', () => {
  test('is the one for everybody when no other names them', () => {
    expect(ruleOf(documentOf({ rules: [{ ...groups(7) }, { ...ous('OU=Other,DC=corp') }] }))).toBe(
      'everyone',
    )
  })

  test('by a group comes before one by an OU, however near', () => {
    const document = documentOf({ rules: [{ ...ous('OU=Staff,DC=corp') }, { ...groups(7) }] })
    expect(ruleOf(document, personIn([7]))).toBe('rule-1')
    expect(ruleOf(document, personIn([8]))).toBe('rule-0')
  })

  test('by a group is the first one in the file', () => {
    const document = documentOf({ rules: [{ ...groups(8) }, { ...groups(7) }] })
    expect(ruleOf(document, personIn([7, 8]))).toBe('rule-0')
    expect(ruleOf(document, personIn([8, 7]))).toBe('rule-0')
    expect(ruleOf(document, personIn([7]))).toBe('rule-1')
  })

  test('by an OU is the nearest one, however it is written', () => {
    const document = documentOf({
      rules: [
        { ...ous('DC=corp') },
        { ...ous('ou=staff\\2C west, dc=CORP') },
        { ...ous('OU=North,OU=Staff\\, West,DC=corp') },
      ],
    })
    const at = (dn: string) => ruleOf(document, personIn([], dn))
    expect(at('CN=Ada,OU=Other,DC=corp')).toBe('rule-0')
    expect(at('CN=Ada,OU=Staff\\, West,DC=corp')).toBe('rule-1')
    expect(at('CN=Ada,OU=Deep,OU=North,OU=Staff\\2c West,DC=corp')).toBe('rule-2')
    // The entry itself is not below itself.
    expect(at('OU=North,OU=Staff\\, West,DC=corp')).toBe('rule-1')
  })
})

describe('privileged people', () => {
  const document = documentOf({
    everyone: {
      methods: ['totp', 'passkey', 'email'],
      ...{ required: 1, passkeyCountsAsTwo: true },
    },
    privileged: [sid(99)],
  })

  test('prove two methods, one of them resistant to phishing, whatever the rule says', () => {
    const asked = decide(document, personIn([99]))
    expect(remainingProofs(['totp', 'email'], asked)).toBe(1)
    expect(remainingProofs(['passkey'], asked)).toBe(1)
    expect(remainingProofs(['passkey', 'email'], asked)).toBe(0)
    expect(remainingProofs(['totp'], decide(document, personIn([98])))).toBe(0)
  })

  test('prove more when the rule asks for more', () => {
    const strict = documentOf({
      everyone: { methods: ['totp', 'passkey', 'push'], required: 3 },
      privileged: [sid(99)],
    })
    expect(decide(strict, personIn([99])).required).toBe(3)
  })

  test('cannot get through when the rule allows nothing that resists phishing', () => {
    const asked = decide(documentOf({ privileged: [sid(99)] }), personIn([99]))
    expect(remainingProofs(['totp', 'email'], asked)).toBe(1)
  })
})

test('what the person may not use counts as nothing', () => {
  const asked = decide(documentOf({ everyone: { methods: ['totp', 'email'] } }), personIn([]))
  expect(remainingProofs(['passkey', 'totp'], asked)).toBe(1)
  expect(remainingProofs(['passkey', 'email'], asked)).toBe(1)
  expect(remainingProofs(['totp', 'email'], asked)).toBe(0)
})

test('a passkey counts as two only where the rule says so', () => {
  const asked = (passkeyCountsAsTwo: boolean) =>
    decide(
      documentOf({
        everyone: { methods: ['passkey', 'securityKey', 'email'], passkeyCountsAsTwo },
      }),
      personIn([]),
    )
  expect(remainingProofs(['passkey'], asked(false))).toBe(1)
  expect(remainingProofs(['passkey'], asked(true))).toBe(0)
  expect(remainingProofs(['securityKey'], asked(true))).toBe(1)
})

test('methods are in order of strength, each once', () => {
  const document = documentOf({ everyone: { methods: ['email', 'totp', 'passkey', 'email'] } })
  expect(decide(document, personIn([])).methods).toEqual(['passkey', 'totp', 'email'])
})
