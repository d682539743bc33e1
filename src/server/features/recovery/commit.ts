import type { CommitResponse } from '../../../contract/recovery.ts'
import { err, ok, type Result } from '../../../contract/result.ts'
import type { ServerDependencies } from '../../domain/dependencies.ts'
import type { Refusal } from '../../domain/refusal.ts'
import { type Credentials, recognise } from './admit.ts'
import { readEligible } from './eligible.ts'
import { unlock } from './unlock.ts'
import { openWriterOf } from './write-intent.ts'
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
  const planned = openWriterOf(known, deps.now())
  if (!planned.ok) return planned
  const { recovery, controller } = planned.value
  const { mode, sealingKey } = recovery
  if (mode === 'relay' || sealingKey === null) return err({ code: 'wrong_state' })
  // Minutes may have passed since the plan: whoever became privileged meanwhile is written to no more.
  const account = await readEligible(deps, recovery, credentials.address, controller)
  if (!account.ok) return account
  if (mode === 'unlock') return unlock(deps, recoveryId, credentials)
  const { accountId, password: before } = account.value
  const most = deps.settings.limits.commitsInRecovery
  const set = await setTemporary(deps, {
    ...{ recoveryId, credentials, mode: 'direct', most, controller, before },
  })
  if (!set.ok) return set
  const temporaryPassword = await deps.secrets.sealFor(sealingKey, set.value.temporaryPassword, {
    use: 'temporary-password',
    recoveryId,
    accountId,
  })
  return ok({ mode: 'direct', temporaryPassword })
}
