import type { Proof } from '../../../contract/methods.ts'
import { err, ok, type Result } from '../../../contract/result.ts'
import type { ServerDependencies } from '../../domain/dependencies.ts'
import { recoverySubject } from '../../domain/end-recoveries.ts'
import { limitKeys, reserveProof, secondsUntil } from '../../domain/limits.ts'
import { hasStrong } from '../../domain/policy.ts'
import type { ChallengeRecord } from '../../domain/ports/challenges.ts'
import type { MethodRecord } from '../../domain/ports/methods.ts'
import type { OfferRecord } from '../../domain/ports/offers.ts'
import type { RecoveryRecord, ResolvedAccount } from '../../domain/ports/recoveries.ts'
import type { StoreTransaction } from '../../domain/ports/store.ts'
import type { Refusal } from '../../domain/refusal.ts'
import { type Reservation, reserve } from '../../domain/reserve.ts'
import { admit, type Credentials, checkOpen } from './admit.ts'
import { accountKey, provenKinds, rememberAccount } from './identify.ts'

export type VerifyCall = {
  readonly recoveryId: string
  readonly offerId: string
  readonly proof: Proof
}

/** One counter, before and after this attempt was counted on it. */
export type Counted = Reservation & { readonly key: string }

/** An attempt that is already counted as failed, with everything to compare it with. */
export type Attempt = {
  readonly recovery: RecoveryRecord
  readonly account: ResolvedAccount | null
  readonly accountId: string
  readonly offer: OfferRecord
  readonly methods: readonly MethodRecord[]
  readonly challenge: ChallengeRecord | null
  readonly counters: readonly Counted[]
  /** The account has had too many failures under another name: refused, whatever is shown. */
  readonly isBlockedSilently: boolean
}

/**
 * Counts an attempt on the recovery, the typed name and the account, in one transaction with the spend
 * of the request's own proof. Only then anything is compared. After a strong proof it is counted on the
 * recovery and on the account's own counter for that, which no stranger ever comes to.
 *
 * The order - recovery, name, account - is the same everywhere, so that no two requests wait for each
 * other.
 */
export async function reserveAttempt(
  tx: StoreTransaction,
  deps: ServerDependencies,
  { recoveryId, offerId, proof }: VerifyCall,
  credentials: Credentials,
  resolved: ResolvedAccount | null,
): Promise<Result<Attempt, Refusal>> {
  const now = deps.now()
  const admitted = await admit(tx, deps, recoveryId, credentials)
  if (!admitted.ok) return admitted
  const recovery = admitted.value
  const closed = checkOpen(recovery, now)
  if (closed) return err(closed)
  if (recovery.state !== 'proving') return err({ code: 'wrong_state' })
  const offers = await tx.offers.list(recoveryId)
  const offer = offers.find((one) => one.offerId === offerId)
  if (!offer) return err({ code: 'not_found' })
  if (offer.kind !== proof.kind) return err({ code: 'invalid_request', fields: ['kind'] })
  if (offer.provenAt !== null) return err({ code: 'wrong_state' })

  const { limits } = deps.settings
  const reserved = await tx.recoveries.reserveAttempt(recoveryId, limits.attemptsInRecovery, now)
  if (!reserved) return err({ code: 'recovery_locked' })
  const account = await rememberAccount(tx, recovery, resolved)
  const accountId = accountKey(deps, recovery, account)
  const count = async (key: string): Promise<Counted> => ({
    key,
    ...(await reserve(tx, key, now, (current) => reserveProof(current, offer.kind, limits, now))),
  })
  const isAfterStrong = hasStrong(provenKinds(offers))
  const open = await count(
    isAfterStrong
      ? limitKeys.failuresAfterStrong(accountId)
      : limitKeys.failuresOfName(recovery.nameKey),
  )
  if (!open.allowed) {
    await tx.recoveries.refundAttempt(recoveryId)
    const retryAfterSeconds = secondsUntil(open.reserved.blockedUntil, now)
    return err({ code: 'too_many_attempts', retryAfterSeconds })
  }
  // Whoever has proven a strong method has been told that the account exists, and is in no crowd.
  const silent = isAfterStrong ? null : await count(limitKeys.failuresOfAccount(accountId))
  const methods = await tx.methods.list(accountId)
  const challenge = await tx.challenges.find(recoverySubject(recoveryId, offerId), now)
  return ok({
    ...{ recovery, account, accountId, offer, methods, challenge },
    counters: silent === null ? [open] : [open, silent],
    isBlockedSilently: silent !== null && !silent.allowed,
  })
}
