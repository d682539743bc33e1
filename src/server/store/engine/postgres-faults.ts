import { type StoreFault, StoreUnavailableError } from '../../domain/ports/store-unavailable.ts'

/** SQLSTATE codes and classes (PostgreSQL documentation, appendix A) that are not our fault. */
const faults: readonly (readonly [prefix: string, fault: StoreFault])[] = [
  ['53100', 'full'], // disk_full
  ['53', 'busy'], // insufficient_resources
  ['25006', 'read_only'], // read_only_sql_transaction
  ['40001', 'busy'], // serialization_failure
  ['40P01', 'busy'], // deadlock_detected
  ['55P03', 'busy'], // lock_not_available
  ['57014', 'busy'], // query_canceled, by a timeout
  ['25P03', 'busy'], // idle_in_transaction_session_timeout
  ['57P', 'unreachable'], // shutting down, starting up
  ['08', 'unreachable'], // connection_exception
  ['28', 'unreachable'], // invalid_authorization_specification
  ['3D000', 'unreachable'], // the database is not there
  ['42501', 'read_only'], // insufficient_privilege
  ['58', 'damaged'], // system_error
  ['XX001', 'damaged'], // data_corrupted
  ['XX002', 'damaged'], // index_corrupted
]

/** Node's errors, and those of `pg`, which have no code. */
const connection =
  /^(E(CONN|PIPE|TIMEDOUT|HOST|NET|NOTFOUND|AI_)|ERR_TLS_|ERR_SSL_|CERT_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO_)/
const pgConnection = /connection|timeout|not queryable|Cannot use a pool|does not support SSL/i

/** Names what keeps PostgreSQL from recording. A fault of ours stays as it is. */
export function explainPostgresError(error: unknown, server: string): unknown {
  const fault = faultOf(error)
  if (fault === null) return error
  const { code } = error as { code?: unknown }
  return new StoreUnavailableError(fault, named(code, server) ?? sentence(fault, server), error)
}

function faultOf(error: unknown): StoreFault | null {
  if (error instanceof StoreUnavailableError) return null
  if (!(error instanceof Error)) return null
  const { code } = error as { code?: unknown }
  if (typeof code === 'string') {
    const known = faults.find(([prefix]) => code.startsWith(prefix))
    if (known !== undefined) return known[1]
    return connection.test(code) ? 'unreachable' : null
  }
  // A host with several addresses: each failed.
  if (error instanceof AggregateError) return faultOf(error.errors[0])
  return pgConnection.test(error.message) ? 'unreachable' : null
}

/** Answers of PostgreSQL itself that leave no doubt about the way out. */
function named(code: unknown, server: string): string | null {
  if (code === '3D000') {
    return `The store is not there: create the database on PostgreSQL at ${server}, or correct store.database.`
  }
  if (typeof code === 'string' && code.startsWith('28')) {
    return `The store is closed to us: PostgreSQL at ${server} refuses store.user or its password.`
  }
  return null
}

function sentence(fault: StoreFault, server: string): string {
  switch (fault) {
    case 'full':
      return `The disk of the store is full: free space for PostgreSQL at ${server}.`
    case 'read_only':
      return `The store cannot be written: PostgreSQL at ${server} is read-only or refuses this user.`
    case 'busy':
      return `The store is busy: PostgreSQL at ${server} takes too long. Try again shortly.`
    case 'damaged':
      return `The store is damaged: see the log of PostgreSQL at ${server}.`
    default:
      return `The store does not answer: check PostgreSQL at ${server}, its address, user and certificate.`
  }
}
