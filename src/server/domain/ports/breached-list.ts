import type { Result } from '../../../contract/result.ts'

/** Why the list cannot be asked, in a sentence for the log. */
export type BreachedFault = { readonly detail: string }

export type BreachedFacts = {
  /** `shipped`: the small list that comes with Latchkey. */
  readonly source: 'hibp' | 'words' | 'shipped'
  readonly count: number
  /** When the list was loaded, milliseconds since the epoch; null for the shipped one. */
  readonly loadedAt: number | null
}

export type BreachedBucket = {
  /** The other 35 digits of each hash that begins with the five that were asked about, in order. */
  readonly suffixes: readonly string[]
  /** Random ones that belong to no password: with them, all answers of a list are equally long. */
  readonly padding: readonly string[]
}

/** The list of leaked passwords: their SHA-1 hashes, in upper-case hexadecimal digits. */
export interface BreachedList {
  /** @param prefix - five hexadecimal digits */
  bucket(prefix: string): Promise<Result<BreachedBucket, BreachedFault>>
  includes(password: string): Promise<Result<boolean, BreachedFault>>
  /** Whether it can be asked, and what it is. */
  check(): Promise<Result<BreachedFacts, BreachedFault>>
  close(): Promise<void>
}
