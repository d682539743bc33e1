import type { CommitResponse } from '../../../contract/recovery.ts'
import { err, ok, type Result } from '../../../contract/result.ts'
import type { ServerDependencies } from '../../domain/dependencies.ts'
import type { Refusal } from '../../domain/refusal.ts'
import { type Credentials, checkOpen, recognise } from './admit.ts'
import { unlock } from './unlock.ts'
import { setTemporary } from './write-temporary.ts'

/**
 * Sets the temporary password and hands it out, sealed to this recovery; or lifts the lockout, when
 * that is all that was asked for. May be repeated when the answer was lost: each time with another
 * temporary password, of which none is kept.
 */
export async function commit(
  deps: ServerDependencies,
  recoveryId: string,
  credentials: Credentials,
): Promise<Result<CommitResponse, Refusal>> {
  const known = await deps.store.transaction((tx) => recognise(tx, deps, recoveryId, credentials))
  if (!known.ok) return known
  // Told first: whoever comes too late must start again, whatever was or was not planned.
  const closed = checkOpen(known.value, deps.now())
  if (closed) return err(closed)
  const { mode, sealingKey } = known.value
  if (mode === 'unlock') return unlock(deps, recoveryId, credentials)
  if (mode !== 'direct' || sealingKey === null) return err({ code: 'wrong_state' })
  const most = deps.settings.limits.commitsInRecovery
  const set = await setTemporary(deps, { recoveryId, credentials, most, mode: 'direct' })
  if (!set.ok) return set
  const { accountId } = set.value.writer.account
  const temporaryPassword = await deps.secrets.sealFor(sealingKey, set.value.temporaryPassword, {
    use: 'temporary-password',
    recoveryId,
    accountId,
  })
  return ok({ mode: 'direct', temporaryPassword })
}
