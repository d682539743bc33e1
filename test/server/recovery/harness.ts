import { randomBytes } from 'node:crypto'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { FastifyInstance } from 'fastify'
import { generate } from 'otplib'
import { backendDirectory } from '../../../scripts/lab/backend.ts'
import type { NewUser } from '../../../scripts/lab/domain-controller/index.ts'
import { mailedCode } from '../../../scripts/lab/employee.ts'
import { buildApp } from '../../../src/server/app.ts'
import { loadConfig } from '../../../src/server/config/load.ts'
import { describeProblem } from '../../../src/server/config/problem.ts'
import { storeConfigFrom } from '../../../src/server/config/store.ts'
import type { Log, LogFields } from '../../../src/server/domain/ports/log.ts'
import type { MethodRecord } from '../../../src/server/domain/ports/methods.ts'
import type { StoreTransaction } from '../../../src/server/domain/ports/store.ts'
import { sweep } from '../../../src/server/features/sweep/sweep.ts'
import { deliverDue } from '../../../src/server/notify/delivery.ts'
import { type OpenParts, openParts } from '../../../src/server/open-parts.ts'
import { migrateStore } from '../../../src/server/store/open-store.ts'
import { createTestDatabase, openLab, type TestLab, uniqueName } from '../../helpers/lab.ts'

export const origin = 'https://reset.example.com'

/** Somebody with an authenticator and a mailbox. */
export type Person = {
  account: string
  dn: string
  accountId: string
  password: string
  mailbox: string
  seed: string
  totpId: string
  emailId: string
}

/** The production app on real parts, in this process, with a clock that can be moved. */
export interface Harness {
  lab: TestLab
  app: FastifyInstance
  parts: OpenParts
  logged: LogFields[]
  now(): number
  /** Moves the clock. */
  pass(ms: number): void
  hire(user?: Partial<NewUser>, methods?: readonly ('totp' | 'email')[]): Promise<Person>
  /** What the person's app shows; each call one step later than the one before, as in life. */
  code(person: Person, steps?: number): Promise<string>
  /** Sends what is in the outbox and answers the newest code that came to the person. */
  mailed(person: Person): Promise<string>
  deliver(): Promise<void>
  sweep(): Promise<void>
  read<T>(work: (tx: StoreTransaction) => Promise<T>): Promise<T>
  /** Names and fields of the audit log, of one recovery. */
  audit(recoveryId: string): Promise<{ event: string; fields: Record<string, unknown> }[]>
  close(): Promise<void>
}

export type HarnessOptions = {
  engine?: 'sqlite' | 'postgres'
  sections?: Record<string, Record<string, unknown>>
}

export async function openHarness(options: HarnessOptions = {}): Promise<Harness> {
  const lab = await openLab()
  const database = options.engine === 'postgres' ? await createTestDatabase() : null
  const config = configure(lab, options.sections ?? {}, database?.url ?? null)
  await migrateStore(storeConfigFrom(config))
  let offset = 0
  const now = () => Date.now() + offset
  const logged: LogFields[] = []
  const parts = await openParts(config, logInto(logged), now)
  const { dependencies } = parts
  const app = await buildApp(dependencies, {
    version: '0.0.0',
    tls: null,
    trustedProxies: ['127.0.0.1'],
    portalFolder: '/nowhere',
    onRequest: () => {},
  })
  await app.ready()
  const deliver = async () => {
    const { store, log } = dependencies
    const { envelope, transport, sms } = parts
    while ((await deliverDue({ store, envelope, transport, sms, log, now })) > 0);
    await sms.lane.settled()
  }
  return {
    ...{ lab, app, parts, logged, now, deliver },
    pass(ms) {
      offset += ms
    },
    hire: (user = {}, methods = ['totp', 'email']) => hire(lab, parts, user, methods),
    code: ({ seed }, steps = 0) =>
      generate({ secret: seed, epoch: Math.floor(now() / 1000) + 30 * steps }),
    async mailed({ mailbox }) {
      // The code before this one came at least one answer's grid earlier.
      const since = Date.now()
      await deliver()
      return mailedCode(lab.mail, mailbox, since)
    },
    sweep: async () => {
      await sweep(dependencies, now())
    },
    read: (work) => dependencies.store.transaction(work),
    async audit(recoveryId) {
      const { entries } = await parts.auditLog.read(0, 10_000)
      return entries
        .map(({ body }) => JSON.parse(body))
        .filter(({ fields }) => fields.recoveryId === recoveryId)
    },
    async close() {
      await app.close()
      await parts.close()
      await database?.remove()
    },
  }
}

