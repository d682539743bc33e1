/** The journal of directory writes: at most one open write for each account. */
export type WriteRecord = {
  readonly accountId: string
  readonly recoveryId: string
  readonly accountName: string
  readonly controller: string
  /** `intended`: asked of the directory, answer not recorded. `set`: the temporary password is in place. */
  readonly step: 'intended' | 'set'
  /** uSNChanged on `controller` before the write: unchanged means that nothing was written. */
  readonly usnBefore: string
  /** pwdLastSet on `controller` before the first write of this entry (FILETIME in milliseconds). */
  readonly pwdLastSetBefore: number | null
  /** Names the write that set the temporary password; null while it is not known to be in place. */
  readonly passwordWrite: string | null
  readonly startedAt: number
  /** While it lasts, the one who wrote it may still be at work. */
  readonly leaseUntil: number
}

export interface WriteStore {
  /**
   * Opens the journal entry. One whose lease has run out is replaced; one whose lease lasts only when
   * it is of the same recovery and the lease is `heldUntil`. False for any other: somebody is at work.
   */
  open(write: WriteRecord, now: number, heldUntil?: number): Promise<boolean>
  find(accountId: string): Promise<WriteRecord | null>
  markSet(
    accountId: string,
    recoveryId: string,
    leaseUntil: number,
    passwordWrite: string | null,
  ): Promise<boolean>
  /** Claims an entry whose lease has run out, so that one sweeper settles it. */
  claim(accountId: string, recoveryId: string, now: number, leaseUntil: number): Promise<boolean>
  /**
   * Ends the lease now, if it is still `heldUntil`: whoever wrote the entry is done with it, and the
   * sweeper may settle it at once.
   */
  release(accountId: string, recoveryId: string, now: number, heldUntil: number): Promise<boolean>
  listLapsed(now: number, limit: number): Promise<WriteRecord[]>
  /** With `heldUntil`, only while that is its lease: not when somebody else took it over meanwhile. */
  close(accountId: string, recoveryId: string, heldUntil?: number): Promise<boolean>
}
