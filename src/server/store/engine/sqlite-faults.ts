import { type StoreFault, StoreUnavailableError } from '../../domain/ports/store-unavailable.ts'

/** Primary result codes (https://sqlite.org/rescode.html) that are the environment's fault, not ours. */
const faults: Readonly<Record<number, StoreFault>> = {
  5: 'busy', // SQLITE_BUSY
  6: 'busy', // SQLITE_LOCKED
  7: 'busy', // SQLITE_NOMEM
  3: 'read_only', // SQLITE_PERM
  8: 'read_only', // SQLITE_READONLY
  10: 'damaged', // SQLITE_IOERR
  11: 'damaged', // SQLITE_CORRUPT
  13: 'full', // SQLITE_FULL
  14: 'unreachable', // SQLITE_CANTOPEN
  23: 'read_only', // SQLITE_AUTH
  26: 'damaged', // SQLITE_NOTADB
}

/** SQLite's primary result code of an error, or null when it is not SQLite's. */
export function resultCode(error: unknown): number | null {
  const { code, errcode } = error as { code?: unknown; errcode?: unknown }
  return code === 'ERR_SQLITE_ERROR' && typeof errcode === 'number' ? errcode & 0xff : null
}

/** Names what keeps the file from being written. Anything else is a fault of ours and stays as it is. */
export function explainSqliteError(error: unknown, file: string): unknown {
  const fault = faults[resultCode(error) ?? -1]
  if (fault === undefined) return error
  return new StoreUnavailableError(fault, sentence(fault, file), error)
}

function sentence(fault: StoreFault, file: string): string {
  switch (fault) {
    case 'full':
      return `The disk of the store is full: free space for ${file}.`
    case 'read_only':
      return `The store cannot be written: make ${file} and its folder writable for this user.`
    case 'busy':
      return `The store is busy: another process holds ${file} for too long.`
    case 'unreachable':
      return `The store cannot be opened: check that the folder of ${file} is there and writable.`
    default:
      return `The store or its disk is damaged: check the disk, then restore ${file} from a backup.`
  }
}
