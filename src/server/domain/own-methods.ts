import { isWrittenKind } from '../../contract/method-kinds.ts'
import type { MethodRecord } from './ports/methods.ts'
import type { StoreTransaction } from './ports/store.ts'

/** A method, and what is left of it where that is limited. */
export type OwnMethod = MethodRecord & {
  /** How many of its written codes are still good; null for kinds that have none. */
  readonly left: number | null
  /** When it is over (milliseconds since the epoch); null: it stays until it is removed. */
  readonly until: number | null
}

/**
 * What an account has set up, confirmed or not. A temporary pass that was used or whose time is over is
 * as good as removed, whether the sweeper has come by or not.
 */
export async function ownMethods(
  tx: StoreTransaction,
  accountId: string,
  now: number,
): Promise<OwnMethod[]> {
  const methods = await tx.methods.list(accountId)
  const open = methods.some(({ kind }) => isWrittenKind(kind))
    ? await tx.writtenCodes.listOpen(accountId, now)
    : []
  return methods
    .map((method) => {
      const codes = open.filter(({ methodId }) => methodId === method.id)
      const left = isWrittenKind(method.kind) ? codes.length : null
      return { ...method, left, until: codes[0]?.expiresAt ?? null }
    })
    .filter(({ kind, left }) => kind !== 'temporaryPass' || left !== 0)
}

/** Whether it can prove something now: confirmed, not suspended since, and not used up. */
export function isUsableNow({ confirmedAt, suspendedAt, left }: OwnMethod): boolean {
  return confirmedAt !== null && suspendedAt === null && left !== 0
}

/**
 * Whether it counts for "could recover today", which has to be true tomorrow as well: a temporary pass
 * does not.
 */
export function isLasting(method: OwnMethod): boolean {
  return isUsableNow(method) && method.kind !== 'temporaryPass'
}
