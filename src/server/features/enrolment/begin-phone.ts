import type { PhoneEnrolment } from '../../../contract/push.ts'
import { ok, type Result } from '../../../contract/result.ts'
import { checkSession, type NotValid } from '../../domain/check-session.ts'
import type { ServerDependencies } from '../../domain/dependencies.ts'
import type { SessionRecord } from '../../domain/ports/sessions.ts'
import { type AddError, begin, beginAdding, unconfirmed } from './add-method.ts'

const pairingLifetimeMs = 10 * 60_000

/** What a phone is called until it has said its name. */
const nameless = '–'

/**
 * Begins with a phone: a link that pairs one, once. SECURITY: its secret stands behind the `#`, which no
 * browser sends and no server logs; only its hash is kept.
 */
export async function beginPhone(
  deps: ServerDependencies,
  session: SessionRecord,
): Promise<Result<PhoneEnrolment, AddError | NotValid>> {
  const checked = await checkSession(deps, session)
  if (!checked.ok) return checked
  const now = deps.now()
  const secret = deps.secrets.newToken()
  const method = unconfirmed(deps, session, { kind: 'push', label: nameless, secret: '' }, now)
  const pairingExpiresAt = now + pairingLifetimeMs
  return deps.store.transaction(async (tx) => {
    const begun = await beginAdding(checked.value, tx, session, 'push', now)
    if (!begun.ok) return begun
    await begin(tx, session, method, now)
    await tx.pushDevices.insert({
      ...{ methodId: method.id, accountId: session.accountId, createdAt: now },
      ...{ pairing: deps.secrets.hashToken(secret), pairingExpiresAt },
      ...{ number: null, thumbprint: null, subscription: null },
    })
    const link = `${deps.settings.origin}/portal/phone-app/#pair=${secret}`
    return ok({ methodId: method.id, link, expiresAt: new Date(pairingExpiresAt).toISOString() })
  })
}
