import { setTimeout as pause } from 'node:timers/promises'
import { generate } from 'otplib'
import type { LabBackend } from './backend.ts'
import type { MailClient } from './mail-client.ts'
import { signInToPortal } from './portal-client.ts'

/** Somebody with both methods set up, who can then be locked out. */
export interface Employee {
  account: string
  dn: string
  userPrincipalName: string
  password: string
  /** Base32 seed of the authenticator app. */
  seed: string
  /** The private mailbox, not the one that the directory password opens. */
  mailbox: string
  /** What the authenticator app shows at `at` (milliseconds since the epoch; default now). */
  code(at?: number): Promise<string>
}

type Mail = Pick<MailClient, 'waitFor'>
const MAIL_TIMEOUT_MS = 20_000
const TOTP_STEP_MS = 30_000

/**
 * Lets an existing account set up an authenticator app and a mail address, through the portal's own
 * interface, as its owner would.
 *
 * @throws when the portal refuses a step
 */
export async function enrol(
  user: { name: string; dn: string; userPrincipalName: string; password: string },
  backend: Pick<LabBackend, 'origin'>,
  caPem: string,
  mail: Mail,
): Promise<Employee> {
  const mailbox = `${user.name}@home.example`
  const portal = await signInToPortal(backend.origin, caPem, {
    account: user.name,
    password: user.password,
  })
  // Mail first: once an authenticator is there, adding more asks for a code of its own.
  const email = (await portal.call('POST', '/me/methods/email', { address: mailbox })) as Begun
  await portal.call('POST', `/me/methods/${email.methodId}/confirm`, {
    code: await mailedCode(mail, mailbox),
  })
  const session = (await portal.call('GET', '/session')) as { steppedUp: boolean }
  if (!session.steppedUp) await stepUpByMail(portal, email.methodId, mail, mailbox)
  const totp = (await portal.call('POST', '/me/methods/totp', { label: 'Phone' })) as Begun
  const seed = totp.secret ?? ''
  const code = (at = Date.now()) => generate({ secret: seed, epoch: Math.floor(at / 1000) })
  // The code before the current one is accepted too, and leaves the current one unspent. Not at the
  // very end of a step, though: then it would be too old on arrival.
  const left = TOTP_STEP_MS - (Date.now() % TOTP_STEP_MS)
  if (left < 3000) await pause(left)
  await portal.call('POST', `/me/methods/${totp.methodId}/confirm`, {
    code: await code(Date.now() - TOTP_STEP_MS),
  })
  await portal.call('DELETE', '/session')
  return {
    ...{ account: user.name, dn: user.dn, userPrincipalName: user.userPrincipalName },
    ...{ password: user.password, seed, mailbox, code },
  }
}

type Begun = { methodId: string; secret?: string }

async function stepUpByMail(
  portal: Awaited<ReturnType<typeof signInToPortal>>,
  methodId: string,
  mail: Mail,
  mailbox: string,
): Promise<void> {
  const since = Date.now()
  await portal.call('POST', `/session/step-up/${methodId}/challenge`)
  const code = await mailedCode(mail, mailbox, since)
  await portal.call('POST', `/session/step-up/${methodId}/verify`, { kind: 'email', code })
}

/**
 * The newest code that was mailed to `mailbox`.
 *
 * @param since - milliseconds since the epoch; older mails do not count
 * @throws when none comes
 */
export async function mailedCode(mail: Mail, mailbox: string, since = 0): Promise<string> {
  const hasCode = (text: string) => /\b\d{6}\b/.test(text)
  const letter = await mail.waitFor(
    ({ to, text, receivedAt }) => to.includes(mailbox) && receivedAt >= since && hasCode(text),
    MAIL_TIMEOUT_MS,
  )
  return /\b\d{6}\b/.exec(letter.text)?.[0] ?? ''
}
