import { isSentKind } from '../../contract/method-kinds.ts'
import type { MethodRecord } from './ports/methods.ts'

const dayMs = 24 * 3_600_000

/**
 * Whether a mail address or telephone number has not shown for too long that it is still its owner's.
 * Numbers are given to somebody else and mailboxes are closed; other methods do not change hands by
 * themselves.
 *
 * @param days - how long a confirmation is good for; null when the organisation does not ask for that
 * @param now - milliseconds since the epoch
 */
export function needsReconfirmation(
  method: Pick<MethodRecord, 'kind' | 'confirmedAt' | 'lastUsedAt'>,
  days: number | null,
  now: number,
): boolean {
  const { kind, confirmedAt, lastUsedAt } = method
  if (days === null || !isSentKind(kind) || confirmedAt === null) return false
  return now >= Math.max(confirmedAt, lastUsedAt ?? 0) + days * dayMs
}
