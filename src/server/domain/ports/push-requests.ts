import type { PhonePurpose } from '../../../contract/push.ts'

export type PushRequestState = 'pending' | 'approved' | 'denied' | 'wrong' | 'expired' | 'used'

/** A number that is shown somewhere and that a phone is asked for. */
export type PushRequestRecord = {
  readonly id: string
  /** What it proves: `recovery:<id>:<offerId>` or `session:<hash>:<methodId>`. */
  readonly subject: string
  /** Null when it is for a session. */
  readonly recoveryId: string | null
  readonly offerId: string | null
  /** Whose phones see it. Null: nobody's, as for a stranger. */
  readonly accountId: string | null
  readonly number: string
  readonly state: PushRequestState
  readonly purpose: PhonePurpose
  /** The network that it was asked from, as the phone shows it. */
  readonly place: string
  /** Asked by somebody who has proven a strong method, or has signed in. */
  readonly isAfterStrong: boolean
  readonly createdAt: number
  readonly expiresAt: number
}

export interface PushRequestStore {
  insert(request: PushRequestRecord): Promise<void>
  find(id: string): Promise<PushRequestRecord | null>
  /** The newest one for a subject, whatever has become of it. */
  latest(subject: string): Promise<PushRequestRecord | null>
  /** What an account's phones are asked now: one at most. */
  pending(accountId: string, now: number): Promise<PushRequestRecord | null>
  /** Takes back what a subject has asked before. */
  withdraw(subject: string): Promise<void>
  /** False when it is in another state, or too old. */
  advance(id: string, from: PushRequestState, to: PushRequestState, now: number): Promise<boolean>
}
