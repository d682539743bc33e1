import type { StoreTransaction } from '../../domain/ports/store.ts'

/**
 * SECURITY: a temporary pass that was mailed shows that somebody can read a mailbox, and so does a
 * mailed code; the same holds for a telephone. Together they are not two different proofs. So the way on
 * which the pass came is no choice any more, and what it has proven in this recovery does not count.
 * Whoever comes here has proven a strong method: it tells no stranger anything.
 */
export async function dropWayOfPass(
  tx: StoreTransaction,
  recoveryId: string,
  accountId: string,
): Promise<void> {
  const [pass] = await tx.passes.listOf(accountId, ['issued'])
  if (pass?.sentBy) await tx.offers.remove(recoveryId, pass.sentBy)
}
