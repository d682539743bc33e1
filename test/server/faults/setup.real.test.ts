import { randomBytes } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createCertificateAuthority } from '../../../scripts/lab/certificates.ts'
import { httpsJson } from '../../../scripts/lab/https-json.ts'
import { uniqueName } from '../../helpers/lab.ts'
import { openStack, type Stack } from '../../helpers/stack.ts'
import { mountSmallDisk, type SmallDisk } from '../store/small-disk.ts'
import { type Change, changedConfig, diagnose, run, start } from './command.ts'

// Whatever is wrong is said in one sentence with the way out: by `doctor`, which looks for it, and by
// `serve`, which either does not start, or starts and says what it cannot do.

let stack: Stack
let strangers: string
let disk: SmallDisk

beforeAll(async () => {
  stack = await openStack()
  await stack.hire()
  await stack.backend.stop()
  const other = await createCertificateAuthority(join(stack.lab.folder, uniqueName('other')))
  strangers = other.caFile
  disk = await mountSmallDisk(2)
})

afterAll(async () => {
  await disk?.remove()
  await stack?.stop()
})

const broken = (change: Change) => changedConfig(stack.backend.configFile, change)

function file(name: string, content: string): string {
  const path = join(stack.lab.folder, uniqueName(name))
  writeFileSync(path, content, { mode: 0o600 })
  return path
}

test('when all is well, nothing is found and nothing is said', async () => {
  expect(await diagnose(stack.backend.configFile)).toEqual([])
  const server = await start(stack.backend.configFile, 'serve')
  await server.waitForOutput(/listening/, 20_000)
  const reached = await httpsJson(`${stack.backend.origin}/readyz`, stack.lab.caPem)
  expect(reached).toMatchObject({ status: 200, body: { status: 'ready' } })
  await server.stop()
  expect(server.output()).not.toMatch(/"level":(40|50)/)
})

test('a command or an account that does not exist is said to be none, not something else', async () => {
  const { configFile } = stack.backend
  const { code, lines } = await run(configFile, 'doctr')
  expect({ code, first: lines[0] }).toEqual({ code: 2, first: 'There is no command doctr.' })
  expect(await run(configFile, 'user', 'show', 'nobody-at-all')).toEqual({
    code: 1,
    lines: ['No account has the name nobody-at-all.'],
  })
  const mail = `${uniqueName('shared')}@corp.example.com`
  for (const name of [uniqueName('one'), uniqueName('two')]) {
    await stack.lab.directory.createUser({ name, mail })
  }
  expect(await run(configFile, 'user', 'show', mail)).toEqual({
    code: 1,
    lines: [`More than one account has the name ${mail}: write it as name@domain or DOMAIN\\name.`],
  })
  expect(await run(configFile, 'user', 'show', '')).toEqual({
    code: 2,
    lines: [expect.stringMatching(/^NAME is empty: /)],
  })
})

