import { isAuthenticatorKind } from '../../../contract/method-kinds.ts'
import type { ChallengeResponse } from '../../../contract/recovery.ts'
import { err, ok, type Result } from '../../../contract/result.ts'
import type { ServerDependencies } from '../../domain/dependencies.ts'
import { recoverySubject } from '../../domain/end-recoveries.ts'
import { webAuthnLifetimeMs } from '../../domain/methods/web-authn-lifetime.ts'
import type { Refusal } from '../../domain/refusal.ts'
import { admit, type Credentials } from './admit.ts'
import { type ChallengeCall, findOffer } from './challenge-offer.ts'

/**
 * Gives out what an authenticator is to answer. SECURITY: no account is looked up and no credential is
 * named, so that there is nothing in it that could tell an employee from a stranger (P6).
 */
export async function askAuthenticator(
  deps: ServerDependencies,
  { recoveryId, offerId }: ChallengeCall,
  credentials: Credentials,
): Promise<Result<ChallengeResponse, Refusal>> {
  const challenge = deps.secrets.newToken()
  const codeHash = deps.secrets.hashToken(challenge)
  return deps.store.transaction(async (tx) => {
    const now = deps.now()
    const admitted = await admit(tx, deps, recoveryId, credentials)
    if (!admitted.ok) return admitted
    const recovery = admitted.value
    const offered = await findOffer(tx, recovery, offerId, now)
    if (!offered.ok) return offered
    const { kind } = offered.value
    if (!isAuthenticatorKind(kind)) return err({ code: 'wrong_state' })
    const expiresAt = now + webAuthnLifetimeMs
    // A newer challenge kills the older one.
    await tx.challenges.put({ subject: recoverySubject(recoveryId, offerId), codeHash, expiresAt })
    const fields = { recoveryId, accountId: recovery.account?.accountId ?? null, kind }
    await tx.audit({ event: 'recovery.challenged', at: now, fields })
    const options = deps.webAuthn.authenticationOptions(kind, challenge, [])
    return ok({ kind, expiresAt: new Date(expiresAt).toISOString(), options })
  })
}
