/** What is known of a password before and after a write, on the same domain controller. */
export type PasswordMark = {
  /** uSNChanged: rises with every change of the account on this controller, and only here. */
  readonly usn: string
  /** Milliseconds since the epoch; null while the password must be changed. */
  readonly pwdLastSet: number | null
}

/** A mark that says nothing: an older write was made on another controller, whose counter is its own. */
export const unknownUsn = ''

export type WriteVerdict =
  /** Nothing was written: the old password still works. */
  | 'not_applied'
  /** The temporary password is in place, and nobody may be left who knows it. */
  | 'temporary'
  /** A new password was set after it. */
  | 'changed'

/**
 * What became of a write whose end nobody recorded. `before` is from before the first write of the
 * journal entry, however often it was repeated or taken over. In doubt it is `temporary`: to replace a
 * temporary password once too often costs the user a new start, to leave one costs the account.
 */
export function judgeWrite(before: PasswordMark, after: PasswordMark): WriteVerdict {
  const comparable = before.usn !== unknownUsn
  if (comparable && after.usn === before.usn) return 'not_applied'
  if (after.pwdLastSet === null) return 'temporary'
  if (after.pwdLastSet !== before.pwdLastSet) return 'changed'
  // Something else about the account has changed, e.g. its lockout.
  return comparable ? 'not_applied' : 'temporary'
}
