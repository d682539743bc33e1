import { err, ok, type Result } from '../../../contract/result.ts'
import type { ServerDependencies } from '../../domain/dependencies.ts'
import { isClosed, transition } from '../../domain/recovery-machine.ts'
import type { Refusal } from '../../domain/refusal.ts'
import { admit, type Credentials } from './admit.ts'

/**
 * Gives a recovery up. A temporary password that is in place is left to the sweeper at once; a write
 * that is under way keeps its lease, so that nobody judges it before it has ended.
 */
export async function abandon(
  deps: ServerDependencies,
  recoveryId: string,
  credentials: Credentials,
): Promise<Result<void, Refusal>> {
  return deps.store.transaction(async (tx) => {
    const now = deps.now()
    const admitted = await admit(tx, deps, recoveryId, credentials)
    if (!admitted.ok) return admitted
    const { state, account, expiresAt } = admitted.value
    if (isClosed(state)) return ok(undefined)
    const { from, to } = transition('abandon')
    if (!(await tx.recoveries.advance(recoveryId, from, to))) return err({ code: 'wrong_state' })
    const accountId = account?.accountId ?? null
    await tx.audit({ event: 'recovery.abandoned', at: now, fields: { recoveryId, accountId } })
    // The state was read before it was changed, so the entry says whether a password is in place.
    const entry = accountId === null ? null : await tx.writes.find(accountId)
    if (entry?.recoveryId === recoveryId && entry.step === 'set') {
      await tx.writes.release(entry.accountId, recoveryId, now, expiresAt)
    }
    return ok(undefined)
  })
}
