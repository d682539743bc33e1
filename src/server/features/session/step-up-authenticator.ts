import type { AuthenticatorKind } from '../../../contract/method-kinds.ts'
import type { ChallengeResponse } from '../../../contract/recovery.ts'
import { ok, type Result } from '../../../contract/result.ts'
import type { ServerDependencies } from '../../domain/dependencies.ts'
import { webAuthnLifetimeMs } from '../../domain/methods/web-authn-lifetime.ts'
import type { SessionRecord } from '../../domain/ports/sessions.ts'
import { challengeSubject } from './step-up-method.ts'

/** Gives out what one passkey or security key of the signed-in user is to answer. */
export async function askAuthenticator(
  { now, secrets, store, webAuthn }: ServerDependencies,
  session: SessionRecord,
  methodId: string,
  kind: AuthenticatorKind,
): Promise<Result<ChallengeResponse, never>> {
  const challenge = secrets.newToken()
  const codeHash = secrets.hashToken(challenge)
  const { accountId, accountName } = session
  return store.transaction(async (tx) => {
    const at = now()
    const expiresAt = at + webAuthnLifetimeMs
    await tx.challenges.put({ subject: challengeSubject(session, methodId), codeHash, expiresAt })
    const own = (await tx.credentials.list(accountId)).filter((one) => one.methodId === methodId)
    await tx.audit({ event: 'session.challenged', at, fields: { accountId, accountName, kind } })
    const options = webAuthn.authenticationOptions(kind, challenge, own)
    return ok({ kind, expiresAt: new Date(expiresAt).toISOString(), options })
  })
}
