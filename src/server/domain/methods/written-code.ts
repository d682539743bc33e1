import type { Evidence, Match, VerifierParts } from './verifier.ts'

/**
 * Compares one code with the one at its position, or with a decoy: a look-up and a hash in either case.
 *
 * @param position - which one of the set it says it is; null when there is no such position
 */
export async function verifyWrittenCode(
  { secrets, store }: VerifierParts,
  { methods, decoy }: Evidence,
  { code, position }: { readonly code: string; readonly position: number | null },
  now: number,
): Promise<Match | null> {
  // Never more than one of a kind: a newer set or pass takes the place of the older.
  const method = methods.at(-1)
  const record = await store.transaction((tx) =>
    tx.writtenCodes.find(method?.id ?? decoy.accountId, position ?? 0, now),
  )
  const matches = await secrets.verifyCode(record?.codeHash ?? decoy.codeHash, code)
  if (!matches || method === undefined || record === null || position === null) return null
  // A set that is only being confirmed loses none by that: its confirmation is the conditional write.
  const isPending = method.confirmedAt === null
  return { spend: async (tx, at) => isPending || tx.writtenCodes.spend(record, at) }
}
