import type { AuditReader } from '../../audit/reader.ts'
import type { Database } from '../schema.ts'

/** What a transaction leaves to be done at its end. */
export type Outcome<T> = {
  readonly value: T
  /** Canonical JSON of the events, to be linked to the audit chain before the commit. */
  readonly audit: readonly string[]
}

/** One of the two databases, reduced to what the store needs of it. */
export interface Engine extends AuditReader {
  /** Whether rows have to be locked against other transactions; SQLite has one writer at a time. */
  readonly rowLocks: boolean
  /**
   * Runs `work` in one transaction, links its audit entries and commits. Resolves when all of it is
   * on the disk.
   */
  transaction<T>(work: (db: Database) => Promise<Outcome<T>>): Promise<T>
  /** Applies what is missing of the schema, however many do so at once. */
  migrate(): Promise<{ from: number; to: number }>
  /** The version of the schema that is there; 0 when there is none. */
  version(): Promise<number>
  close(): Promise<void>
}
