import type { ServerDependencies } from '../../domain/dependencies.ts'
import { transition } from '../../domain/recovery-machine.ts'

const batch = 100

/**
 * Closes recoveries whose time is over. Those with an open journal entry wait until it is settled, so
 * that one which did end well is not called expired.
 *
 * @returns how many there were in this batch
 */
export async function expireRecoveries(
  deps: Pick<ServerDependencies, 'now' | 'store'>,
): Promise<number> {
  return deps.store.transaction(async (tx) => {
    const now = deps.now()
    const expired = await tx.recoveries.findExpired(now, batch)
    const { from, to } = transition('expire')
    let closed = 0
    for (const { id: recoveryId, account } of expired) {
      const accountId = account?.accountId ?? null
      const entry = accountId === null ? null : await tx.writes.find(accountId)
      if (entry?.recoveryId === recoveryId) continue
      if (!(await tx.recoveries.advance(recoveryId, from, to))) continue
      await tx.audit({ event: 'recovery.expired', at: now, fields: { recoveryId, accountId } })
      closed += 1
    }
    return closed
  })
}
