import type { MethodKind } from '../../../contract/method-kinds.ts'
import type { Proof } from '../../../contract/methods.ts'
import { err, ok, type Result } from '../../../contract/result.ts'
import type { ServerDependencies } from '../../domain/dependencies.ts'
import { recoverySubject } from '../../domain/end-recoveries.ts'
import { limitKeys, reserveProof, secondsUntil } from '../../domain/limits.ts'
import type { ChallengeRecord } from '../../domain/ports/challenges.ts'
import type { MethodRecord } from '../../domain/ports/methods.ts'
import type { OfferRecord } from '../../domain/ports/offers.ts'
import type { RecoveringAccount, RecoveryRecord } from '../../domain/ports/recoveries.ts'
import type { StoreTransaction } from '../../domain/ports/store.ts'
import type { Refusal } from '../../domain/refusal.ts'
import { type Reservation, reserve } from '../../domain/reserve.ts'
import { hasStrong } from '../../domain/strong-methods.ts'
import { admit, type Credentials, checkOpen } from './admit.ts'
import { accountKey, allowedOf, provenKinds, rememberAccount } from './identify.ts'
import { isDirectorySuspended } from './receivers.ts'

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
  readonly account: RecoveringAccount | null
  readonly accountId: string
  readonly offer: OfferRecord
  readonly methods: readonly MethodRecord[]
  readonly challenge: ChallengeRecord | null
  readonly counters: readonly Counted[]
  /** The account has had too many failures under another name: refused, whatever is shown. */
  readonly isBlockedSilently: boolean
  /** What the directory knows is not used for this kind any more: see `receiversOf`. */
  readonly isDirectorySuspended: boolean
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
  resolved: RecoveringAccount | null,
): Promise<Result<Attempt, Refusal>> {
  const admitted = await admit(tx, deps, recoveryId, credentials)
  if (!admitted.ok) return admitted
  return reserveOffer(tx, deps, admitted.value, { offerId, kind: proof.kind }, resolved)
}

/** Counts an attempt at one offered method. The caller has seen to it that it may be made. */
export async function reserveOffer(
  tx: StoreTransaction,
  deps: ServerDependencies,
  recovery: RecoveryRecord,
  { offerId, kind }: { readonly offerId: string; readonly kind: MethodKind },
  resolved: Attempt['account'],
): Promise<Result<Attempt, Refusal>> {
  const now = deps.now()
  const recoveryId = recovery.id
  const closed = checkOpen(recovery, now)
  if (closed) return err(closed)
  if (recovery.state !== 'proving') return err({ code: 'wrong_state' })
  const offers = await tx.offers.list(recoveryId)
  const offer = offers.find((one) => one.offerId === offerId)
  if (!offer) return err({ code: 'not_found' })
  if (offer.kind !== kind) return err({ code: 'invalid_request', fields: ['kind'] })
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
  // SECURITY: what the policy does not allow this person is as good as not set up: a plain miss.
  const methods = allowedOf(account, await tx.methods.list(accountId))
  const challenge = await tx.challenges.find(recoverySubject(recoveryId, offerId), now)
  return ok({
    ...{ recovery, account, accountId, offer, methods, challenge },
    counters: silent === null ? [open] : [open, silent],
    isBlockedSilently: silent !== null && !silent.allowed,
    isDirectorySuspended: await isDirectorySuspended(tx, deps, accountId, offer.kind),
  })
}
