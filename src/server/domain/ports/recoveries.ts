import type { Purpose, RecoveryState } from '../../../contract/recovery.ts'
import type { KeptDecision } from '../policy/kept-decision.ts'

/** The directory's answer about who was named, once somebody asked. `null`: nobody, or not eligible to know. */
export type ResolvedAccount = {
  readonly accountId: string
  readonly dn: string
  readonly accountName: string
  readonly displayName: string
  readonly mail: string | null
}

/** What a recovery keeps of it. */
export type RecoveringAccount = ResolvedAccount & {
  /** The directory's own number for text messages, under the at-rest envelope; absent: it has none. */
  readonly sealedMobile?: string
  /** Every address of the account's own mailbox, blinded: codes go there only where policy allows it. */
  readonly ownMailboxes?: readonly string[]
  /** What the policy asks of them. Absent: nothing was decided, so nothing proves anything. */
  readonly decision?: KeptDecision
}

export type RecoveryRecord = {
  readonly id: string
  /** SHA-256 of the token, base64url. */
  readonly tokenHash: string
  /** RFC 7638 thumbprint of the key that the token is bound to. */
  readonly thumbprint: string
  /** The name as it was typed, sealed: people type passwords there too. */
  readonly sealedName: string
  /** Under which the limits of this name are counted, the same for every spelling of it. */
  readonly nameKey: string
  readonly purpose: Purpose
  readonly state: RecoveryState
  readonly required: number
  readonly attempts: number
  readonly resolved: boolean
  readonly account: RecoveringAccount | null
  readonly mode: 'direct' | 'relay' | 'unlock' | null
  readonly controller: string | null
  readonly sealingKey: string | null
  readonly commits: number
  readonly createdAt: number
  readonly expiresAt: number
}

export type RecoveryPatch = Partial<
  Pick<RecoveryRecord, 'mode' | 'controller' | 'sealingKey' | 'commits'>
>

export interface RecoveryStore {
  insert(recovery: RecoveryRecord): Promise<void>
  find(id: string): Promise<RecoveryRecord | null>
  /** Records the directory's answer, once: a later answer does not replace it. */
  resolve(id: string, account: RecoveringAccount | null): Promise<boolean>
  /** Counts an attempt before anything is compared. False when `limit` is reached or the state differs. */
  reserveAttempt(id: string, limit: number, now: number): Promise<boolean>
  /** Gives the attempt back after a proof was accepted. */
  refundAttempt(id: string): Promise<void>
  /** Moves from one of `from` to `to`. False when it stands elsewhere or, with `now`, has expired. */
  advance(
    id: string,
    from: readonly RecoveryState[],
    to: RecoveryState,
    patch?: RecoveryPatch,
    now?: number,
  ): Promise<boolean>
  /** What the account has under way: resolved to it, and in none of the closed states. */
  listOpen(accountId: string): Promise<RecoveryRecord[]>
  /** Recoveries that nobody can go on with and that are not closed yet: `expiresAt <= now`. */
  findExpired(now: number, limit: number): Promise<RecoveryRecord[]>
}