function configure(
  lab: TestLab,
  sections: Record<string, Record<string, unknown>>,
  databaseUrl: string | null,
) {
  const folder = join(lab.folder, uniqueName('server'))
  mkdirSync(folder)
  const secret = (name: string, value: string) => {
    writeFileSync(join(folder, name), value, { mode: 0o600 })
    return name
  }
  const { serviceAccount, agentAccount, ...directory } = backendDirectory(lab.directory)
  const base: Record<string, unknown> = {
    organisation: 'Example Corporation',
    helpdesk: 'Helpdesk: +49 30 1234 567',
    server: { origin, trustedProxies: ['127.0.0.1'] },
    store:
      databaseUrl === null ? { engine: 'sqlite', file: 'store.sqlite' } : onPostgres(databaseUrl),
    masterKeys: [{ id: 'first', file: secret('master-key', randomBytes(32).toString('hex')) }],
    directory: {
      ...directory,
      serviceAccount: {
        name: serviceAccount.name,
        passwordFile: secret('service', serviceAccount.password),
      },
      agentAccount: {
        name: agentAccount.name,
        passwordFile: secret('agent', agentAccount.password),
      },
    },
    mail: {
      host: lab.mail.host,
      port: lab.mail.port,
      security: 'starttls',
      caFile: lab.caFile,
      from: 'Latchkey <latchkey@example.com>',
    },
    policy: { methods: ['totp', 'email'] },
    limits: { requestsFromAddress: 1_000_000, codesFromAddress: 10_000 },
  }
  for (const [name, section] of Object.entries(sections)) {
    base[name] = { ...(base[name] as object | undefined), ...section }
  }
  const file = join(folder, 'latchkey.json')
  writeFileSync(file, JSON.stringify(base))
  const loaded = loadConfig(file, {})
  if (!loaded.ok) throw new Error(loaded.error.map(describeProblem).join('\n'))
  return loaded.value
}

function onPostgres(url: string) {
  const { hostname, port, pathname, username } = new URL(url)
  const database = pathname.slice(1)
  return { engine: 'postgres', host: hostname, port: Number(port), database, user: username }
}

async function hire(
  lab: TestLab,
  { dependencies }: OpenParts,
  user: Partial<NewUser>,
  methods: readonly ('totp' | 'email')[],
): Promise<Person> {
  const { directory, secrets, store, totp } = dependencies
  const name = uniqueName('emp')
  const mail = `${name}@corp.example.com`
  const created = await lab.directory.createUser({
    name,
    displayName: 'Erika Muster',
    mail,
    ...user,
  })
  const resolved = await directory.resolve(created.userPrincipalName)
  if (!resolved.ok || resolved.value === null) throw new Error(`${name} is not found`)
  const { accountId, dn } = resolved.value
  const person = {
    ...{ account: created.name, dn, accountId, password: created.password },
    ...{ mailbox: `${name}@home.example`, seed: totp.newSeed() },
    ...{ totpId: secrets.newId(), emailId: secrets.newId() },
  }
  const record = (id: string, kind: 'totp' | 'email', secret: string): MethodRecord => ({
    ...{ id, accountId, kind, label: kind, createdAt: 1, confirmedAt: 1 },
    secret: secrets.sealMethodSecret({ id, accountId }, secret),
    ...{ lastUsedAt: null, lastStep: 0, suspendedAt: null },
  })
  await store.transaction(async (tx) => {
    if (methods.includes('totp'))
      await tx.methods.insert(record(person.totpId, 'totp', person.seed))
    if (methods.includes('email')) {
      await tx.methods.insert(record(person.emailId, 'email', person.mailbox))
    }
  })
  return person
}

function logInto(lines: LogFields[]): Log {
  const add = (fields: LogFields) => {
    lines.push(fields)
  }
  return { info: add, warn: add, error: add }
}
