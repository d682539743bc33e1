import type { StartRecoveryRequest, StartRecoveryResponse } from '../../../contract/recovery.ts'
import { err, ok, type Result } from '../../../contract/result.ts'
import type { ServerDependencies } from '../../domain/dependencies.ts'
import { offeredToAll } from '../../domain/policy/kept-decision.ts'
import type { OfferRecord } from '../../domain/ports/offers.ts'
import type { RecoveryRecord } from '../../domain/ports/recoveries.ts'
import type { Refusal } from '../../domain/refusal.ts'
import type { Credentials } from './admit.ts'
import { statusOf } from './status-of.ts'

export type Starter = Omit<Credentials, 'tokenHash'>

/**
 * Begins a recovery for whatever name was typed. The directory is not asked, and what is offered is
 * what the policy allows somebody, not what the account has: the answer is the same for everybody (P6).
 */
export async function startRecovery(
  deps: ServerDependencies,
  request: StartRecoveryRequest,
  starter: Starter,
): Promise<Result<StartRecoveryResponse, Refusal>> {
  const { policies, secrets, settings, store } = deps
  const { kinds, required } = offeredToAll((await policies.current()).document)
  const now = deps.now()
  const token = secrets.newToken()
  const id = secrets.newId()
  const recovery: RecoveryRecord = {
    id,
    tokenHash: secrets.hashToken(token),
    thumbprint: starter.thumbprint,
    sealedName: secrets.sealTypedName(id, request.account),
    nameKey: secrets.blind('name', request.account),
    purpose: request.purpose,
    state: 'proving',
    required,
    attempts: 0,
    resolved: false,
    account: null,
    mode: null,
    controller: null,
    sealingKey: null,
    commits: 0,
    createdAt: now,
    expiresAt: now + settings.limits.recoveryLifetime,
  }
  const offers: OfferRecord[] = kinds.map((kind) => ({
    recoveryId: recovery.id,
    offerId: secrets.newId(),
    kind,
    provenAt: null,
  }))
  return store.transaction(async (tx) => {
    const { thumbprint, jti, proofExpiresAt } = starter
    if (!(await tx.spend('dpop', `${thumbprint}.${jti}`, proofExpiresAt))) {
      return err({ code: 'unauthorized' })
    }
    await tx.recoveries.insert(recovery)
    await tx.offers.insert(offers)
    const { nameKey, purpose } = recovery
    const fields = { recoveryId: id, nameDigest: nameKey, purpose, address: starter.address }
    await tx.audit({ event: 'recovery.started', at: now, fields })
    return ok({ ...statusOf(recovery, offers, deps), token })
  })
}
