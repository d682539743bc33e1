import { X509Certificate } from 'node:crypto'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { loadConfig } from '../../../src/server/config/load.ts'
import { describeProblem } from '../../../src/server/config/problem.ts'
import { settingsFrom } from '../../../src/server/config/settings.ts'
import { configFolder, pem } from './config-folder.ts'

function problemsOf(path: string, environment: NodeJS.ProcessEnv = {}): string[] {
  const loaded = loadConfig(path, environment)
  return loaded.ok ? [] : loaded.error.map(describeProblem)
}

test('a file that is missing is named', () => {
  const [problem] = problemsOf('/nowhere/latchkey.json')
  expect(problem).toContain('/nowhere/latchkey.json: does not exist')
})

test('a file that is not JSON is refused without being quoted', () => {
  const { write } = configFolder()
  const [problem] = problemsOf(write('{ "organisation": secret-word }'))
  expect(problem).toContain('is not JSON')
  expect(problem).not.toContain('secret-word')
})

test('every error is named at once, with its path and what is expected', () => {
  const { config, write } = configFolder()
  const { organisation: _, ...rest } = config
  const problems = problemsOf(
    write({
      ...rest,
      server: { origin: 'http://reset.example.com/', listen: { port: 0 } },
      directory: { ...config.directory, caFile: 'missing.pem', enabledOus: [], domian: 'x.y' },
      mail: { ...config.mail, port: '587', security: 'ssl' },
      policy: { required: 3, methods: ['email'], minLength: 6 },
    }),
  )
  const all = problems.join('\n')
  for (const path of [
    'organisation: is missing',
    'server.origin: is not valid',
    'server.listen.port: is not valid',
    'directory.caFile: ',
    'directory.enabledOus: is not valid',
    'directory.domian: is not known',
    'mail.port: is not valid; expected a port',
    'mail.security: is not valid',
    'policy.required: is not valid',
    'policy.minLength: is not valid',
  ]) {
    expect(all).toContain(path)
  }
  expect(all).toContain('missing.pem does not exist')
})

test('a file without a certificate, and a port that speaks plain LDAP, are refused before the start', () => {
  const { config, put, write } = configFolder()
  put('ca.pem', 'not a certificate')
  const controllers = [389, 3268, 636, 3269].map((port) => ({ host: 'dc.corp.example.com', port }))
  const problems = problemsOf(write({ ...config, directory: { ...config.directory, controllers } }))
  expect(problems).toEqual([
    expect.stringMatching(/^directory\.controllers\.0\.port: .*plain LDAP is never spoken$/),
    expect.stringMatching(/^directory\.controllers\.1\.port: .*plain LDAP is never spoken$/),
    expect.stringMatching(/^directory\.caFile: .*ca\.pem holds no certificate; expected PEM/),
  ])
})

test('a trusted proxy that is the whole internet is refused, in every spelling', () => {
  const { config, write } = configFolder()
  const refusedOf = (network: string) =>
    problemsOf(write({ ...config, server: { ...config.server, trustedProxies: [network] } }))
  const all = ['0.0.0.0/0', '10.0.0.0/7', '::/0', '::ffff:0:0/96', '0:0:0:0:0:ffff:0:0/96', '::/80']
  for (const network of [...all, '2000::/3', '0::/96']) {
    expect(refusedOf(network), network).toEqual([
      expect.stringMatching(/^server\.trustedProxies\.0: is not valid; expected the address/),
    ])
  }
  const own = [
    '10.0.0.0/8',
    '10.0.0.5',
    '::1',
    '2001:db8::/32',
    'fd12::7/128',
    '::ffff:10.0.0.0/104',
  ]
  for (const network of own) expect(refusedOf(network), network).toEqual([])
})

test('a server without certificate and without trusted proxy is refused', () => {
  const { config, write } = configFolder()
  const { tls: _, ...server } = config.server
  expect(problemsOf(write({ ...config, server }))).toEqual([
    expect.stringContaining('server.tls: is missing; expected a certificate'),
  ])
})

