import type { SessionRecord } from '../../domain/ports/sessions.ts'
import type { StoreTransaction } from '../../domain/ports/store.ts'

/**
 * Lets a method count that was proven just now, and the session that has proven it go on under another
 * token. To be called while the account's methods are locked.
 *
 * @param next - the session from here on
 * @returns false when the session has ended in the meantime
 */
export async function countIn(
  tx: StoreTransaction,
  { accountId, tokenHash }: SessionRecord,
  next: SessionRecord,
  methodId: string,
  now: number,
): Promise<boolean> {
  // What a weaker method has opened elsewhere ends with this one: it may be the one to ask for now.
  await tx.sessions.lowerAll(accountId)
  if (!(await tx.sessions.rotate(tokenHash, next))) return false
  if (!(await tx.methods.confirm(methodId, now))) {
    throw new Error('a method that is locked was confirmed by somebody else')
  }
  return true
}
