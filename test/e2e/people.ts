import { setTimeout as pause } from 'node:timers/promises'
import { generate } from 'otplib'
import type { Employee } from '../../scripts/lab/employee.ts'
import { signInToPortal } from '../../scripts/lab/portal-client.ts'
import { lockOut, trySignIn } from '../../scripts/lab/sign-in.ts'
import type { SmsProvider } from '../../scripts/lab/sms-provider.ts'
import { uniqueName } from '../helpers/lab.ts'
import { newNumber, textedCode } from '../helpers/sms.ts'
import type { Stack } from '../helpers/stack.ts'

const stepMs = 30_000

/** What the directory answers to a sign-in. */
export const signInAnswers = {
  accepted: '',
  wrongPassword: /data 52e/,
  lockedOut: /data 775/,
} as const

/** Somebody who is locked out for half an hour after too many wrong passwords at the workstation. */
export async function hireLockedOut(stack: Stack, name?: string): Promise<Employee> {
  const employee = await stack.hire(name === undefined ? {} : { name, mail: `${name}@example.com` })
  const { directory } = stack.lab
  const rules = { lockoutThreshold: 2, lockoutMinutes: 30 }
  await directory.createPso(uniqueName('pso'), 50, rules, [employee.account])
  if (!(await lockOut(employee.userPrincipalName, directory))) throw new Error('not locked out')
  return employee
}

/** Tries a password at the domain controller, as the login screen would. */
export function signIn({ lab }: Stack, { userPrincipalName }: Employee, password: string) {
  return trySignIn(userPrincipalName, password, lab.directory)
}

/** A code that is wrong, but for once in a hundred thousand times. */
export const wrongCode = '000000'

/** Somebody with a mobile number and an authenticator app, set up in the portal in this order. */
export async function hireWithNumber(
  stack: Stack,
  provider: SmsProvider,
): Promise<Employee & { number: string }> {
  const name = uniqueName('emp')
  const number = newNumber()
  const { lab, backend } = stack
  const user = await lab.directory.createUser({ name, mail: `${name}@corp.example.com` })
  const credentials = { account: name, password: user.password }
  const portal = await signInToPortal(backend.origin, lab.caPem, credentials)
  const begin = async (kind: string, body: object) =>
    (await portal.call('POST', `/me/methods/${kind}`, body)) as { methodId: string; secret: string }
  const confirm = (methodId: string, code: string) =>
    portal.call('POST', `/me/methods/${methodId}/confirm`, { code })
  const phone = await begin('sms', { number })
  await confirm(phone.methodId, await textedCode(provider, number))
  const { methodId, secret: seed } = await begin('totp', { label: 'Phone' })
  const code = (at = Date.now()) => generate({ secret: seed, epoch: Math.floor(at / 1000) })
  // The code before the current one is accepted too, and leaves the current one unspent.
  const left = stepMs - (Date.now() % stepMs)
  if (left < 3000) await pause(left)
  await confirm(methodId, await code(Date.now() - stepMs))
  return { ...user, account: name, seed, code, mailbox: '', number }
}