describe('the server does not start, and says why:', () => {
  test.each<[string, Change, RegExp]>([
    [
      'a setting that does not exist',
      (c) => (c.mial = {}),
      /^\s*mial: is not known; expected no such setting: check the spelling$/,
    ],
    [
      'a controller on the port of plain LDAP',
      (c) => (c.directory.controllers[0].port = 389),
      /directory\.controllers\.0\.port: is not valid; expected 636 \(LDAPS\)/,
    ],
    [
      'a file of authorities without any',
      (c) => (c.directory.caFile = file('ca', 'hello')),
      /directory\.caFile: .* holds no certificate; expected PEM/,
    ],
    [
      'a password file that is not there',
      (c) => (c.directory.agentAccount.passwordFile = '/missing'),
      /directory\.agentAccount\.passwordFile: \/missing does not exist; expected a file/,
    ],
    [
      'a master key that is none',
      (c) => (c.masterKeys[0].file = file('key', 'short')),
      /masterKeys\.0\.file: is not a key; expected 32 random bytes/,
    ],
  ])('%s', async (_, change, sentence) => {
    const config = broken(change)
    const { code, lines } = await run(config, 'serve')
    expect(code).toBe(1)
    expect(lines).toEqual([
      expect.stringContaining('has an error:'),
      expect.stringMatching(sentence),
    ])
    const [found, ...others] = await diagnose(config)
    expect(others).toEqual([])
    expect(found).toMatch(/^configuration: .* -> Expected /)
  })

  test('a certificate with the key of another one', async () => {
    const { lab } = stack
    const another = await lab.authority.issue({ commonName: 'x', names: ['localhost'] })
    const config = broken((c) => {
      c.server.tls.keyFile = another.keyFile
    })
    expect((await run(config, 'serve')).lines).toEqual([
      expect.stringMatching(
        /^The certificate and its key do not fit together .* Check server\.tls\.$/,
      ),
    ])
    expect(await diagnose(config)).toEqual([
      'certificate: the key is not the one of the certificate -> Give both of one pair.',
    ])
  })

  test('another master key under the same id, which leaves store and checkpoints as they are', async () => {
    const other = file('key', randomBytes(32).toString('base64'))
    const config = broken((c) => (c.masterKeys[0].file = other))
    const sentence = /^The master key "first" is not the one that the store was sealed with: put /
    for (const command of [['serve'], ['user', 'show', 'nobody']]) {
      expect(await run(config, ...command)).toEqual({
        code: 1,
        lines: [expect.stringMatching(sentence)],
      })
    }
    expect(await diagnose(config)).toEqual([
      expect.stringMatching(
        /^master key: The master key "first" is not the one that the store was sealed with -> Put /,
      ),
    ])
    expect(await run(stack.backend.configFile, 'audit', 'verify')).toMatchObject({ code: 0 })

    const renamed = broken((c) => (c.masterKeys = [{ id: 'second', file: other }]))
    const lost = (await run(renamed, 'doctor')).lines.join('\n')
    expect(lost).toMatch(/^warn {2}master key: What the master key "first" has sealed/m)
    const replaced = broken((c) => c.masterKeys.unshift({ id: 'second', file: other }))
    expect(await diagnose(replaced)).toEqual([])
  })

  test('a full disk, for a new store and for one that is there, which is none the worse for it', async () => {
    const config = broken((c) => {
      c.store.file = join(disk.folder, 'store.sqlite')
      c.audit = {}
    })
    const refused = async () => {
      expect((await run(config, 'serve')).lines).toEqual([
        expect.stringMatching(/^The disk of the store is full: free space for \S+store\.sqlite\.$/),
      ])
      expect(await diagnose(config)).toEqual([
        expect.stringMatching(/^store: The disk of the store is full -> Free space for \S+\.$/),
      ])
    }
    await disk.fill()
    await refused()
    await disk.free()
    expect(await run(config, 'migrate')).toMatchObject({ code: 0 })
    await disk.fill()
    await refused()
    await disk.free()
    expect(await diagnose(config)).toEqual([])
    await disk.makeReadOnly()
    expect((await run(config, 'serve')).lines).toEqual([
      expect.stringMatching(/^The store cannot be (opened|written): .*writable/),
    ])
    expect(await diagnose(config)).toEqual([
      expect.stringMatching(/^store: The store cannot be (opened|written) -> .*writable/),
    ])
    await disk.makeWritable()
  })

  test.each<[string, Change, string]>([
    [
      'is not there',
      (c) => (c.store.port = 6),
      'The store does not answer: check PostgreSQL at 127.0.0.1:6, its address, user and certificate.',
    ],
    [
      'has no such database',
      (c) => (c.store.database = 'missing'),
      'The store is not there: create the database on PostgreSQL at 127.0.0.1:PORT, or correct store.database.',
    ],
    [
      'does not know the user',
      (c) => (c.store.user = 'nobody-at-all'),
      'The store is closed to us: PostgreSQL at 127.0.0.1:PORT refuses store.user or its password.',
    ],
  ])('a PostgreSQL that %s', async (_, change, sentence) => {
    const { hostname, port, username } = new URL(stack.lab.postgres.url)
    const config = broken((c) => {
      c.store = { engine: 'postgres', host: hostname, port: Number(port), database: 'postgres' }
      c.store.user = username
      change(c)
    })
    const { code, lines } = await run(config, 'serve')
    expect({ code, lines }).toEqual({ code: 1, lines: [sentence.replace('PORT', port)] })
    expect(await diagnose(config)).toHaveLength(1)
  })
})

