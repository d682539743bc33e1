import type { Employee } from '../../scripts/lab/employee.ts'
import { lockOut, trySignIn } from '../../scripts/lab/sign-in.ts'
import { uniqueName } from '../helpers/lab.ts'
import type { Stack } from '../helpers/stack.ts'

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
