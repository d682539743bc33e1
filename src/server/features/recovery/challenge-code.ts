import { isSentKind, type SentKind } from '../../../contract/method-kinds.ts'
import type { ChallengeResponse } from '../../../contract/recovery.ts'
import { err, ok, type Result } from '../../../contract/result.ts'
import type { ServerDependencies } from '../../domain/dependencies.ts'
import { recoverySubject } from '../../domain/end-recoveries.ts'
import { lockMethods } from '../../domain/lock-methods.ts'
import type { RecoveringAccount, RecoveryRecord } from '../../domain/ports/recoveries.ts'
import type { StoreTransaction } from '../../domain/ports/store.ts'
import type { Refusal } from '../../domain/refusal.ts'
import { admit, type Credentials } from './admit.ts'
import { type ChallengeCall, findOffer, type Offered } from './challenge-offer.ts'
import { countCode, findFullCap } from './code-caps.ts'
import { accountKey, identify, rememberAccount } from './identify.ts'
import { isDirectorySuspended, receiversOf } from './receivers.ts'

/**
 * SECURITY: whoever is refused for a reason that has nothing to do with an account costs no hash and
 * no question to the directory. Nothing is counted or spent here; what counts is asked again later.
 */
export function refuseCodeEarly(
  tx: StoreTransaction,
  deps: ServerDependencies,
  recovery: RecoveryRecord,
  { isAfterStrong }: Offered,
  kind: SentKind,
  { address }: ChallengeCall,
): Promise<Refusal | null> {
  const accountId = accountKey(deps, recovery, recovery.account)
  const request = { kind, recovery, accountId, address, isAfterStrong }
  return findFullCap(tx, deps, request, deps.now())
}

/**
 * Sends a code. A stranger's goes nowhere, by the same steps: one hash, one challenge, one row in the
 * outbox.
 */
export async function sendCode(
  deps: ServerDependencies,
  recovery: RecoveryRecord,
  call: ChallengeCall,
  credentials: Credentials,
): Promise<Result<ChallengeResponse, Refusal>> {
  const account = await identify(deps, recovery)
  if (!account.ok) return account
  const code = deps.secrets.newCode()
  const codeHash = await deps.secrets.hashCode(code)
  return deps.store.transaction(async (tx) => {
    const admitted = await admit(tx, deps, recovery.id, credentials)
    if (!admitted.ok) return admitted
    return send(tx, deps, admitted.value, account.value, call, { code, codeHash })
  })
}

async function send(
  tx: StoreTransaction,
  deps: ServerDependencies,
  recovery: RecoveryRecord,
  resolved: RecoveringAccount | null,
  { offerId, address }: ChallengeCall,
  { code, codeHash }: { code: string; codeHash: string },
): Promise<Result<ChallengeResponse, Refusal>> {
  const now = deps.now()
  const offered = await findOffer(tx, recovery, offerId, now)
  if (!offered.ok) return offered
  const { kind, isAfterStrong } = offered.value
  if (!isSentKind(kind)) return err({ code: 'wrong_state' })
  const account = await rememberAccount(tx, recovery, resolved)
  const accountId = accountKey(deps, recovery, account)
  // Held until the code is stored: whoever removes the method meanwhile finds it there, and voids it.
  await lockMethods(tx, accountId, now)
  const receivers = receiversOf(deps, kind, {
    ...{ recovery, account, methods: await tx.methods.list(accountId) },
    isDirectorySuspended: await isDirectorySuspended(tx, deps, accountId, kind),
  })
  const request = { kind, recovery, accountId, receivers, address, isAfterStrong }
  const counted = await countCode(tx, deps, request, now)
  if (!counted.ok) return counted
  const expiresAt = now + deps.settings.limits.codeLifetime
  // A newer code kills the older one, also when the newer one goes nowhere.
  await tx.challenges.put({ subject: recoverySubject(recovery.id, offerId), codeHash, expiresAt })
  const validMinutes = Math.round(deps.settings.limits.codeLifetime / 60_000)
  const content = { template: 'recovery_code', code, validMinutes } as const
  const channel = kind === 'sms' ? 'sms' : 'mail'
  await deps.outbox.put(tx, { to: counted.value, channel, content, now, expiresAt })
  const fields = { recoveryId: recovery.id, accountId: account?.accountId ?? null, kind }
  await tx.audit({ event: 'recovery.challenged', at: now, fields })
  return ok({ kind, expiresAt: new Date(expiresAt).toISOString() })
}
