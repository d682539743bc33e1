import type { StoreTransaction } from './ports/store.ts'

/**
 * Lets one transaction at a time decide about an account's methods, on all replicas: the row of a
 * counter that counts nothing is locked until the transaction ends. Take it before any other row.
 */
export async function lockMethods(
  tx: StoreTransaction,
  accountId: string,
  now: number,
): Promise<void> {
  await tx.limits.update(`methods:${accountId}`, now, (current) => current)
}
