import { rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Employee } from '../../../scripts/lab/employee.ts'
import { openStack, type Stack } from '../../helpers/stack.ts'
import { createGroup, createOu, type LabGroup } from './world.ts'

// `latchkey-server policy …`, as IT types it, against a running backend and a real directory.

let stack: Stack
let ou: string
let person: Employee
let other: Employee
let group: LabGroup

beforeAll(async () => {
  stack = await openStack()
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

test('a command line that is wrong says how it is to be', async () => {
  for (const args of [[], ['apply'], ['history', 'x'], ['rollback'], ['nonsense', 'x']]) {
    expect(await policy(...args)).toMatchObject({ code: 2 })
  }
  const file = write('sound.json', sound())
  expect(await policy('apply', file)).toMatchObject({ code: 2 })
  expect((await policy('apply', file, '--reason', ' ')).output).toContain('--reason')
  for (const wrong of [
    ['--address', 'x'],
    ['--at', 'soon'],
    ['--purpose', 'change'],
  ]) {
    expect(await policy('explain', person.account, ...wrong)).toMatchObject({ code: 2 })
  }
})

test('a file that is none, or that would keep people out, is not applied; every place is named', async () => {
  expect((await policy('check', '/no/such/file')).output).toContain('does not exist')
  expect((await policy('check', write('text.json', 'a policy'))).output).toContain('is not JSON')
  const shapeless = write('shapeless.json', { everyone: { methods: ['question'], requird: 2 } })
  const checked = await policy('check', shapeless)
  expect(checked.code).toBe(1)
  expect(checked.output).toContain('everyone.methods.0: Expected')
  expect(checked.output).toContain('everyone.requird: There is no such setting')
  const weak = { everyone: { methods: ['email'], required: 1 } }
  // No gateway for text messages is configured here.
  const withoutGateway = { everyone: { methods: ['totp', 'sms'] } }
  const unregistered = { everyone: { methods: ['totp', 'email'], knownDevice: true } }
  const cases = [
    ['everyone.methods', weak],
    ['everyone.required', withoutGateway],
    ['everyone.knownDevice', unregistered],
  ] as const
  for (const [path, document] of cases) {
    const file = write('unsound.json', document)
    for (const command of [
      ['check', file],
      ['preview', file],
      ['apply', file, '--reason', 'try'],
    ]) {
      const { code, output } = await policy(...command)
      expect(code).toBe(1)
      expect(output).toContain(`${path}: `)
    }
  }
  expect((await policy('history')).output).toContain('No policy was ever applied')
})

test('preview, apply, explain, export, history, rollback', { timeout: 180_000 }, async () => {
  const file = write('policy.json', sound())
  expect(await policy('check', file)).toMatchObject({ code: 0 })

  const preview = JSON.parse((await policy('preview', file, '--json')).output)
  expect(preview).toMatchObject({ comparedWith: 0, gaining: [] })
  // Somebody with a code and a mailbox, and now in need of a passkey.
  expect(preview.affected).toEqual([person.account])
  expect(preview.losing).toEqual([person.account])
  expect(preview.byRule).toContainEqual({ name: 'Finance', people: 1 })
  expect(preview.people).toBeGreaterThanOrEqual(2)
  const { output: told } = await policy('preview', file, '--list')
  expect(told).toContain('This affects 1 person.')
  expect(told).toContain('1 person could recover now and could no longer.')
  expect(told).toContain(`    ${person.account}`)
  expect((await policy('history')).output).toContain('No policy was ever applied')

  const applied = await policy('apply', file, '--reason', 'Finance needs passkeys')
  expect(applied).toMatchObject({ code: 0 })
  expect(applied.output).toContain('"Finance" is new.')
  expect(applied.output).toContain('Version 1 holds now')
  expect((await policy('apply', file, '--reason', 'once more')).output).toContain(
    'Nothing was applied',
  )

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

  const exported = write('exported.json', (await policy('export')).output)
  expect(await policy('check', exported)).toMatchObject({ code: 0 })
  expect((await policy('apply', exported, '--reason', 'the same')).output).toContain(
    'Nothing was applied',
  )

  const laxer = write('laxer.json', { everyone: { methods: ['totp', 'email'], required: 1 } })
  const second = await policy('apply', laxer, '--reason', 'One is enough')
  expect(second.output).toContain('everyone.required: One strong method is enough')
  expect(second.output).toContain('"Finance" is removed.')
  expect((await policy('rollback', '7', '--reason', 'back')).output).toContain('no version 7')
  const back = await policy('rollback', '1', '--reason', 'That was a mistake')
  expect(back.output).toContain('Version 3 holds now')
  const history = JSON.parse((await policy('history', '--json')).output)
  expect(history.map(({ version }: { version: number }) => version)).toEqual([3, 2, 1])
  expect(history[0]).toMatchObject({ reason: 'That was a mistake', digest: history[2].digest })
  expect(history[1].digest).not.toBe(history[0].digest)
  expect(await stack.backend.cli('audit', 'verify')).toMatchObject({ code: 0 })
  rmSync(file)
})

test('the running server follows within seconds, and doctor looks at what holds', async () => {
  const file = write('push.json', { everyone: { methods: ['push', 'totp', 'email'] } })
  expect(await policy('apply', file, '--reason', 'Phones for all')).toMatchObject({ code: 0 })
  const another = await stack.hire()
  expect(another.seed).not.toBe('')
  const { output } = await stack.backend.cli('doctor')
  expect(output).toMatch(/ok {4}policy: version 4, one rule for everyone/)
})
