/** One code of a set of recovery codes, or the one of a temporary pass. */
export type WrittenCodeRecord = {
  readonly methodId: string
  /** Which one of the set; 0 when it stands alone. */
  readonly position: number
  /** argon2id, PHC string format. */
  readonly codeHash: string
  /** Milliseconds since the epoch; null: until it is spent. */
  readonly expiresAt: number | null
}

/** A code that is still good, without its hash. */
export type OpenCode = Pick<WrittenCodeRecord, 'methodId' | 'position' | 'expiresAt'>

/** Codes on paper. They go with their method. "Open" is what is neither spent nor expired. */
export interface WrittenCodeStore {
  insert(codes: readonly WrittenCodeRecord[]): Promise<void>
  /** Null unless it is open. */
  find(methodId: string, position: number, now: number): Promise<WrittenCodeRecord | null>
  /** All of an account's that are open. */
  listOpen(accountId: string, now: number): Promise<OpenCode[]>
  /**
   * Spends one, and notes the use of its method. False when it is not open, or when its method is
   * gone, suspended or was never confirmed.
   */
  spend(code: WrittenCodeRecord, now: number): Promise<boolean>
}
