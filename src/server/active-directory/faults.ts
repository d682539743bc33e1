import type { DirectoryError, DirectoryErrorCode } from '../../directory/index.ts'
import type { DirectoryFault } from '../domain/ports/directory.ts'

/** Answers of a domain controller that could be asked: another one would say the same. */
const refusals: ReadonlySet<DirectoryErrorCode> = new Set([
  'empty_password',
  'insufficient_access',
  'password_refused',
  'old_password_wrong',
  'not_found',
  'ambiguous',
  'protected_account',
  'referral',
  'protocol_error',
])

/** The meaning of a failed read. */
export function readFault(error: DirectoryError): DirectoryFault {
  const detail = describe(error)
  return { code: refusals.has(error.code) ? 'refused' : 'unavailable', detail }
}

/**
 * The meaning of a failed write. Whatever is not plainly an answer, or plainly a connection that was
 * never made, has an unknown outcome: only reading back can tell.
 */
export function writeFault(error: DirectoryError): DirectoryFault {
  const detail = describe(error)
  if (error.code === 'outcome_unknown' || error.code === 'timeout') {
    return { code: 'unknown_outcome', detail }
  }
  return readFault(error)
}

/** The sentence for people first: the log is read by them too. */
function describe({ code, message, detail }: DirectoryError): string {
  return `${message} (${code}: ${detail})`
}
