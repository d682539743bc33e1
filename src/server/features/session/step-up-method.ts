import type { MethodRecord, SessionRecord, StoreTransaction } from '../../domain/ports/store.ts'

/** The code proves this method in this session, and nothing anywhere else. */
export function challengeSubject({ tokenHash }: SessionRecord, methodId: string): string {
  return `session:${tokenHash}:${methodId}`
}

/** The user's own method, when it can prove something: confirmed, and not suspended. */
export async function findUsable(
  tx: StoreTransaction,
  { accountId }: SessionRecord,
  methodId: string,
): Promise<MethodRecord | null> {
  const method = await tx.methods.find(methodId)
  if (method === null || method.accountId !== accountId) return null
  return method.confirmedAt !== null && method.suspendedAt === null ? method : null
}
