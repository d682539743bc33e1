import { err, ok, type Result } from '../../../contract/result.ts'
import { opensChanges } from '../../domain/policy.ts'
import type { MethodRecord } from '../../domain/ports/methods.ts'
import type { SessionRecord } from '../../domain/ports/sessions.ts'
import type { StoreTransaction } from '../../domain/ports/store.ts'

/** The code proves this method in this session, and nothing anywhere else. */
export function challengeSubject({ tokenHash }: SessionRecord, methodId: string): string {
  return `session:${tokenHash}:${methodId}`
}

/**
 * The user's own method, when proving it would open changes: confirmed, not suspended, and not a weak
 * one (`wrong_state`) while there is a strong one.
 */
export async function findForStepUp(
  tx: StoreTransaction,
  { accountId }: SessionRecord,
  methodId: string,
): Promise<Result<MethodRecord, { readonly code: 'not_found' | 'wrong_state' }>> {
  const usable = (await tx.methods.list(accountId)).filter(
    ({ confirmedAt, suspendedAt }) => confirmedAt !== null && suspendedAt === null,
  )
  const method = usable.find(({ id }) => id === methodId)
  if (method === undefined) return err({ code: 'not_found' })
  const kinds = usable.map(({ kind }) => kind)
  return opensChanges(method.kind, kinds) ? ok(method) : err({ code: 'wrong_state' })
}
