import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { readArguments } from '../../scripts/demo/arguments.ts'
import { backInSentence, tellsOfSuccess } from '../../scripts/demo/back-in.ts'
import { codeLine } from '../../scripts/demo/code-line.ts'
import { describedDomain } from '../../scripts/demo/described-domain.ts'
import { faultSentence } from '../../scripts/demo/faults.ts'
import { demoParts } from '../../scripts/demo/parts.ts'
import { whyNoDomainController } from '../../scripts/demo/prepare.ts'
import type { MailContent } from '../../src/server/domain/mail-content.ts'
import { subject } from '../../src/server/notify/words-en.ts'

const folder = mkdtempSync(join(tmpdir(), 'latchkey-demo-test-'))
afterAll(() => rmSync(folder, { recursive: true }))

describe('the options', () => {
  test.each([
    [['--domian', 'x'], 'Unknown option'],
    [['--language', 'fr'], '--language takes en or de.'],
    [['alice'], 'Unexpected argument'],
    [['--directory'], 'argument missing'],
  ])('%j are refused in a sentence', (args, sentence) => {
    expect(() => readArguments(args, {}, 'linux')).toThrow(sentence)
  })

  test('without a display the demo walks by itself', () => {
    expect(readArguments([], {}, 'linux').hasDisplay).toBe(false)
    expect(readArguments([], { DISPLAY: ':0' }, 'linux').hasDisplay).toBe(true)
    expect(readArguments([], { WAYLAND_DISPLAY: 'wayland-0' }, 'linux').hasDisplay).toBe(true)
    expect(readArguments([], {}, 'darwin').hasDisplay).toBe(true)
    expect(readArguments(['--headless'], { DISPLAY: ':0' }, 'linux').hasDisplay).toBe(false)
  })
})

describe('where no domain controller can run, the message says what else can be done', () => {
  test.each([
    ['linux', 1000, ['needs root', 'sudo npm run demo', 'docker compose', '--directory']],
    ['darwin', 501, ['only on Linux', 'docker compose', '--directory']],
    ['win32', undefined, ['only on Linux', 'docker compose']],
  ] as const)('%s', (platform, uid, words) => {
    for (const word of words) expect(whyNoDomainController(platform, uid)).toContain(word)
  })

  test('not to root on Linux', () => {
    expect(whyNoDomainController('linux', 0)).toBe(null)
    expect(whyNoDomainController('darwin', 0)).not.toContain('sudo')
  })
})

describe('a test domain of somebody’s own', () => {
  const account = { name: 'a@corp.example.com', password: 'x' }
  const domain = {
    ...{ domain: 'corp.example.com', netbiosName: 'CORP', caFile: 'ca.pem' },
    controllers: [{ host: 'dc1.corp.example.com' }],
    enabledOus: ['OU=Staff,DC=corp,DC=example,DC=com'],
    ...{ serviceAccount: account, agentAccount: account },
    user: { name: 'a', userPrincipalName: 'a@corp.example.com', password: 'secret' },
  }
  const write = (content: unknown) => {
    const file = join(folder, 'domain.json')
    writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content))
    return file
  }

  test('every fault of its file is named at once, and no value', () => {
    const { netbiosName: _, ...rest } = domain
    const user = { ...domain.user, pasword: 'secret' }
    const file = write({ ...rest, controllers: [], user })
    const fault = () => describedDomain(file)
    expect(fault).toThrow('does not describe a domain')
    expect(fault).toThrow('netbiosName: ')
    expect(fault).toThrow('controllers: ')
    expect(fault).toThrow('"pasword"')
    expect(fault).not.toThrow('secret')
  })

  test('a file that is missing or no JSON is named', () => {
    expect(() => describedDomain(join(folder, 'nowhere.json'))).toThrow('cannot be read (ENOENT)')
    expect(() => describedDomain(write('{'))).toThrow('is not valid JSON')
    expect(() => describedDomain(write(domain))).toThrow('ca.pem cannot be read (ENOENT)')
  })

  test('names are found beside the file, and LDAPS has its usual port', () => {
    writeFileSync(join(folder, 'ca.pem'), 'an authority')
    const { forBackend, signIn, isOwn } = describedDomain(write(domain))
    expect(forBackend.caFile).toBe(join(folder, 'ca.pem'))
    expect(forBackend.controllers).toEqual([{ host: 'dc1.corp.example.com', port: 636 }])
    expect(signIn).toMatchObject({ address: 'dc1.corp.example.com', caPem: 'an authority' })
    expect(isOwn).toBe(false)
  })
})

test('a full disk is called that', () => {
  const full = Object.assign(new Error('write'), { code: 'ENOSPC' })
  const plenty = 2 ** 30
  expect(faultSentence(full, plenty)).toContain('No space is left')
  expect(faultSentence(new Error('E: No space left on device'), plenty)).toContain('TMPDIR')
  expect(faultSentence(new Error('tdb_recovery_allocate'), 4096)).toContain('No space is left')
  expect(faultSentence(new Error('something else'), plenty)).toBe('something else')
})

describe('what was started', () => {
  const part = (name: string, ended: string[]) => ({
    stop: async () => {
      ended.push(name)
      if (name === 'broken') throw new Error('does not want to')
    },
  })

  test('is ended in the reverse order, whatever one of them says', async () => {
    const ended: string[] = []
    const parts = demoParts()
    for (const name of ['first', 'broken', 'last']) {
      await parts.keep(Promise.resolve(part(name, ended)))
    }
    expect(parts.isStopping()).toBe(false)
    await Promise.all([parts.stop(), parts.stop()])
    expect(ended).toEqual(['last', 'broken', 'first'])
    expect(parts.isStopping()).toBe(true)
  })

  test('is waited for and ended when it was only just starting', async () => {
    const ended: string[] = []
    const parts = demoParts()
    await parts.keep(Promise.resolve(part('ready', ended)))
    const late = new Promise<ReturnType<typeof part>>((resolve) =>
      setImmediate(() => resolve(part('late', ended))),
    )
    const refused = expect(parts.keep(late)).rejects.toThrow('being ended')
    await Promise.all([parts.stop(), refused])
    expect(ended).toEqual(['late', 'ready'])
  })
})

describe('the demo for a person', () => {
  test('says that the employee is back in only when the directory says so', () => {
    expect(backInSentence('alice', 'AcceptSecurityContext error, data 775, v1db1')).toBe(null)
    expect(backInSentence('alice', 'connect ECONNREFUSED')).toBe(null)
    expect(backInSentence('alice', 'AcceptSecurityContext error, data 52e, v1db1')).toContain(
      'refuses the old password',
    )
    expect(backInSentence('alice', '')).toContain('alice is back in')
    const isGood = (template: MailContent['template']) =>
      tellsOfSuccess({ subject: subject({ template } as MailContent) })
    expect((['recovery_code', 'start_again', 'method_added'] as const).some(isGood)).toBe(false)
    expect((['password_reset', 'account_unlocked'] as const).every(isGood)).toBe(true)
  })

  test('prints a code once where nothing can be written over', () => {
    const printed: string[] = []
    const show = codeLine(false, (text) => printed.push(text))
    show('111111', 2)
    show('111111', 1)
    show('222222', 30)
    expect(printed).toEqual(['  Authenticator: 111111 (2 s)\n', '  Authenticator: 222222 (30 s)\n'])
    const shown: string[] = []
    const onTerminal = codeLine(true, (text) => shown.push(text))
    onTerminal('111111', 2)
    onTerminal('111111', 1)
    expect(shown).toHaveLength(2)
    expect(shown[1]).toMatch(/^\r/)
  })
})
