import type { SentKind } from '../../../contract/method-kinds.ts'

/**
 * `waiting` for a second person, `issued` to its owner, `used` by them; `revoked` by the helpdesk or
 * `replaced` by a newer one. Whether its time is over is for `expiresAt` to say.
 */
export type PassState = 'waiting' | 'issued' | 'used' | 'revoked' | 'replaced'

/** Who asked for a temporary pass, for whom, why, and what became of it. Never the code. */
export type PassRecord = {
  readonly id: string
  readonly accountId: string
  readonly accountName: string
  readonly state: PassState
  /** The method that it became; null while it waits. */
  readonly methodId: string | null
  readonly reason: string
  /** Why the helpdesk was shown it; null when it is sent. */
  readonly printReason: string | null
  /** How its owner got it; null while it waits, and when the helpdesk was shown it. */
  readonly sentBy: SentKind | null
  readonly minutes: number
  readonly issuer: PassOperator
  readonly approver: Pick<PassOperator, 'accountId' | 'accountName'> | null
  readonly createdAt: number
  /** While it waits: until when it can be approved. */
  readonly expiresAt: number
}

/** Somebody of the helpdesk. */
export type PassOperator = {
  readonly accountId: string
  readonly accountName: string
  /** How they came in: the user of the machine where the command was given, or the console. */
  readonly login: string
}

export type PassPatch = Partial<Pick<PassRecord, 'methodId' | 'approver' | 'expiresAt' | 'sentBy'>>

export interface PassStore {
  insert(pass: PassRecord): Promise<void>
  find(id: string): Promise<PassRecord | null>
  /** The newest first. */
  list(limit: number): Promise<PassRecord[]>
  /** An account's, in one of these states, the newest first. */
  listOf(accountId: string, states: readonly PassState[]): Promise<PassRecord[]>
  /** Moves from one of `from` to `to`. False when it stands elsewhere. */
  advance(
    id: string,
    from: readonly PassState[],
    to: PassState,
    patch?: PassPatch,
  ): Promise<boolean>
}