test('a policy that lets anybody in with one weak proof, or nobody at all, is refused', () => {
  const { config, write } = configFolder()
  expect(problemsOf(write({ ...config, policy: { required: 1, methods: ['email'] } }))).toEqual([
    expect.stringContaining('policy.methods: is not valid; expected at least one strong method'),
  ])
  expect(problemsOf(write({ ...config, policy: { required: 2, methods: ['totp'] } }))).toEqual([
    expect.stringContaining('policy.required: is not valid; expected no more than'),
  ])
})

test('unencrypted mail is refused, except inside the machine', () => {
  const { config, write } = configFolder()
  const mail = { ...config.mail, security: 'none' }
  expect(problemsOf(write({ ...config, mail }))).toEqual([
    expect.stringContaining('mail.security: would send codes unencrypted'),
  ])
  expect(problemsOf(write({ ...config, mail: { ...mail, host: '127.0.0.1' } }))).toEqual([])
})

test('missing, empty and malformed secrets are named, and never printed', () => {
  const { config, put, write } = configFolder()
  put('agent.password', '\n')
  put('master.key', 'hunter2-hunter2')
  const { passwordFile: _, ...serviceAccount } = config.directory.serviceAccount
  const problems = problemsOf(
    write({ ...config, directory: { ...config.directory, serviceAccount } }),
  ).join('\n')
  expect(problems).toContain('directory.serviceAccount.passwordFile: is missing')
  expect(problems).toContain('directory.agentAccount.passwordFile: is empty')
  expect(problems).toContain('masterKeys.0.file: is not a key')
  expect(problems).not.toContain('hunter2')
})

test('a secret that others can read is warned about', () => {
  const { config, put, write } = configFolder()
  put('open.password', 'agent-secret', 0o644)
  const agentAccount = { ...config.directory.agentAccount, passwordFile: 'open.password' }
  const loaded = loadConfig(
    write({ ...config, directory: { ...config.directory, agentAccount } }),
    {},
  )
  expect(loaded.ok && loaded.value.warnings).toEqual([expect.stringContaining('chmod 600')])
})

test('a right configuration is read, paths against its own folder, secrets without line ends', () => {
  const { folder, config, write } = configFolder()
  const loaded = loadConfig(write(config), {})
  if (!loaded.ok) throw new Error(loaded.error.map(describeProblem).join('\n'))
  const { file, secrets } = loaded.value
  expect(file.store).toEqual({ engine: 'sqlite', file: join(folder, 'latchkey.db') })
  expect(secrets).toMatchObject({
    servicePassword: 'service-secret',
    mailPassword: 'mail-secret',
    masterKeys: { currentKeyId: 'k1' },
  })
  expect(secrets.masterKeys.keys.k1).toEqual(Buffer.alloc(32, 7))
  const settings = settingsFrom(file)
  expect(settings.policy).toEqual({
    required: 2,
    methods: [
      ...(['passkey', 'securityKey', 'push', 'totp', 'recoveryCode'] as const),
      ...(['temporaryPass', 'email'] as const),
    ],
    allowDirectoryMailbox: false,
    allowDirectoryPhone: false,
    allowedAaguids: null,
    allowNeverExpiring: false,
    minLength: 15,
    bannedWords: [],
    breached: 'refuse',
  })
  expect(settings.limits).toMatchObject({
    recoveryLifetime: 600_000,
    attemptsInRecovery: 5,
    failures: 10,
    failureWindow: 900_000,
    failuresInRow: 100,
  })
  expect(settings.directoryCaPem).toBe(pem)
})

