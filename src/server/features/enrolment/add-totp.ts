import type { TotpEnrolment } from '../../../contract/enrolment.ts'
import { ok, type Result } from '../../../contract/result.ts'
import { checkSession, type NotValid } from '../../domain/check-session.ts'
import type { ServerDependencies } from '../../domain/dependencies.ts'
import type { SessionRecord } from '../../domain/ports/sessions.ts'
import { type AddError, begin, beginAdding, unconfirmed } from './add-method.ts'

/**
 * Begins with an authenticator app: a new seed, which is told this once and counts when a code of it
 * has come back.
 */
export async function addTotp(
  deps: ServerDependencies,
  session: SessionRecord,
  label: string,
): Promise<Result<TotpEnrolment, AddError | NotValid>> {
  const checked = await checkSession(deps, session)
  if (!checked.ok) return checked
  const now = deps.now()
  const seed = deps.totp.newSeed()
  const method = unconfirmed(deps, session, { kind: 'totp', label, secret: seed }, now)
  return deps.store.transaction(async (tx) => {
    const begun = await beginAdding(checked.value, tx, session, 'totp', now)
    if (!begun.ok) return begun
    await begin(tx, session, method, now)
    const expiresAt = new Date(now + deps.settings.limits.codeLifetime).toISOString()
    const uri = deps.totp.uri(seed, session.accountName)
    return ok({ methodId: method.id, secret: seed, uri, expiresAt })
  })
}
