import { Client } from 'ldapts'
import { trySignIn } from '../../scripts/lab/sign-in.ts'
import { changePassword, openDirectory } from '../../src/directory/index.ts'
import type { TestLab } from '../helpers/lab.ts'
import type { Lane, Staff } from './lane.ts'

/** How a password stands on the domain controller itself. */
export type PasswordFacts = {
  /** Rises by one with each password that is set ([MS-ADTS] 3.1.1.4.5.16). */
  version: number
  mustChange: boolean
}

/** Asks the domain controller directly, past every watch. */
export async function passwordFacts(lab: TestLab, dn: string): Promise<PasswordFacts> {
  return withClient(lab, (client) => readFacts(client, dn))
}

/** Looks at a password again and again while `work` is done. @returns each state that was seen */
export async function observePassword<T>(
  lab: TestLab,
  dn: string,
  work: () => Promise<T>,
): Promise<{ value: T; seen: PasswordFacts[] }> {
  return withClient(lab, async (client) => {
    const seen = [await readFacts(client, dn)]
    let isOver = false
    const working = work().finally(() => {
      isOver = true
    })
    while (!isOver) seen.push(await readFacts(client, dn))
    return { value: await working, seen: [...seen, await readFacts(client, dn)] }
  })
}

async function withClient<T>(lab: TestLab, use: (client: Client) => Promise<T>): Promise<T> {
  const { address, host, caPem, serviceAccount } = lab.directory
  const client = new Client({
    url: `ldaps://${address}:636`,
    tlsOptions: { ca: caPem, servername: host },
    timeout: 10_000,
    connectTimeout: 10_000,
  })
  try {
    await client.bind(serviceAccount.userPrincipalName, serviceAccount.password)
    return await use(client)
  } finally {
    await client.unbind()
  }
}

async function readFacts(client: Client, dn: string): Promise<PasswordFacts> {
  const attributes = ['pwdLastSet', 'msDS-KeyVersionNumber']
  const { searchEntries } = await client.search(dn, { scope: 'base', attributes })
  const [entry] = searchEntries
  const version = Number(entry?.['msDS-KeyVersionNumber'])
  if (!(version > 0)) throw new Error(`the version of the password of ${dn} cannot be read`)
  return { version, mustChange: entry?.pwdLastSet === '0' }
}

export async function signsIn(lab: TestLab, staff: Staff, password: string): Promise<boolean> {
  return (await trySignIn(staff.userPrincipalName, password, lab.directory)) === ''
}

/** Whether somebody who knows `password` could still change it, which is all that it is good for. */
export async function isAlive(lab: TestLab, { dn }: Staff, password: string): Promise<boolean> {
  const { address, host, caPem, agentAccount } = lab.directory
  const opened = await openDirectory({
    controller: { host, port: 636, address },
    ...{ caPem: [caPem], connectTimeoutMs: 3_000, operationTimeoutMs: 5_000 },
    bind: { name: agentAccount.userPrincipalName, password: agentAccount.password },
  })
  if (!opened.ok) throw new Error(opened.error.detail)
  const changed = await changePassword(opened.value, dn, password, `${password} B9`)
  await opened.value.close()
  if (changed.ok) return true
  if (changed.error.code !== 'old_password_wrong') throw new Error(changed.error.detail)
  return false
}

/** Temporary passwords that were delivered to the domain controller, oldest first. */
export function temporaries({ ldaps }: Lane): string[] {
  const sent = ldaps.recorded('toTarget').toString('latin1')
  const quoted = sent.matchAll(/"\0((?:[^"]\0){120,})"\0/g)
  return [...quoted].map(([, text = '']) => Buffer.from(text, 'latin1').toString('utf16le'))
}

export type Event = { event: string; fields: Record<string, unknown> }

/** What the audit log says of a recovery, the sweeper's part included. */
export async function eventsOf(lane: Lane, recoveryId: string): Promise<string[]> {
  const rows = await lane.query('select body from audit_entries order by seq')
  const events = rows.map(({ body }) => JSON.parse(String(body)) as Event)
  return events.filter(({ fields }) => fields.recoveryId === recoveryId).map(({ event }) => event)
}

/** The recoveries of somebody who has proven something, oldest first. */
export async function recoveriesOf(lane: Lane, { account }: Staff): Promise<string[]> {
  const rows = await lane.query('select body from audit_entries order by seq')
  const all = rows.map(({ body }) => (JSON.parse(String(body)) as Event).fields)
  // Recoveries do not name who they are for, only by identifier; a session of the portal does.
  const { accountId } = all.find(({ accountName }) => accountName === account) ?? {}
  const theirs = all.filter((fields) => fields.accountId === accountId && fields.recoveryId)
  return [...new Set(theirs.map(({ recoveryId }) => String(recoveryId)))]
}

export async function openWrites(lane: Lane): Promise<number> {
  const rows = await lane.query('select count(*) as count from writes')
  return Number(rows[0]?.count)
}

/** Whether a mail with this subject came to the employee since `since` (real time). */
export function wasTold({ lab }: Lane, { mailbox }: Staff, subject: string, since: number) {
  return lab.mail.waitFor(
    (mail) => mail.to.includes(mailbox) && mail.subject === subject && mail.receivedAt >= since,
    15_000,
  )
}