test('variables of the environment win over the file, and misspelt ones are refused', () => {
  const { config, write } = configFolder()
  const path = write(config)
  const loaded = loadConfig(path, {
    LATCHKEY_SERVER__LISTEN__PORT: '9443',
    LATCHKEY_DIRECTORY__ENABLED_OUS: '["OU=Other,DC=corp,DC=example,DC=com"]',
    LATCHKEY_AGENT_PASSWORD: 'from-environment',
    UNRELATED: 'x',
  })
  if (!loaded.ok) throw new Error(loaded.error.map(describeProblem).join('\n'))
  expect(loaded.value.file.server.listen.port).toBe(9443)
  expect(loaded.value.file.directory.enabledOus).toEqual(['OU=Other,DC=corp,DC=example,DC=com'])
  expect(loaded.value.secrets.agentPassword).toBe('from-environment')
  expect(problemsOf(path, { LATCHKEY_SERVER__LISTEN__PROT: '1' })).toEqual([
    expect.stringContaining('server.listen.prot: is not known'),
  ])
})

test('a variable that means nothing, or is wrong, is named', () => {
  const { config, write } = configFolder()
  const path = write(config)
  expect(problemsOf(path, { LATCHKEY_FOO: '2', LATCHKEY_SERVER__LISTEN__PORT: 'x' })).toEqual([
    'server.listen.port: is not valid (set by the variable LATCHKEY_SERVER__LISTEN__PORT); expected a port, 1 to 65535',
    'foo: is not known (set by the variable LATCHKEY_FOO); expected no such setting: check the spelling',
  ])
  expect(problemsOf(path, { LATCHKEY_SERVR__LISTEN__PORT: '1' })).toEqual([
    expect.stringMatching(
      /^servr: is not known \(set by the variable LATCHKEY_SERVR__LISTEN__PORT\)/,
    ),
  ])
  expect(problemsOf(write({ ...config, foo: 1 }), { LATCHKEY_MAIL__PORT: '25' })).toEqual([
    'foo: is not known; expected no such setting: check the spelling',
  ])
})

test('one method alone does not go with the default of two', () => {
  const { config, write } = configFolder()
  expect(problemsOf(write({ ...config, policy: { methods: ['totp'] } }))).toEqual([
    'policy.required: is missing, and its default of 2 is more than the methods given; expected no more than there are methods: otherwise nobody could recover',
  ])
})

test('a certificate in DER is refused wherever PEM is read', () => {
  const { folder, config, put, write } = configFolder()
  put('ca.der', new X509Certificate(pem).raw)
  const sentence = `${join(folder, 'ca.der')} must be PEM, not DER; expected PEM: openssl x509 -inform der`
  const directory = { ...config.directory, caFile: 'ca.der' }
  expect(problemsOf(write({ ...config, directory }))).toEqual([
    expect.stringContaining(`directory.caFile: ${sentence}`),
  ])
  expect(problemsOf(write({ ...config, mail: { ...config.mail, caFile: 'ca.der' } }))).toEqual([
    expect.stringContaining(`mail.caFile: ${sentence}`),
  ])
})

test('an account without a domain is refused', () => {
  const { config, write } = configFolder()
  const named = (name: string) => {
    const agentAccount = { ...config.directory.agentAccount, name }
    return problemsOf(write({ ...config, directory: { ...config.directory, agentAccount } }))
  }
  for (const name of ['agent', '@corp.example.com', 'CORP\\', 'agent@']) {
    expect(named(name).join(), name).toMatch(
      /^directory\.agentAccount\.name: is not valid; expected an account name with its domain: name@domain, or DOMAIN\\name$/,
    )
  }
  expect(named('CORP\\agent')).toEqual([])
})

test('an agent that is the service account is refused, in every spelling', () => {
  const { config, write } = configFolder()
  for (const name of ['svc@corp.example.com', 'SVC@Corp.Example.com', 'corp\\svc']) {
    const agentAccount = { ...config.directory.agentAccount, name }
    expect(
      problemsOf(write({ ...config, directory: { ...config.directory, agentAccount } })),
    ).toEqual([
      'directory.agentAccount.name: is the same account as directory.serviceAccount; expected another one, without rights',
    ])
  }
})

test('a folder in place of the configuration is not called missing', () => {
  const { folder } = configFolder()
  expect(problemsOf(folder)).toEqual([
    `${folder}: cannot be read (EISDIR); expected a configuration file; name it with --config`,
  ])
})
