import { opensChanges } from '../../../contract/proofs.ts'
import { err, ok, type Result } from '../../../contract/result.ts'
import { isUsableNow, ownMethods } from '../../domain/own-methods.ts'
import type { Decision } from '../../domain/policy/decide.ts'
import type { MethodRecord } from '../../domain/ports/methods.ts'
import type { SessionRecord } from '../../domain/ports/sessions.ts'
import type { StoreTransaction } from '../../domain/ports/store.ts'

/** The code proves this method in this session, and nothing anywhere else. */
export function challengeSubject({ tokenHash }: SessionRecord, methodId: string): string {
  return `session:${tokenHash}:${methodId}`
}

/**
 * The user's own method, when proving it would open changes: it can prove something now, and is neither
 * one that the policy does not count nor a weak one while there is a strong one (`wrong_state`).
 *
 * @param decision - what the policy asks of this user
 * @param now - milliseconds since the epoch
 */
export async function findForStepUp(
  tx: StoreTransaction,
  { accountId }: SessionRecord,
  methodId: string,
  decision: Decision,
  now: number,
): Promise<Result<MethodRecord, { readonly code: 'not_found' | 'wrong_state' }>> {
  // As good as gone when it is used up: only its owner can have done that.
  const confirmed = (await ownMethods(tx, accountId, now)).filter(
    ({ confirmedAt, left }) => confirmedAt !== null && left !== 0,
  )
  const usable = confirmed.filter(isUsableNow)
  const method = usable.find(({ id }) => id === methodId)
  if (method === undefined) return err({ code: 'not_found' })
  const own = { usable: usable.map(kindOf), confirmed: confirmed.map(kindOf) }
  return opensChanges(method.kind, own, decision) ? ok(method) : err({ code: 'wrong_state' })
}

function kindOf({ kind }: MethodRecord) {
  return kind
}
