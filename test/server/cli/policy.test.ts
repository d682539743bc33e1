import { join } from 'node:path'
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import { audit } from '../../../src/server/cli/audit.ts'
import { migrate } from '../../../src/server/cli/migrate.ts'
import { policy } from '../../../src/server/cli/policy.ts'
import { configFolder } from '../config/config-folder.ts'
import { said } from './said.ts'

// Without a directory: what does not need one works while none is in reach.

async function setUp() {
  const { folder, config, put, write } = configFolder()
  const file = write({ ...config, policy: { methods: ['totp', 'email'] } })
  expect(await said(migrate, '--config', file)).toMatchObject({ code: 0 })
  const run = (...args: string[]) => said(policy, ...args, '--config', file)
  /** A file of IT's. */
  const draft = (content: unknown) => {
    const text = typeof content === 'string' ? content : JSON.stringify(content)
    return join(folder, put('policy.json', text))
  }
  return { file, run, draft }
}

const finance = {
  ...{ id: 'finance', name: 'Finance', methods: ['passkey', 'totp'] },
  scope: { groups: [{ sid: 'S-1-5-21-1-2-3-1105', name: 'Finance' }] },
}
const sound = { everyone: { methods: ['totp', 'email'] }, rules: [finance] }

describe('refuses', () => {
  test.each([
    [[]],
    [['apply']],
    [['check', 'a', 'b']],
    [['history', 'x']],
    [['export', 'x']],
    [['rollback']],
    [['nonsense', 'x']],
    [['explain', 'jdoe', '--address', 'x']],
    [['explain', 'jdoe', '--at', 'soon']],
    [['explain', 'jdoe', '--purpose', 'change']],
    [['apply', 'file']],
    [['apply', 'file', '--reason', ' ']],
    [['rollback', '1', '--reason', 'no']],
  ])('the command line %j', async (args) => {
    expect((await said(policy, ...args)).code).toBe(2)
  })

  test('a file that is no policy, and names every place', async () => {
    const { run, draft } = await setUp()
    expect((await run('check', '/no/such/file')).text).toContain('does not exist')
    expect((await run('check', draft('a policy'))).text).toContain('is not JSON')
    const checked = await run('check', draft({ everyone: { methods: ['question'], requird: 2 } }))
    expect(checked.code).toBe(1)
    expect(checked.text).toContain('everyone.methods.0: Expected')
    expect(checked.text).toContain('everyone.requird: There is no such setting')
  })

  test.each([
    ['everyone.methods', { methods: ['email'], required: 1 }],
    // No gateway for text messages is configured.
    ['everyone.required', { methods: ['totp', 'sms'] }],
    ['everyone.knownDevice', { methods: ['totp', 'email'], knownDevice: true }],
  ])('to apply what would keep people out, by %s', async (path, everyone) => {
    const { run, draft } = await setUp()
    const file = draft({ everyone })
    for (const args of [
      ['check', file],
      ['preview', file],
      ['apply', file, '--reason', 'try'],
    ]) {
      const { code, text } = await run(...args)
      expect(code).toBe(1)
      expect(text).toContain(`${path}: `)
    }
    expect((await run('history')).text).toContain('No policy was ever applied')
  })

  test('to go back to a version that never was', async () => {
    const { run } = await setUp()
    for (const version of ['1', '0', 'one', '99999999999999999999']) {
      const { code, text } = await run('rollback', version, '--reason', 'back')
      expect(code).toBe(1)
      expect(text).toContain(`There is no version ${version}`)
    }
  })
})

test('behind sudo, who called it is the author', { timeout: 20_000 }, async () => {
  vi.stubEnv('SUDO_USER', 'ada')
  onTestFinished(() => void vi.unstubAllEnvs())
  const { run, draft } = await setUp()
  await run('apply', draft(sound), '--reason', 'Finance needs passkeys')
  const history = JSON.parse((await run('history', '--json')).text)
  expect(history).toMatchObject([{ author: 'ada', version: 1 }])
})

test('a policy is applied, exported, put back and recorded', { timeout: 20_000 }, async () => {
  const { file, run, draft } = await setUp()
  expect((await run('check', draft(sound))).text).toBe('This policy can be applied.')
  const applied = await run('apply', draft(sound), '--reason', 'Finance needs passkeys')
  expect(applied.text).toContain('Nobody has looked whether its groups and containers exist')
  expect(applied.text).toContain(
    '"Finance" is new.\nVersion 1 holds now, on every server within seconds.',
  )
  const again = await run('apply', draft(sound), '--reason', 'once more')
  expect(again.text).toContain('Nothing was applied')
  // What is exported can be applied, and is the same.
  const exported = (await run('export')).text
  const same = await run('apply', draft(exported), '--reason', 'the same')
  expect(same.text).toContain('That is what version 1 says already')

  const laxer = { everyone: { methods: ['totp', 'email'], required: 1 } }
  const second = await run('apply', draft(laxer), '--reason', 'One is enough')
  expect(second.text).toContain('everyone.required: One strong method is enough')
  expect(second.text).toContain('"Finance" is removed.')
  const back = await run('rollback', '1', '--reason', 'That was a mistake')
  expect(back.text).toContain('Version 3 holds now')

  const history = JSON.parse((await run('history', '--json')).text)
  expect(history.map(({ version }: { version: number }) => version)).toEqual([3, 2, 1])
  expect(history[0]).toMatchObject({ reason: 'That was a mistake', digest: history[2].digest })
  expect(history[1].digest).not.toBe(history[0].digest)
  expect(await said(audit, 'verify', '--config', file)).toMatchObject({ code: 0 })
})
