/** How far a file has been read. */
export type Progress = {
  /** Read so far; a word list is read more than once. */
  readonly bytes: number
  /** Hashes that are in the new list so far. */
  readonly count: number
}
