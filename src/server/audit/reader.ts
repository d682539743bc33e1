import type { AuditEntry, AuditHead } from './chain.ts'

/** What verification and checkpoints ask of the store. */
export interface AuditReader {
  /** Up to `limit` entries after `seq` in rising order, and the head, as of one moment. */
  read(seq: number, limit: number): Promise<{ entries: AuditEntry[]; head: AuditHead }>
}
