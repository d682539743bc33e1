/** What is known of a password on a domain controller. */
export type PasswordMark = {
  /** uSNChanged: rises with every change of the account on this controller, and only here. */
  readonly usn: string
  /** Milliseconds since the epoch; null while the password must be changed. */
  readonly pwdLastSet: number | null
  /** Names the write of the password that is in place, on whichever controller; null: unknown. */
  readonly passwordWrite: string | null
}

/** What a journal entry remembers of a write. */
export type WriteMark = {
  /** From before the first write of the entry, however often it was repeated or taken over. */
  readonly usnBefore: string
  readonly pwdLastSetBefore: number | null
  /** Names the write that has set the temporary password; null when nobody could find out. */
  readonly passwordWrite: string | null
}

/** A mark that says nothing: an older write was made on another controller, whose counter is its own. */
export const unknownUsn = ''

export type WriteVerdict =
  /** Nothing was written: the old password still works. */
  | 'not_applied'
  /** The temporary password is in place, and nobody may be left who knows it. */
  | 'temporary'
  /** Somebody has set another one that must be changed, as a helpdesk does: it is not ours to touch. */
  | 'replaced'
  /** A new password was set after it. */
  | 'changed'

/**
 * What became of a write whose end nobody recorded. In doubt it is `temporary`: to replace a temporary
 * password once too often costs the user a new start, to leave one costs the account.
 */
export function judgeWrite(entry: WriteMark, after: PasswordMark): WriteVerdict {
  const comparable = entry.usnBefore !== unknownUsn
  if (comparable && after.usn === entry.usnBefore) return 'not_applied'
  const isKnown = entry.passwordWrite !== null && after.passwordWrite !== null
  // Also when it need not be changed any more: somebody has taken that away, and left the password.
  if (isKnown && after.passwordWrite === entry.passwordWrite) return 'temporary'
  if (after.pwdLastSet === null) return isKnown ? 'replaced' : 'temporary'
  if (after.pwdLastSet !== entry.pwdLastSetBefore) return 'changed'
  // Something else about the account has changed, e.g. its lockout.
  return comparable ? 'not_applied' : 'temporary'
}
