import type { MethodKind } from '../../../contract/method-kinds.ts'
import { err, ok, type Result } from '../../../contract/result.ts'
import type { RecoveryRecord } from '../../domain/ports/recoveries.ts'
import type { StoreTransaction } from '../../domain/ports/store.ts'
import type { Refusal } from '../../domain/refusal.ts'
import { hasStrong } from '../../domain/strong-methods.ts'
import { checkOpen } from './admit.ts'
import { provenKinds } from './identify.ts'

export type ChallengeCall = {
  readonly recoveryId: string
  readonly offerId: string
  /** Network address that asks, for the cap. */
  readonly address: string
}

/** A method that may be begun with, and whether a strong one was proven before it. */
export type Offered = { readonly kind: MethodKind; readonly isAfterStrong: boolean }

/** The method of a recovery that something was asked for, when it is still to be proven. */
export async function findOffer(
  tx: StoreTransaction,
  recovery: RecoveryRecord,
  offerId: string,
  now: number,
): Promise<Result<Offered, Refusal>> {
  const closed = checkOpen(recovery, now)
  if (closed) return err(closed)
  if (recovery.state !== 'proving') return err({ code: 'wrong_state' })
  const offers = await tx.offers.list(recovery.id)
  const offer = offers.find((one) => one.offerId === offerId)
  if (!offer) return err({ code: 'not_found' })
  if (offer.provenAt !== null) return err({ code: 'wrong_state' })
  return ok({ kind: offer.kind, isAfterStrong: hasStrong(provenKinds(offers)) })
}
