import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { generate } from 'otplib'
import { ok } from '../../../src/contract/result.ts'
import { createEnvelope } from '../../../src/sealing/envelope.ts'
import { createBreachedList } from '../../../src/server/breached/index.ts'
import type { ServerDependencies } from '../../../src/server/domain/dependencies.ts'
import { createPolicies } from '../../../src/server/domain/policy/current.ts'
import { defaultDocument } from '../../../src/server/domain/policy/default-document.ts'
import type { AccountState, Directory } from '../../../src/server/domain/ports/directory.ts'
import type { SessionRecord } from '../../../src/server/domain/ports/sessions.ts'
import { openLetter } from '../../../src/server/notify/letter.ts'
import { createOutbox } from '../../../src/server/notify/outbox.ts'
import { createPhoneNumbers } from '../../../src/server/notify/sms/phone-numbers.ts'
import { createPushSender } from '../../../src/server/push/index.ts'
import { createSecrets } from '../../../src/server/secrets/index.ts'
import { createTotp } from '../../../src/server/secrets/totp.ts'
import { migrateStore, openStore } from '../../../src/server/store/open-store.ts'
import { createWebAuthn } from '../../../src/server/web-authn/index.ts'
import { limits } from '../domain/default-limits.ts'

/** The features on their real store, secrets and outbox, with a clock that stands still. */
export interface Frozen {
  deps: ServerDependencies
  /** Moves the clock on. */
  pass(milliseconds: number): void
  now(): number
  /** What the directory says of every account from now on, laid over one that is in order. */
  directorySays(change: Partial<AccountState>): void
  /** A session that has just begun, and its token. */
  open(account?: string): Promise<{ token: string; session: SessionRecord }>
  /** What the app shows now, or `steps` time steps later. */
  codeOf(seed: string, steps?: number): Promise<string>
  /** The letters that wait to be sent, oldest first. */
  letters(): Promise<{ to: string; content: { template: string; code?: string } }[]>
  stop(): Promise<void>
}

const start = Date.UTC(2026, 10, 23, 9, 0, 0)

/** @param policy - laid over: totp and email, two of them */
export async function freeze(
  policy: Partial<ServerDependencies['settings']['policy']> = {},
): Promise<Frozen> {
  const folder = mkdtempSync(join(tmpdir(), 'latchkey-frozen-'))
  const config = { engine: 'sqlite', file: join(folder, 'store.sqlite') } as const
  await migrateStore(config)
  const store = await openStore(config)
  const masterKey = Buffer.alloc(32, 7)
  const envelope = createEnvelope({ currentKeyId: 'one', keys: { one: masterKey } })
  const secrets = await createSecrets(masterKey, envelope)
  let now = start
  let said: Partial<AccountState> = {}
  const settings: ServerDependencies['settings'] = {
    ...{ origin: 'https://reset.example.com', organisation: 'Example', helpdesk: '' },
    ...{ directoryCaPem: null, limits },
    policy: {
      ...{ required: 2, methods: ['totp', 'email'], minLength: 15 },
      ...{ bannedWords: [], breached: 'refuse' },
      ...{ allowDirectoryMailbox: false, allowDirectoryPhone: false },
      ...{ allowNeverExpiring: false, allowedAaguids: null },
      ...policy,
    },
  }
  const log = { info() {}, warn() {}, error() {} }
  const deps: ServerDependencies = {
    settings,
    policies: createPolicies(store, defaultDocument(settings.policy), () => now),
    ...{ store, secrets, totp: createTotp('Example'), directory: onlyAccounts(() => said) },
    breachedList: createBreachedList({ path: null, now: () => now }),
    push: createPushSender(
      { store, envelope, secrets, log, now: () => now },
      { services: [], caPem: null, contact: 'mailto:it@example.com' },
    ),
    webAuthn: createWebAuthn('https://reset.example.com', 'Example'),
    phoneNumbers: createPhoneNumbers({ defaultCountry: 'DE', countries: ['DE'] }),
    agent: { name: 'agent', password: 'unused' },
    outbox: createOutbox(envelope, secrets, () => {}),
    now: () => now,
    log,
  }
  return {
    deps,
    pass(milliseconds) {
      now += milliseconds
    },
    now: () => now,
    directorySays(change) {
      said = change
    },
    async open(account = 'ada') {
      const token = secrets.newToken()
      const session = sessionOf(account, secrets.hashToken(token), now)
      await store.transaction((tx) => tx.sessions.insert(session))
      return { token, session }
    },
    codeOf: (seed, steps = 0) =>
      generate({ secret: seed, epoch: Math.floor(now / 1000) + 30 * steps }),
    async letters() {
      const due = await store.transaction((tx) => tx.outbox.takeDue(now, now, 100))
      return due.flatMap(({ id, sealed }) => {
        const letter = sealed === null ? null : openLetter(envelope, id, sealed)
        return letter === null ? [] : [letter]
      })
    },
    async stop() {
      await store.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

function sessionOf(account: string, tokenHash: string, now: number): SessionRecord {
  return {
    tokenHash,
    ...{ accountId: `id-of-${account}`, dn: `CN=${account}`, accountName: account },
    ...{ displayName: account, mail: `${account}@corp.example.com` },
    ...{ createdAt: now, lastSeenAt: now, expiresAt: now + 8 * 3_600_000, steppedUpAt: null },
  }
}

/** These tests ask the directory for nothing but how an account stands; those on real parts do. */
function onlyAccounts(said: () => Partial<AccountState>): Directory {
  const readAccount: Directory['readAccount'] = async (account) =>
    ok({
      ...account,
      ...{ sid: 'S-1-5-21-1-2-3-1105', groupSids: ['S-1-5-21-1-2-3-513'] },
      ...{ ineligible: null, lockedOut: false, maySignIn: true },
      ...{ mailboxes: [], mobile: null },
      password: { pwdLastSet: start - 86_400_000, mustChange: false, usn: '1' },
      rules: {
        ...{ minLength: 0, complexity: false, historyLength: 0, minAgeSeconds: 0, nameParts: [] },
      },
      ...said(),
    })
  return new Proxy({ readAccount } as Directory, {
    get(verbs, verb) {
      if (verb === 'readAccount') return verbs.readAccount
      throw new Error(`the directory was asked to ${String(verb)}`)
    },
  })
}
