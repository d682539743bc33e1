import type { MethodKind } from '../../../contract/method-kinds.ts'

/** A method as offered in one recovery, under an id that means nothing elsewhere. */
export type OfferRecord = {
  readonly recoveryId: string
  readonly offerId: string
  readonly kind: MethodKind
  readonly provenAt: number | null
}

export interface OfferStore {
  insert(offers: readonly OfferRecord[]): Promise<void>
  list(recoveryId: string): Promise<OfferRecord[]>
  /** Takes all of a kind back, proven or not. */
  remove(recoveryId: string, kind: MethodKind): Promise<void>
  /** Spends the offer. False when it was proven before. */
  prove(recoveryId: string, offerId: string, now: number): Promise<boolean>
}
