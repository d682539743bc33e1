import { err, ok, type Result } from '../../../contract/result.ts'
import { isUsableNow, ownMethods } from '../../domain/own-methods.ts'
import type { MethodRecord } from '../../domain/ports/methods.ts'
import type { SessionRecord } from '../../domain/ports/sessions.ts'
import type { StoreTransaction } from '../../domain/ports/store.ts'
import { opensChanges } from '../../domain/strong-methods.ts'

/** The code proves this method in this session, and nothing anywhere else. */
export function challengeSubject({ tokenHash }: SessionRecord, methodId: string): string {
  return `session:${tokenHash}:${methodId}`
}

/**
 * The user's own method, when proving it would open changes: it can prove something now, and is not a weak
 * one (`wrong_state`) while there is a strong one.
 *
 * @param now - milliseconds since the epoch
 */
export async function findForStepUp(
  tx: StoreTransaction,
  { accountId }: SessionRecord,
  methodId: string,
  now: number,
): Promise<Result<MethodRecord, { readonly code: 'not_found' | 'wrong_state' }>> {
  const usable = (await ownMethods(tx, accountId, now)).filter(isUsableNow)
  const method = usable.find(({ id }) => id === methodId)
  if (method === undefined) return err({ code: 'not_found' })
  const kinds = usable.map(({ kind }) => kind)
  return opensChanges(method.kind, kinds) ? ok(method) : err({ code: 'wrong_state' })
}
