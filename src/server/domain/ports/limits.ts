export type LimitRecord = {
  readonly key: string
  readonly windowStart: number
  /** Counted in the window. */
  readonly count: number
  /** In a row, across windows, until a success. */
  readonly consecutive: number
  readonly blockedUntil: number
  /** Whatever else the one who decides has to remember, e.g. which methods failed. Empty at first. */
  readonly note: string
}

/** Counters that survive a restart and are shared by all replicas. */
export interface LimitStore {
  find(key: string): Promise<LimitRecord | null>
  /**
   * Reads, decides and writes under a row lock: `decide` gets the current record (or a fresh one)
   * and returns the next one. Answers what was written.
   */
  update(
    key: string,
    now: number,
    decide: (current: LimitRecord) => LimitRecord,
  ): Promise<LimitRecord>
}