describe('the server starts, says what it cannot do, and does it once it can:', () => {
  const untrusted = /certificate is not from a trusted authority/

  test.each<[string, Change, RegExp, RegExp]>([
    [
      'a directory of an authority that is not trusted',
      (c) => (c.directory.caFile = strangers),
      untrusted,
      /^controller \S+: The domain controller’s certificate is not from a trusted authority.* -> Give the authority of its certificate in directory\.caFile \(PEM\)\.$/,
    ],
    [
      'a directory that is away',
      (c) => (c.directory.controllers[0].port = 6),
      /The domain controller does not answer/,
      /^controller \S+: The domain controller does not answer\. .* -> Check that it runs, and that port 636 is open from here\.$/,
    ],
    [
      'a directory under another name',
      (c) => (c.directory.controllers[0].host = 'dc9.corp.example.com'),
      /certificate is for another name/,
      /^controller \S+: .* for another name\. .* -> Use the name that its certificate is for/,
    ],
    [
      'a service account with a wrong password',
      (c) => (c.directory.serviceAccount.passwordFile = file('pw', 'wrong')),
      /The account name or the password is not correct/,
      /service account: The account name or the password is not correct.* -> Check the name and the password file/,
    ],
  ])('%s', async (_, change, sentence, finding) => {
    const config = broken(change)
    expect(await diagnose(config)).toEqual([expect.stringMatching(finding)])
    const server = await start(config, 'serve')
    await server.waitForOutput(/directory_unavailable/, 20_000)
    const said = linesOf(server.output()).filter(({ level }) => level >= 40)
    expect(said).toEqual([
      expect.objectContaining({
        detail: expect.stringMatching(sentence),
        msg: 'no domain controller can be used; nobody can recover until that is put right',
      }),
    ])
    expect(said[0]?.detail).toContain('Run "latchkey-server doctor" for the way out.')
    const { origin } = stack.backend
    expect(await httpsJson(`${origin}/healthz`, stack.lab.caPem)).toMatchObject({ status: 200 })
    expect(await httpsJson(`${origin}/readyz`, stack.lab.caPem)).toMatchObject({
      status: 503,
      body: { store: true, directory: false },
    })
    await server.stop()
  })

  test.each<[string, Change, RegExp]>([
    [
      'that is away',
      (c) => (c.mail.port = 6),
      /^mail server: 127\.0\.0\.1:6 does not answer \(ECONNREFUSED\) -> Check mail\.host, mail\.port and the firewall\./,
    ],
    [
      'of an authority that is not trusted',
      (c) => (c.mail.caFile = strangers),
      /^mail server: \S+ shows a certificate that is not trusted -> Give the authority of its certificate in mail\.caFile/,
    ],
    [
      'that does not begin with TLS',
      (c) => (c.mail.security = 'tls'),
      /^mail server: \S+ does not speak TLS as expected \(.*\) -> Check mail\.security and mail\.port\.$/,
    ],
  ])('a mail server %s', async (_, change, finding) => {
    const config = broken(change)
    expect(await diagnose(config)).toEqual([expect.stringMatching(finding)])
    const server = await start(config, 'serve')
    await server.waitForOutput(/mail_unavailable/, 20_000)
    const said = linesOf(server.output()).filter(({ level }) => level >= 40)
    expect(said).toHaveLength(1)
    expect(said[0]?.msg).toBe(
      'no mail can be sent; codes and messages wait until that is put right',
    )
    await server.stop()
  })

  test('a checkpoint file in a folder that is not there', async () => {
    const missing = join(stack.lab.folder, uniqueName('missing'))
    const path = join(missing, 'checkpoints.jsonl')
    const config = broken((c) => (c.audit = { checkpointFile: path }))
    const what = `the checkpoint file ${path} cannot be written (ENOENT)`
    const wayOut = `Create the folder ${missing} for this user, or correct audit.checkpointFile.`
    expect(await diagnose(config)).toEqual([`checkpoints: ${what} -> ${wayOut}`])
    const server = await start(config, 'serve')
    await server.waitForOutput(/checkpoint_failed/, 20_000)
    expect(linesOf(server.output()).filter(({ level }) => level >= 40)).toEqual([
      expect.objectContaining({ detail: `${what}. ${wayOut}` }),
    ])
    await server.stop()
  })

  test('a certificate for another name', async () => {
    const config = broken((c) => {
      c.server.origin = `https://reset.example.com:${c.server.listen.port}`
    })
    expect(await diagnose(config)).toEqual([
      expect.stringMatching(
        /^certificate: it is not for reset\.example\.com \(DNS:.*\) -> Have it issued for reset\.example\.com, as in server\.origin\.$/,
      ),
    ])
    const server = await start(config, 'serve')
    await server.waitForOutput(/certificate_unfit/, 20_000)
    await server.stop()
    expect(linesOf(server.output()).filter(({ level }) => level >= 40)).toEqual([
      expect.objectContaining({
        level: 40,
        detail: expect.stringMatching(/^it is not for reset\.example\.com \(/),
      }),
    ])
  })

  test('names of the domain that are wrong, which would find nobody', async () => {
    const config = broken((c) => {
      c.directory.netbiosName = 'WRONG'
    })
    expect(await diagnose(config)).toEqual([
      expect.stringMatching(
        /: domain: netbiosName is CORP, not WRONG -> Correct directory\.netbiosName\.$/,
      ),
    ])
  })

  test('an OU that is not there', async () => {
    const config = broken((c) => {
      c.directory.enabledOus.push('OU=Nowhere,DC=corp,DC=example,DC=com')
    })
    expect(await diagnose(config)).toEqual([
      'service account: OU=Nowhere,DC=corp,DC=example,DC=com: there is no such OU -> Correct directory.enabledOus.',
    ])
  })
})

function linesOf(output: string): { level: number; msg: string; detail?: string }[] {
  return output
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line))
}
