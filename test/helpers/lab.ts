import { randomBytes } from 'node:crypto'
import { dirname, join } from 'node:path'
import { inject } from 'vitest'
import {
  type Certificate,
  type CertificateAuthority,
  openCertificateAuthority,
} from '../../scripts/lab/certificates.ts'
import { type Accounts, accounts } from '../../scripts/lab/domain-controller/accounts.ts'
import type { Layout } from '../../scripts/lab/domain-controller/layout.ts'
import {
  type PasswordSettings,
  passwordSettings,
} from '../../scripts/lab/domain-controller/password-policy.ts'
import { type SambaTools, sambaTools } from '../../scripts/lab/domain-controller/samba-tool.ts'
import { type MailClient, mailClient } from '../../scripts/lab/mail-client.ts'
import { createDatabase, dropDatabase } from '../../scripts/lab/postgres.ts'

/** The shared domain controller. Tests that break or restart one start their own (four seconds). */
export interface DirectoryFacts extends Layout {
  directory: string
  address: string
  host: string
  port: 636
  url: string
  realm: string
  netbiosName: string
  administratorPassword: string
  caFile: string
  caPem: string
}

/** What the setup tells the test process about the lab. */
export interface LabFacts {
  /** A folder for files; removed after the run. */
  folder: string
  caFile: string
  caPem: string
  /** For `portal.corp.example.com`, `localhost` and `127.0.0.1`. */
  serverCertificate: Certificate
  directory: DirectoryFacts
  postgres: { host: string; port: number; url: string }
  /** STARTTLS, no account. Mails of all tests arrive here: use addresses of your own. */
  mail: { host: string; port: number; inboxUrl: string }
}

export interface TestLab extends Omit<LabFacts, 'directory' | 'mail'> {
  authority: CertificateAuthority
  directory: DirectoryFacts & Accounts & PasswordSettings & SambaTools
  mail: LabFacts['mail'] & MailClient
}

declare module 'vitest' {
  interface ProvidedContext {
    lab: LabFacts
    /** The X display for windows, in `e2e` only. */
    display: string
  }
}

/** The lab that all tests on real parts share. Users, databases and addresses are a test's own. */
export async function openLab(): Promise<TestLab> {
  const facts = inject('lab')
  const { directory } = facts
  const tools = sambaTools(
    join(directory.directory, 'private', 'sam.ldb'),
    join(directory.directory, 'etc', 'smb.conf'),
  )
  return {
    ...facts,
    authority: await openCertificateAuthority(dirname(facts.caFile)),
    directory: {
      ...directory,
      ...tools,
      ...accounts(tools, directory.realm, directory.usersOu),
      ...passwordSettings(tools),
    },
    mail: { ...facts.mail, ...mailClient(facts.mail.inboxUrl) },
  }
}

/** The X display that windows of `e2e` tests open on, for `DISPLAY`. */
export function testDisplay(): string {
  return inject('display')
}

/** An empty PostgreSQL database of its own, and how to remove it. */
export async function createTestDatabase(): Promise<{ url: string; remove(): Promise<void> }> {
  const server = inject('lab').postgres.url
  const name = uniqueName('test')
  return { url: await createDatabase(server, name), remove: () => dropDatabase(server, name) }
}

/** A name that no other test has, at most 20 characters for a `prefix` of up to 9 (sAMAccountName's limit). */
export function uniqueName(prefix: string): string {
  return `${prefix}-${randomBytes(5).toString('hex')}`
}
