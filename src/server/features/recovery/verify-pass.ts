import type { StoreTransaction } from '../../domain/ports/store.ts'

/**
 * SECURITY: a temporary pass that was mailed shows that somebody can read a mailbox, and so does a
 * mailed code: together they are not two different proofs. With such a pass mail is not among the
 * choices any more, and what mail has proven in this recovery does not count. Whoever comes here has
 * proven a strong method, so it tells no stranger anything.
 */
export async function dropMailAfterMailedPass(
  tx: StoreTransaction,
  recoveryId: string,
  accountId: string,
): Promise<void> {
  const [pass] = await tx.passes.listOf(accountId, ['issued'])
  if (pass === undefined || pass.printReason !== null) return
  await tx.offers.remove(recoveryId, 'email')
}
