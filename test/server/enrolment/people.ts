import { setTimeout as pause } from 'node:timers/promises'
import { generate } from 'otplib'
import { mailedCode } from '../../../scripts/lab/employee.ts'
import { uniqueName } from '../../helpers/lab.ts'
import type { Stack } from '../../helpers/stack.ts'
import { type Client, signedIn } from '../session/portal-client.ts'

export interface Person {
  account: string
  dn: string
  password: string
  /** The directory's address, which the lost password opens. */
  mail: string
  /** A private one. */
  mailbox: string
}

/** An account that has nothing set up yet. */
export async function newPerson(
  stack: Stack,
  attributes: Record<string, string[]> = {},
): Promise<Person> {
  const name = uniqueName('own')
  const mail = `${name}@corp.example.com`
  const user = await stack.lab.directory.createUser({ name, mail, attributes })
  return { ...user, account: name, mail, mailbox: `${name}@home.example` }
}

export interface Signed extends Person {
  client: Client
}

export async function newSigned(
  stack: Stack,
  attributes: Record<string, string[]> = {},
): Promise<Signed> {
  const person = await newPerson(stack, attributes)
  return { ...person, client: await signedIn(stack, person) }
}

/**
 * The code of the time step `steps` from now. One step of drift is accepted, and each step once. Not at
 * the very end of a step, where the one before it is about to be too old.
 */
export async function codeOf(seed: string, steps = 0): Promise<string> {
  const left = 30_000 - (Date.now() % 30_000)
  if (steps < 0 && left < 3000) await pause(left)
  return generate({ secret: seed, epoch: Math.floor(Date.now() / 1000) + 30 * steps })
}

/** Begins with an authenticator app. @throws when it is refused */
export async function beginTotp(client: Client): Promise<{ methodId: string; secret: string }> {
  const begun = await client.send('POST', '/me/methods/totp', { label: 'Phone' })
  if (begun.status !== 200) throw new Error(JSON.stringify(begun.body))
  return begun.body
}

/** Sets one up; its code of the step before the current one is spent by that. */
export async function addTotp(client: Client): Promise<{ methodId: string; secret: string }> {
  const begun = await beginTotp(client)
  const code = await codeOf(begun.secret, -1)
  const confirmed = await client.send('POST', `/me/methods/${begun.methodId}/confirm`, { code })
  if (confirmed.status !== 200) throw new Error(JSON.stringify(confirmed.body))
  return begun
}

/** Begins with a mail address, and waits for the code. @throws when it is refused */
export async function beginMail(
  stack: Stack,
  client: Client,
  address: string,
): Promise<{ methodId: string; code: string }> {
  const since = Date.now()
  const begun = await client.send('POST', '/me/methods/email', { address })
  if (begun.status !== 200) throw new Error(JSON.stringify(begun.body))
  return { methodId: begun.body.methodId, code: await mailedCode(stack.lab.mail, address, since) }
}

export async function addMail(stack: Stack, client: Client, address: string): Promise<string> {
  const { methodId, code } = await beginMail(stack, client, address)
  const confirmed = await client.send('POST', `/me/methods/${methodId}/confirm`, { code })
  if (confirmed.status !== 200) throw new Error(JSON.stringify(confirmed.body))
  return methodId
}

/** Asks for a step-up code by mail, and waits for it. */
export async function mailedStepUp(
  stack: Stack,
  client: Client,
  methodId: string,
  mailbox: string,
): Promise<string> {
  const since = Date.now()
  const sent = await client.send('POST', `/session/step-up/${methodId}/challenge`)
  if (sent.status !== 200) throw new Error(JSON.stringify(sent.body))
  return mailedCode(stack.lab.mail, mailbox, since)
}

/** A code that is certainly another one. */
export function otherCode(code: string): string {
  return String((Number(code) + 1) % 1_000_000).padStart(6, '0')
}
