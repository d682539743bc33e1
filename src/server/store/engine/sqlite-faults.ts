import { statfsSync } from 'node:fs'
import { dirname } from 'node:path'
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

/** The index of the write-ahead log grows in steps of this many bytes. */
const leastSpace = 32_768

/** SQLite's primary result code of an error, or null when it is not SQLite's. */
export function resultCode(error: unknown): number | null {
  const { code, errcode } = error as { code?: unknown; errcode?: unknown }
  return code === 'ERR_SQLITE_ERROR' && typeof errcode === 'number' ? errcode & 0xff : null
}

/** Names what keeps the file from being written. Anything else is a fault of ours and stays as it is. */
export function explainSqliteError(error: unknown, file: string): unknown {
  const found = faults[resultCode(error) ?? -1]
  if (found === undefined) return error
  const isMaybeFull = found === 'damaged' || found === 'unreachable'
  const fault = isMaybeFull && hasNoSpace(file) ? 'full' : found
  return new StoreUnavailableError(fault, sentence(fault, file), error)
}

/**
 * SQLite says "disk I/O error" when there is no room for the index of its write-ahead log. Nobody must
 * be told to restore a backup for that.
 */
function hasNoSpace(file: string): boolean {
  try {
    const { bavail, bsize } = statfsSync(dirname(file))
    return bavail * bsize < leastSpace
  } catch {
    return false
  }
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
      return `The store or its disk is damaged: check the disk, and if ${file} itself is broken, restore it from a backup.`
  }
}
