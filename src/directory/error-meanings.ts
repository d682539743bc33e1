import { ResultCodeError } from 'ldapts'
import {
  type DirectoryError,
  type DirectoryErrorCode,
  directoryError,
  type SignInRestriction,
} from './errors.ts'

/** `data …` of a refused bind: the Win32 error, in hexadecimal. */
const restrictions: Record<number, SignInRestriction> = {
  1328: 'logon_hours', // 530
  1329: 'workstation', // 531
  1330: 'password_expired', // 532
  1331: 'disabled', // 533
  1793: 'account_expired', // 701
  1907: 'must_change', // 773
  1909: 'locked_out', // 775
}

const passwordRestriction = 0x52d // ERROR_PASSWORD_RESTRICTION
const passwordTooShort = 0x267 // ERROR_PWD_TOO_SHORT
const passwordTooRecent = 0x268 // ERROR_PWD_TOO_RECENT
const passwordInHistory = 0x269 // ERROR_PWD_HISTORY_CONFLICT
const invalidPassword = 0x56 // ERROR_INVALID_PASSWORD

const refusedPasswords = [
  passwordRestriction,
  passwordTooShort,
  passwordTooRecent,
  passwordInHistory,
]

/** LDAP result codes, RFC 4511 appendix A. */
const resultCodes: Record<number, DirectoryErrorCode> = {
  3: 'timeout',
  8: 'plaintext_refused',
  10: 'referral',
  13: 'plaintext_refused',
  32: 'not_found',
  49: 'invalid_credentials',
  50: 'insufficient_access',
  51: 'unreachable', // busy: another domain controller may not be
  52: 'unreachable', // unavailable: it is shutting down
}

/**
 * The meaning of an LDAP answer that is not a success.
 *
 * Active Directory keeps the true reason in the text: as the `data` of a refused bind
 * (`80090308: LdapErr: …, data 773, v1db1`), else as its first word (`0000052D: AtrErr: …`).
 */
export function explainAnswer(error: ResultCodeError): DirectoryError {
  const windowsError = windowsErrorOf(error.message, error.code)
  const detail = `LDAP ${error.code}: ${error.message}`
  const more = windowsError === undefined ? {} : { windowsError }
  if (error.code === 49) {
    const restriction = windowsError === undefined ? undefined : restrictions[windowsError]
    return directoryError(
      'invalid_credentials',
      detail,
      restriction ? { ...more, restriction } : more,
    )
  }
  // Older versions of Windows say constraintViolation, newer ones unwillingToPerform.
  if ((error.code === 19 || error.code === 53) && windowsError !== undefined) {
    if (refusedPasswords.includes(windowsError)) {
      return directoryError('password_refused', detail, more)
    }
    if (windowsError === invalidPassword) {
      return directoryError('old_password_wrong', detail, more)
    }
  }
  // How Samba says that the right Change Password is denied.
  if (error.code === 19 && /module acl/.test(error.message)) {
    return directoryError('insufficient_access', detail, more)
  }
  return directoryError(resultCodes[error.code] ?? 'protocol_error', detail, more)
}

/** Whether the domain controller itself gave this answer. */
export function isAnswer(error: unknown): error is ResultCodeError {
  return error instanceof ResultCodeError
}

/** The meaning of whatever a request on an open connection threw. */
export function explainFailure(error: unknown): DirectoryError {
  if (isAnswer(error)) return explainAnswer(error)
  const detail = error instanceof Error ? error.message : String(error)
  return directoryError(/timed out/i.test(detail) ? 'timeout' : 'unreachable', detail)
}

const expired = ['CERT_HAS_EXPIRED', 'CERT_NOT_YET_VALID']
const untrusted = [
  ...['UNABLE_TO_GET_ISSUER_CERT', 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY', 'INVALID_CA'],
  ...['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'SELF_SIGNED_CERT_IN_CHAIN', 'CERT_UNTRUSTED'],
  ...['DEPTH_ZERO_SELF_SIGNED_CERT', 'CERT_SIGNATURE_FAILURE', 'CERT_CHAIN_TOO_LONG'],
  ...['INVALID_PURPOSE', 'CERT_REJECTED', 'CERT_REVOKED', 'PATH_LENGTH_EXCEEDED'],
]

/** The meaning of an error while the encrypted connection was being made. */
export function explainConnectFailure(error: NodeJS.ErrnoException): DirectoryError {
  const code = error.code ?? ''
  // Node adds advice for its own command line, which is not ours.
  const detail = `${code} ${error.message.replace(/; if the root CA is installed.*/, '')}`
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID') {
    return directoryError('certificate_name_mismatch', detail)
  }
  if (expired.includes(code)) return directoryError('certificate_expired', detail)
  if (untrusted.includes(code)) return directoryError('certificate_untrusted', detail)
  if (code === 'ETIMEDOUT') return directoryError('timeout', detail)
  // Not TLS at all, or a version or cipher that is not accepted.
  if (code === 'EPROTO' || code.startsWith('ERR_SSL_'))
    return directoryError('protocol_error', detail)
  return directoryError('unreachable', detail)
}

function windowsErrorOf(message: string, resultCode: number): number | undefined {
  const pattern = resultCode === 49 ? /\bdata ([0-9a-f]{1,8})\b/i : /^([0-9a-f]{8}):/i
  const digits = pattern.exec(message)?.[1]
  return digits === undefined ? undefined : Number.parseInt(digits, 16)
}
