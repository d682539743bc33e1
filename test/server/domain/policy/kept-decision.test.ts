import { expect, test } from 'vitest'
import { strictestBreachedRule } from '../../../../src/server/domain/policy/breached-rule.ts'
import { defaultDocument } from '../../../../src/server/domain/policy/default-document.ts'
import {
  keepDecision,
  mayUse,
  offeredToAll,
} from '../../../../src/server/domain/policy/kept-decision.ts'
import { documentOf, groupsNamed, personIn, sid } from './documents.ts'

test('nobody may use anything while nothing was decided about them', () => {
  expect(mayUse(null, 'totp')).toBe(false)
  // As a recovery that was begun before an update.
  expect(mayUse({}, 'totp')).toBe(false)
})

test('what is kept is what was decided, and nothing of what is asked anew later', () => {
  const scope = groupsNamed(sid(7))
  const rule = { id: 'it', scope, methods: ['email', 'totp'], networks: ['10.0.0.0/8'] }
  const kept = keepDecision({ version: 3, document: documentOf({ rules: [rule] }) }, personIn([7]))
  expect(kept).toEqual({
    ...{ version: 3, rule: 'it', methods: ['totp', 'email'], required: 2, strength: 'strong' },
    ...{ passkeyCountsAsTwo: false, allowDirectoryMailbox: false, allowDirectoryPhone: false },
  })
  expect(mayUse({ decision: kept }, 'totp')).toBe(true)
  expect(mayUse({ decision: kept }, 'sms')).toBe(false)
})

test('everybody is offered what any rule allows that is switched on, the safest first', () => {
  const document = documentOf({
    everyone: { methods: ['email', 'totp'], required: 2 },
    rules: [
      { scope: groupsNamed(sid(7)), methods: ['passkey', 'email'], required: 1 },
      { scope: groupsNamed(sid(8)), methods: ['sms', 'push'], enabled: false },
    ],
  })
  expect(offeredToAll(document)).toEqual({ kinds: ['passkey', 'totp', 'email'], required: 2 })
})

test('the list of leaked passwords is needed as soon as one rule refuses them', () => {
  const breachedIn = (everyone: string, rule: string, enabled = true) =>
    strictestBreachedRule(
      documentOf({
        everyone: { password: { breached: everyone } },
        rules: [{ scope: groupsNamed(sid(7)), password: { breached: rule }, enabled }],
      }),
    )
  expect(breachedIn('off', 'refuse')).toBe('refuse')
  expect(breachedIn('warn', 'off')).toBe('warn')
  expect(breachedIn('off', 'refuse', false)).toBe('off')
})

test('what the configuration says becomes the rule for everybody', () => {
  const aaguid = 'cb69481e-8ff7-4039-93ec-0a2729a154a8'
  const document = defaultDocument({
    ...{ required: 1, methods: ['totp'], minLength: 9, bannedWords: ['contoso'] },
    ...{ breached: 'warn', allowDirectoryMailbox: true, allowDirectoryPhone: false },
    ...{ allowNeverExpiring: true, allowedAaguids: [aaguid] },
  })
  expect(document).toMatchObject({ rules: [], privileged: { groups: [] } })
  expect(document.everyone).toMatchObject({
    ...{ enabled: true, purposes: ['reset', 'unlock'], methods: ['totp'], required: 1 },
    ...{ allowDirectoryMailbox: true, allowDirectoryPhone: false, allowNeverExpiring: true },
    ...{ allowedAaguids: [aaguid], networks: [], hours: null },
    password: { minLength: 9, bannedWords: ['contoso'], breached: 'warn' },
  })
})
