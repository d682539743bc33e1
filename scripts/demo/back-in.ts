import { trySignIn } from '../lab/sign-in.ts'
import type { DemoWorld } from './world.ts'

/**
 * What the directory's answer to the old password means after the helper was used.
 *
 * @param refusal - from `trySignIn` with the old password
 * @returns a sentence, or null when the employee is still locked out or it cannot be said
 */
export function backInSentence(account: string, refusal: string): string | null {
  if (refusal === '') return `${account} is back in: the directory takes the password again.`
  // 52e: wrong password, on an account that is not locked (MS-ADTS 5.1.1.3, Windows error codes).
  if (!refusal.includes('data 52e')) return null
  return `${account} is back in: the account is open, and the directory refuses the old password.`
}

/** Whether a letter says that a recovery has come to its good end. */
export function tellsOfSuccess(mail: { subject: string }): boolean {
  return /^Your (password was reset|account was unlocked)$/.test(mail.subject)
}

/** Asks the directory; only after a letter has told of success, for a wrong password counts there. */
export async function isBackIn({ employee, domain }: DemoWorld): Promise<string | null> {
  const refusal = await trySignIn(employee.userPrincipalName, employee.password, domain.signIn)
  return backInSentence(employee.account, refusal)
}
