import type { AuthenticatorEnrolment } from '../../../contract/enrolment.ts'
import type { AuthenticatorKind } from '../../../contract/method-kinds.ts'
import { ok, type Result } from '../../../contract/result.ts'
import { checkSession, type NotValid } from '../../domain/check-session.ts'
import type { ServerDependencies } from '../../domain/dependencies.ts'
import { webAuthnLifetimeMs } from '../../domain/methods/web-authn-lifetime.ts'
import type { SessionRecord } from '../../domain/ports/sessions.ts'
import { type AddError, begin, beginAdding, unconfirmed } from './add-method.ts'
import { enrolmentSubject } from './confirm-method.ts'

/** Begins with a passkey or a security key: what the browser is to ask the authenticator for. */
export async function addAuthenticator(
  deps: ServerDependencies,
  session: SessionRecord,
  { kind, label }: { readonly kind: AuthenticatorKind; readonly label: string },
): Promise<Result<AuthenticatorEnrolment, AddError | NotValid>> {
  const checked = await checkSession(deps, session)
  if (!checked.ok) return checked
  const now = deps.now()
  const { secrets, webAuthn } = deps
  const challenge = secrets.newToken()
  const codeHash = secrets.hashToken(challenge)
  return deps.store.transaction(async (tx) => {
    const begun = await beginAdding(checked.value, tx, session, kind, now)
    if (!begun.ok) return begun
    const existing = await tx.credentials.list(session.accountId)
    const handle = existing[0]?.userHandle ?? secrets.newToken()
    const method = unconfirmed(deps, session, { kind, label, secret: handle }, now)
    await begin(tx, session, method, now)
    const expiresAt = now + webAuthnLifetimeMs
    await tx.challenges.put({ subject: enrolmentSubject(method.id), codeHash, expiresAt })
    const user = { handle, name: session.accountName, displayName: session.displayName }
    const { allowedAaguids } = checked.value.decision
    const registering = { kind, challenge, user, existing, allowedAaguids }
    const options = webAuthn.registrationOptions(registering)
    return ok({ methodId: method.id, expiresAt: new Date(expiresAt).toISOString(), options })
  })
}
