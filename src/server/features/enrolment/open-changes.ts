import { err, ok, type Result } from '../../../contract/result.ts'
import { lockMethods } from '../../domain/lock-methods.ts'
import { ownMethods } from '../../domain/own-methods.ts'
import type { MethodRecord } from '../../domain/ports/methods.ts'
import type { SessionRecord } from '../../domain/ports/sessions.ts'
import type { StoreTransaction } from '../../domain/ports/store.ts'
import { isElevated } from '../../domain/session-rules.ts'

export type NotOpen = { readonly code: 'step_up_required' | 'session_required' }

/** What the account has, as long as this transaction lasts. */
export type OwnMethods = {
  readonly confirmed: readonly MethodRecord[]
  readonly pending: readonly MethodRecord[]
}

/**
 * Reads and locks the account's methods, for a change to them. Once there is a confirmed one, the
 * session must have proven one a short while ago: a stolen session or password does not suffice. The
 * session is read anew too: it may have ended, or lost what a proof had opened, since the request came.
 */
export async function openChanges(
  tx: StoreTransaction,
  session: SessionRecord,
  now: number,
): Promise<Result<OwnMethods, NotOpen>> {
  await lockMethods(tx, session.accountId, now)
  const current = await tx.sessions.find(session.tokenHash)
  if (current === null) return err({ code: 'session_required' })
  const methods = await ownMethods(tx, session.accountId, now)
  const confirmed = methods.filter(({ confirmedAt }) => confirmedAt !== null)
  const pending = methods.filter(({ confirmedAt }) => confirmedAt === null)
  if (confirmed.length > 0 && !isElevated(current, now)) return err({ code: 'step_up_required' })
  return ok({ confirmed, pending })
}
