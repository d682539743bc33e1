export type SessionRecord = {
  readonly tokenHash: string
  readonly accountId: string
  readonly dn: string
  readonly accountName: string
  readonly displayName: string
  readonly mail: string | null
  readonly createdAt: number
  readonly lastSeenAt: number
  readonly expiresAt: number
  readonly steppedUpAt: number | null
}

export interface SessionStore {
  insert(session: SessionRecord): Promise<void>
  find(tokenHash: string): Promise<SessionRecord | null>
  touch(tokenHash: string, now: number): Promise<void>
  /** Replaces the token at each change of trust. */
  rotate(tokenHash: string, next: SessionRecord): Promise<boolean>
  remove(tokenHash: string): Promise<boolean>
  /** Ends all of an account's. @returns how many there were */
  removeAll(accountId: string): Promise<number>
  /** Takes back what proofs have opened, in all sessions of an account. */
  lowerAll(accountId: string): Promise<void>
}
