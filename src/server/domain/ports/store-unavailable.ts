/** What keeps the store from recording. */
export type StoreFault =
  | 'full'
  | 'read_only'
  /** The server does not answer, or refuses the connection. */
  | 'unreachable'
  /** Too many wait for the same thing, or a deadlock was broken: trying again helps. */
  | 'busy'
  /** The file or disk is broken. */
  | 'damaged'
  /** Not migrated, or written by a newer version. */
  | 'schema'
  | 'closed'

/**
 * The engine could not record. Nothing of the transaction is kept, unless the connection was lost
 * while it was being committed: then all of it may be, or nothing.
 */
export class StoreUnavailableError extends Error {
  readonly fault: StoreFault

  /** @param message - a sentence for the operator: what is wrong, and the way out. Never a secret */
  constructor(fault: StoreFault, message: string, cause?: unknown) {
    super(message, { cause })
    this.name = 'StoreUnavailableError'
    this.fault = fault
  }
}
