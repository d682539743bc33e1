import { Attribute, Change } from 'ldapts'
import { err, ok, type Result } from '../contract/result.ts'
import type { DirectoryConnection } from './connection.ts'
import { type Entry, textOf } from './entry.ts'
import { type DirectoryError, directoryError } from './errors.ts'
import { fileTimeToMs, parseInteger } from './filetime.ts'
import { passwordWriteOf, replicationMetadata } from './password-write.ts'

/**
 * Sets a temporary password that must be changed before it can be used to sign in, and lifts a
 * lockout: an administrative reset, which skips history and minimum age ([MS-ADTS] 3.1.1.3.1.5).
 *
 * One modify, so that no crash can leave a temporary password without its must-change.
 */
export async function setTemporaryPassword(
  connection: DirectoryConnection,
  dn: string,
  temporaryPassword: string,
): Promise<Result<void, DirectoryError>> {
  const value = encodePassword(temporaryPassword)
  if (!value.ok) return value
  return connection.modify(dn, [
    change('replace', 'unicodePwd', value.value),
    change('replace', 'pwdLastSet', '0'),
    change('replace', 'lockoutTime', '0'),
  ])
}

/**
 * Changes a password for somebody who knows the old one. Active Directory applies its whole policy;
 * nobody needs more than the right Change Password, which everyone has ([MS-ADTS] 3.1.1.3.1.5).
 *
 * @returns `password_refused` (see `explainRefusal`), `old_password_wrong`, or `outcome_unknown` when
 *   the connection broke: read the password's state back before trying again
 */
export async function changePassword(
  connection: DirectoryConnection,
  dn: string,
  oldPassword: string,
  newPassword: string,
): Promise<Result<void, DirectoryError>> {
  const before = encodePassword(oldPassword)
  if (!before.ok) return before
  const after = encodePassword(newPassword)
  if (!after.ok) return after
  return connection.modify(dn, [
    change('delete', 'unicodePwd', before.value),
    change('add', 'unicodePwd', after.value),
  ])
}

/** Lifts a lockout and changes nothing else. */
export async function unlock(
  connection: DirectoryConnection,
  dn: string,
): Promise<Result<void, DirectoryError>> {
  return connection.modify(dn, [change('replace', 'lockoutTime', '0')])
}

/** Where a password stands on one domain controller. Times are milliseconds since the epoch. */
export type PasswordState = {
  /** Null while it must be changed. */
  readonly pwdLastSet: number | null
  readonly mustChange: boolean
  /** Null when not locked out, or never since the last sign-in. */
  readonly lockoutTime: number | null
  /** This controller's counter: it rises with every change of the account, and only here. */
  readonly uSNChanged: string
}

export type WrittenPassword = PasswordState & {
  /** Names the write that is in place (`passwordWriteOf`); null when that may not be read. */
  readonly passwordWrite: string | null
}

/** Reads back what the domain controller holds: the only proof that a write was made. */
export async function readPasswordState(
  connection: DirectoryConnection,
  dn: string,
): Promise<Result<WrittenPassword, DirectoryError>> {
  const found = await connection.search({
    base: dn,
    attributes: [...passwordAttributes, replicationMetadata],
  })
  if (!found.ok) return found
  const entry = found.value[0]
  if (!entry) return err(directoryError('not_found', `nothing at ${dn}`))
  const state = passwordStateOf(entry)
  return state.ok ? ok({ ...state.value, passwordWrite: passwordWriteOf(entry) }) : state
}

export const passwordAttributes = ['pwdLastSet', 'lockoutTime', 'uSNChanged']

/** @param entry - found with `passwordAttributes` */
export function passwordStateOf(entry: Entry): Result<PasswordState, DirectoryError> {
  const pwdLastSet = textOf(entry, 'pwdLastSet')
  const uSNChanged = textOf(entry, 'uSNChanged')
  // SECURITY: an attribute that may not be read must not pass for a value.
  if (parseInteger(pwdLastSet) === null || uSNChanged === undefined) {
    return err(directoryError('insufficient_access', `pwdLastSet of ${entry.dn} cannot be read`))
  }
  return ok({
    pwdLastSet: fileTimeToMs(pwdLastSet),
    mustChange: pwdLastSet === '0',
    lockoutTime: fileTimeToMs(textOf(entry, 'lockoutTime')),
    uSNChanged,
  })
}

/**
 * A password as `unicodePwd` takes it: UTF-16LE, between quotation marks ([MS-ADTS] 3.1.1.3.1.5).
 * Never trimmed, never normalised.
 */
export function encodePassword(password: string): Result<Buffer, DirectoryError> {
  if (password === '') return err(directoryError('empty_password', 'refused before the write'))
  // Half a surrogate pair cannot be written in UTF-8, so nobody could ever sign in with it; and
  // Windows takes NUL for the end of the text.
  if (/\p{Surrogate}/u.test(password) || password.includes('\0')) {
    return err(
      directoryError('password_refused', 'holds a character that cannot be signed in with'),
    )
  }
  return ok(Buffer.from(`"${password}"`, 'utf16le'))
}

function change(
  operation: 'add' | 'delete' | 'replace',
  type: string,
  value: string | Buffer,
): Change {
  const values = typeof value === 'string' ? [value] : [value]
  return new Change({ operation, modification: new Attribute({ type, values }) })
}
