import type { Verifier } from './verifier.ts'

/** RFC 6238: the code of an authenticator app. Its time step is spent, and every one before it (§5.2). */
export const verifyTotp: Verifier<'totp'> = async (
  { secrets, totp },
  { methods, decoy },
  { code },
  now,
) => {
  if (methods.length === 0) totp.match(decoy.totpSeed, code, now)
  for (const method of methods) {
    const seed = secrets.openMethodSecret(method)
    const step = seed === null ? null : totp.match(seed, code, now)
    if (step !== null) return { spend: (tx, at) => tx.methods.spendStep(method.id, step, at) }
  }
  return null
}
