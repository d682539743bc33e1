import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { isAbsolute, join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { z } from 'zod'
import { methodKinds } from '../../src/contract/method-kinds.ts'
import { PasswordPolicy, PolicyRule } from '../../src/contract/policy.ts'
import { ok } from '../../src/contract/result.ts'
import { parseConfiguration } from '../../src/main/config/configuration.ts'
import { audit } from '../../src/server/cli/audit.ts'
import { doctor } from '../../src/server/cli/doctor.ts'
import { migrate } from '../../src/server/cli/migrate.ts'
import { pass } from '../../src/server/cli/pass.ts'
import { passwords } from '../../src/server/cli/passwords.ts'
import { policy } from '../../src/server/cli/policy.ts'
import { serve } from '../../src/server/cli/serve.ts'
import { totp } from '../../src/server/cli/totp.ts'
import { user } from '../../src/server/cli/user.ts'
import { secretVariables } from '../../src/server/config/environment.ts'
import { loadConfig } from '../../src/server/config/load.ts'
import { ConfigFile } from '../../src/server/config/schema.ts'
import { checkPolicy, readPolicy } from '../../src/server/domain/policy/check.ts'
import { allPages, fences, page, quotations, root, sources } from './markdown.ts'

const guide = page('docs/guide-for-it.md')
const [complete, ...others] = fences(guide, 'json').map((text) => JSON.parse(text))
const authorityFile = join(root, 'test/main/backend/certificates/pinned.pem')
const helper = others.find((one) => 'backendUrl' in one)
const policies = others.filter((one) => 'everyone' in one)
const partial = others.filter((one) => one !== helper && !policies.includes(one))

describe('the backend’s configuration', () => {
  test('every example loads', () => {
    expect(partial.length).toBe(5)
    for (const example of [{}, ...partial]) {
      const loaded = load({ ...complete, ...example })
      expect(loaded.ok ? loaded.value.warnings : loaded.error).toEqual([])
    }
  })

  test('every setting has a row, with its default', () => {
    const rows = new Map(
      [...guide.text.matchAll(/^\| `([\w.[\]]+)` \|(.*)$/gm)].map(([, key, row]) => [key, row]),
    )
    const settings = settingsOf(z.toJSONSchema(ConfigFile, { io: 'input' }) as Schema)
    expect(settings.length).toBeGreaterThan(50)
    expect(settings.filter(({ path }) => !rows.has(path)).map(({ path }) => path)).toEqual([])
    const wrong = settings.filter(
      ({ path, standard }) => standard !== null && !rows.get(path)?.includes(`\`${standard}\``),
    )
    expect(wrong).toEqual([])
  })

  test('no row is about a setting that is not there', () => {
    const table = guide.text.slice(guide.text.indexOf('### Every setting'))
    const rows = table.slice(0, table.indexOf('\n### ', 5)).matchAll(/^\| `([\w.[\]]+)` \|/gm)
    const known = settingsOf(z.toJSONSchema(ConfigFile, { io: 'input' }) as Schema)
    const paths = new Set(known.map(({ path }) => path))
    expect([...rows].map(([, key]) => key).filter((key) => key && !paths.has(key))).toEqual([])
  })

  test('every variable is named', () => {
    const variables = [...Object.values(secretVariables), 'LATCHKEY_CONFIG']
    expect(variables.filter((name) => !guide.text.includes(`\`${name}\``))).toEqual([])
  })
})

describe('the policy', () => {
  test('the example can be applied, and nothing about it has to be looked at', () => {
    expect(policies).toHaveLength(1)
    const read = readPolicy(policies[0])
    if (!read.ok) throw new Error(JSON.stringify(read.error))
    const abilities = { methods: methodKinds, knowsDevices: false }
    expect(checkPolicy(read.value, abilities)).toEqual({ problems: [], warnings: [] })
  })

  test('every part of a rule is in the table', () => {
    const parts = Object.keys(PolicyRule.shape).flatMap((part) =>
      part === 'password' ? Object.keys(PasswordPolicy.shape).map((one) => `${part}.${one}`) : part,
    )
    const rows = guide.text.slice(guide.text.indexOf('| Part of a rule |')).split('\n\n')[0] ?? ''
    expect(parts.filter((part) => !rows.includes(`\`${part}\``))).toEqual([])
  })
})

describe('the helper’s configuration', () => {
  test('the example is accepted', () => {
    const read = () => ok(readFileSync(authorityFile, 'utf8'))
    const parsed = parseConfiguration(JSON.stringify(helper), 'latchkey.json', read)
    expect(parsed).toMatchObject({ ok: true })
  })

  test('the example and the table hold every setting', () => {
    const source = readFileSync(join(root, 'src/main/config/configuration.ts'), 'utf8')
    const [, body = ''] = /const ConfigurationFile = z\.strictObject\(\{\n([\s\S]*?)^\}\)/m.exec(
      source,
    ) as RegExpExecArray
    const settings = [...body.matchAll(/^ {2}(\w+):/gm)].map(([, key = '']) => key)
    expect(Object.keys(helper).sort()).toEqual(settings.toSorted())
    expect(settings.filter((key) => !guide.text.includes(`\n| \`${key}\` |`))).toEqual([])
  })
})

describe('commands', () => {
  const commands = { serve, migrate, doctor, audit, user, passwords, policy, totp, pass }
  const named = allPages().flatMap(({ text }) =>
    [...text.matchAll(/latchkey-server ([a-z]+)(?: ([a-z]+))?/g)].map(
      ([, name = '', verb = '']) => ({ name, verb }),
    ),
  )

  test('every one that is named exists', () => {
    const unknown = named.filter(({ name, verb }) => {
      const usage = commands[name as keyof typeof commands]?.usage
      const hasVerbs = ['audit', 'user', 'totp', 'passwords', 'policy', 'pass'].includes(name)
      return !usage?.includes(`latchkey-server ${name}${hasVerbs ? ` ${verb}` : ''}`)
    })
    expect(unknown).toEqual([])
  })

  test('every one that exists is in the guide', () => {
    const usages = Object.values(commands).flatMap(({ usage }) => usage.split('\n'))
    const heads = usages.map((usage) => /latchkey-server( [a-z]+)+/.exec(usage)?.[0] ?? usage)
    expect(heads.filter((head) => !guide.text.includes(`\`${head}`))).toEqual([])
  })
})

describe('texts of the product are quoted as they are', () => {
  const product = sources()
  test.each([
    ['docs/guide-for-it.md', 'en', 20],
    ['docs/guide-for-employees.md', 'en', 10],
    ['docs/anleitung-fuer-mitarbeitende.md', 'de', 10],
  ] as const)('%s', (path, language, least) => {
    const quoted = quotations(page(path), language)
    expect(quoted.length).toBeGreaterThan(least)
    expect(quoted.filter((words) => !product.includes(words))).toEqual([])
  })
})

type Schema = {
  properties?: Record<string, Schema>
  items?: Schema
  oneOf?: Schema[]
  anyOf?: Schema[]
  const?: unknown
  default?: unknown
}
type Setting = { path: string; standard: string | null }

/** Every setting with its path and, where it is a plain value, its default. */
function settingsOf(schema: Schema, path = ''): Setting[] {
  const choices = [...(schema.oneOf ?? []), ...(schema.anyOf ?? [])]
  if (choices.length > 0) return choices.flatMap((choice) => settingsOf(choice, path))
  if (schema.items?.properties) return settingsOf(schema.items, `${path}[]`)
  if (schema.properties) {
    return Object.entries(schema.properties).flatMap(([key, value]) =>
      settingsOf(value, path === '' ? key : `${path}.${key}`),
    )
  }
  const { default: standard } = schema
  const isPlain = ['number', 'boolean', 'string'].includes(typeof standard) && standard !== ''
  return [{ path, standard: isPlain ? String(standard) : null }]
}

/** Loads an example as the backend would, with the files that it names put where it looks for them. */
function load(example: object) {
  const folder = mkdtempSync(join(tmpdir(), 'latchkey-guide-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const text = JSON.stringify(example).replaceAll('/var/lib/latchkey', folder)
  for (const [, name = ''] of text.matchAll(/"(?:\w+File|file)":"([^"]+)"/g)) {
    const key = Buffer.alloc(32, 7).toString('base64')
    const content = name.endsWith('.pem') ? readFileSync(authorityFile) : key
    if (!isAbsolute(name)) writeFileSync(join(folder, name), content, { mode: 0o600 })
  }
  writeFileSync(join(folder, 'config.json'), text)
  return loadConfig(join(folder, 'config.json'), {})
}
