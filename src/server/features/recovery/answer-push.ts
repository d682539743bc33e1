import type { PhoneAnswerResponse } from '../../../contract/push.ts'
import { err, ok, type Result } from '../../../contract/result.ts'
import type { ServerDependencies } from '../../domain/dependencies.ts'
import { endRecovery } from '../../domain/end-recoveries.ts'
import { mayUse } from '../../domain/policy/kept-decision.ts'
import type { PushRequestRecord } from '../../domain/ports/push-requests.ts'
import type { RecoveryRecord } from '../../domain/ports/recoveries.ts'
import type { StoreTransaction } from '../../domain/ports/store.ts'
import type { Phone } from '../../domain/push/admit-phone.ts'
import { recordDenial } from '../../domain/push/record-denial.ts'
import type { Refusal } from '../../domain/refusal.ts'
import { checkOpen } from './admit.ts'
import { acceptProof } from './verify-accept.ts'
import { refuseProof } from './verify-refuse.ts'
import { reserveOffer } from './verify-reserve.ts'

/** A question that a phone of its account answers, inside the transaction of that answer. */
export type Answering = {
  readonly phone: Phone
  readonly request: PushRequestRecord & { readonly recoveryId: string; readonly offerId: string }
}

/**
 * The number that was typed on a phone: counted like every proof, compared, and spent, all in one
 * transaction. A wrong one ends the question; there is no second guess at the same number.
 */
export async function approvePush(
  tx: StoreTransaction,
  deps: ServerDependencies,
  { phone, request }: Answering,
  number: string,
): Promise<Result<PhoneAnswerResponse, Refusal>> {
  const now = deps.now()
  const recovery = await tx.recoveries.find(request.recoveryId)
  const closed = recovery === null ? ({ code: 'not_found' } as const) : checkOpen(recovery, now)
  if (recovery === null || closed !== null) return err(closed ?? { code: 'not_found' })
  const reserved = await reserveOffer(
    tx,
    deps,
    recovery,
    { offerId: request.offerId, kind: 'push' },
    recovery.account,
  )
  if (!reserved.ok) return reserved
  const attempt = reserved.value
  const isAllowed = mayUse(attempt.account, 'push') && !attempt.isBlockedSilently
  const isRight = deps.secrets.equal(request.number, number) && isAllowed
  const spend = async () => {
    if (!(await tx.pushRequests.advance(request.id, 'pending', 'approved', now))) return false
    await tx.methods.touch(phone.method.id, now)
    return true
  }
  const accepted = isRight ? await acceptProof(tx, deps, attempt, { spend }) : null
  if (accepted !== null) return accepted.ok ? ok({ outcome: 'approved' }) : accepted
  await tx.pushRequests.advance(request.id, 'pending', 'wrong', now)
  await refuseProof(tx, deps, attempt)
  return ok({ outcome: 'wrong' })
}

/** "This wasn't me": the recovery ends, whatever it has come to, and its owner is told everywhere. */
export async function denyPush(
  tx: StoreTransaction,
  deps: ServerDependencies,
  { request }: Answering,
): Promise<Result<PhoneAnswerResponse, Refusal>> {
  const now = deps.now()
  await tx.pushRequests.advance(request.id, 'pending', 'denied', now)
  const recovery = await tx.recoveries.find(request.recoveryId)
  if (recovery?.account) await end(tx, deps, recovery, recovery.account, now)
  return ok({ outcome: 'denied' })
}

async function end(
  tx: StoreTransaction,
  deps: ServerDependencies,
  recovery: RecoveryRecord,
  account: NonNullable<RecoveryRecord['account']>,
  now: number,
): Promise<void> {
  await endRecovery(tx, recovery, account.accountId, now)
  await recordDenial(deps, tx, account, recovery.id, now)
}
