/**
 * Everything that can go wrong with Active Directory, with one plain sentence for people each. What
 * the log needs on top is in `detail`.
 */
export const directorySentences = {
  unreachable: 'The domain controller does not answer.',
  timeout: 'The domain controller took too long to answer.',
  certificate_untrusted: 'The domain controller’s certificate is not from a trusted authority.',
  certificate_name_mismatch: 'The domain controller’s certificate is for another name.',
  certificate_expired: 'The domain controller’s certificate is not valid at this time.',
  plaintext_refused: 'Only encrypted connections to a domain controller are allowed.',
  empty_password: 'An empty password is never accepted.',
  invalid_credentials: 'The account name or the password is not correct.',
  insufficient_access: 'The directory does not allow this operation.',
  password_refused: 'The directory does not accept this password.',
  old_password_wrong: 'The present password is not correct.',
  not_found: 'There is no such account.',
  ambiguous: 'The name fits more than one account.',
  protected_account: 'This account is protected and cannot be recovered by self-service.',
  referral: 'Another domain is responsible for this account.',
  outcome_unknown: 'The connection was lost, and it is not known whether the change was made.',
  protocol_error: 'The directory gave an answer that was not expected.',
} as const

export type DirectoryErrorCode = keyof typeof directorySentences

/** Why Active Directory refuses a sign-in although the name, and mostly the password, is right. */
export type SignInRestriction =
  | 'must_change'
  | 'password_expired'
  | 'disabled'
  | 'locked_out'
  | 'logon_hours'
  | 'workstation'
  | 'account_expired'

export type DirectoryError = {
  readonly code: DirectoryErrorCode
  /** The fixed sentence for people. */
  readonly message: string
  /** For the log. Never holds a secret, and never more than one line. */
  readonly detail: string
  /** Only with `invalid_credentials`. */
  readonly restriction?: SignInRestriction
  /** The Win32 error that the domain controller named, for example 0x52d. */
  readonly windowsError?: number
}

/** Makes an error; `detail` is cut to one line, so that no server can forge a log entry with it. */
export function directoryError(
  code: DirectoryErrorCode,
  detail: string,
  more: Pick<DirectoryError, 'restriction' | 'windowsError'> = {},
): DirectoryError {
  return { code, message: directorySentences[code], detail: oneLine(detail), ...more }
}

function oneLine(text: string): string {
  return text
    .replaceAll(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ')
    .trim()
    .slice(0, 300)
}
