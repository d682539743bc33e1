import type { ServerDependencies } from './dependencies.ts'
import type { MethodRecord } from './ports/methods.ts'

/** What was right about a code, still to be spent: a time step, or the hash of a mailed code. */
export type CodeMatch = { readonly step: number } | { readonly codeHash: string }

/**
 * Compares a code with a method of a signed-in user, and spends nothing.
 *
 * @param subject - what a mailed code was for; an authenticator app needs none
 * @param now - milliseconds since the epoch
 * @returns null when the code is wrong, or nothing was mailed that still counts
 */
export async function matchCode(
  { secrets, store, totp }: Pick<ServerDependencies, 'secrets' | 'store' | 'totp'>,
  method: MethodRecord,
  subject: string,
  code: string,
  now: number,
): Promise<CodeMatch | null> {
  if (method.kind === 'totp') {
    const seed = secrets.openMethodSecret(method)
    const step = seed === null ? null : totp.match(seed, code, now)
    return step === null ? null : { step }
  }
  const challenge = await store.transaction((tx) => tx.challenges.find(subject, now))
  if (challenge === null) return null
  const { codeHash } = challenge
  return (await secrets.verifyCode(codeHash, code)) ? { codeHash } : null
}
