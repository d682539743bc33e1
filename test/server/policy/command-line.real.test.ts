import { writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Employee } from '../../../scripts/lab/employee.ts'
import { signInToPortal } from '../../../scripts/lab/portal-client.ts'
import { openStack, type Stack } from '../../helpers/stack.ts'
import { createGroup, createOu, type LabGroup } from './world.ts'

// `latchkey-server policy …`, as IT types it, against a running backend and a real directory.

let stack: Stack
let ou: string
let person: Employee
let other: Employee
let group: LabGroup

beforeAll(async () => {
  stack = await openStack({ sections: { policy: { methods: ['totp', 'email'] } } })
  ou = await createOu(stack.lab)
  ;[person, other] = await Promise.all([stack.hire({ parent: ou }), stack.hire({ parent: ou })])
  const inner = await createGroup(stack.lab, [person.dn])
  group = await createGroup(stack.lab, [inner.dn])
}, 120_000)

afterAll(() => stack?.stop())

const policy = (...args: string[]) => stack.backend.cli('policy', ...args)

/** A file beside the configuration. */
function write(name: string, content: unknown): string {
  const file = join(dirname(stack.backend.configFile), name)
  const text = typeof content === 'string' ? content : JSON.stringify(content)
  writeFileSync(file, text)
  return file
}

const sound = () => ({
  everyone: { methods: ['totp', 'email'] },
  rules: [
    {
      ...{ id: 'finance', name: 'Finance', scope: group.scope },
      ...{ methods: ['passkey', 'totp', 'email'], strength: 'phishing-resistant' },
      networks: ['10.0.0.0/8'],
    },
  ],
})

test('is not applied while it names what the directory does not have, and says where', async () => {
  const [{ sid, name } = { sid: '', name: '' }] = group.scope.groups
  const unknown = `${sid}9`
  const [rule] = sound().rules
  const wrong = {
    ...sound(),
    rules: [
      { ...rule, scope: { groups: [{ sid: unknown, name }], ous: [`OU=Nowhere,${ou}`] } },
      {
        ...rule,
        id: 'no-name',
        name: 'No name',
        scope: { ous: ['OU=Nowhere,DC=other,DC=example'] },
      },
    ],
    privileged: {
      groups: [
        { sid: unknown, name: 'Admins' },
        { sid, name: 'Another name' },
      ],
    },
  }
  const refused = await policy('apply', write('wrong.json', wrong), '--reason', 'a slip')
  expect(refused.code).toBe(1)
  const said = refused.output
  expect(said).toContain(`rules.0.scope.groups.0: The directory has no group ${unknown}`)
  expect(said).toContain('rules.0.scope.ous.0: The directory has no container OU=Nowhere')
  expect(said).toContain('rules.1.scope.ous.0: The directory has no container OU=Nowhere,DC=other')
  expect(said).toContain('privileged.groups.0: The directory has no group')
  expect(said).toContain(`privileged.groups.1: ${sid} is not called Another name`)
  expect(JSON.parse((await policy('history', '--json')).output)).toEqual([])
  const preview = await policy('preview', write('wrong.json', wrong))
  expect(preview.code).toBe(0)
  expect(preview.output).toContain('rules.0.scope.ous.0: The directory has no container OU=Nowhere')
})

test('a preview counts the people of the directory, and explains its answer for one', async () => {
  const file = write('policy.json', sound())

  // What is to be looked at is said on standard error: no proxy is configured here.
  const { output } = await policy('preview', file, '--json')
  const preview = JSON.parse(output.slice(output.indexOf('{')))
  expect(preview).toMatchObject({ comparedWith: 0, gaining: [] })
  // Somebody with a code and a mailbox, and now in need of a passkey.
  expect(preview.affected).toEqual([person.account])
  expect(preview.losing).toEqual([person.account])
  expect(preview.byRule).toContainEqual({ name: 'Finance', people: 1 })
  expect(preview.people).toBeGreaterThanOrEqual(2)
  const applied = await policy('apply', file, '--reason', 'Finance needs passkeys')
  expect(applied).toMatchObject({ code: 0 })

  const { output: explained } = await policy('explain', person.account, '--address', '192.0.2.1')
  expect(explained).toContain('"Finance" applies')
  expect(explained).toContain(group.scope.groups[0]?.name)
  expect(explained).toContain('resistant to phishing')
  expect(explained).toContain('The address is in none of the networks of the rule.')
  expect(explained).toContain('Too few methods are set up: 1 more')
  const unaffected = await policy('explain', other.account)
  expect(unaffected.output).toContain('The rule for everyone applies')
  expect(unaffected.output).toContain('not "Finance": names neither')
  expect((await policy('explain', 'no-such-person')).code).toBe(1)
  const shown = await stack.backend.cli('user', 'show', person.account)
  expect(shown.output).toContain('Rule: Finance')
  expect(shown.output).toContain('Could recover now: no, too few methods are set up')
})

test('the running server follows within seconds, and doctor looks at what holds', async () => {
  const { account, password } = person
  const portal = await signInToPortal(stack.backend.origin, stack.lab.caPem, { account, password })
  const kinds = async () => (await portal.call('GET', '/me/methods')) as { kinds: string[] }
  await expect.poll(kinds, { timeout: 5_000 }).toMatchObject({
    ...{ kinds: ['passkey', 'totp', 'email'], strength: 'phishing-resistant' },
    recoverable: false,
  })
  const { output } = await stack.backend.cli('doctor')
  expect(output).toMatch(/ok {4}policy: version 1, one rule besides the one for everyone/)
})
