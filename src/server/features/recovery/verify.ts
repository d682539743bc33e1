import type { RecoveryStatus } from '../../../contract/recovery.ts'
import { err, ok, type Result } from '../../../contract/result.ts'
import { onAnswerGrid } from '../../domain/answer-grid.ts'
import type { ServerDependencies } from '../../domain/dependencies.ts'
import type { Refusal } from '../../domain/refusal.ts'
import { type Credentials, recognise } from './admit.ts'
import { identify } from './identify.ts'
import { withDirectory } from './status-of.ts'
import { acceptProof } from './verify-accept.ts'
import { compareProof } from './verify-compare.ts'
import { refuseProof } from './verify-refuse.ts'
import { reserveAttempt, type VerifyCall } from './verify-reserve.ts'

/**
 * Checks one proof: counted before it is compared, spent before it has an effect. An employee and a
 * stranger go through the same steps, and their answers leave on the same grid (P6).
 */
export function verify(
  deps: ServerDependencies,
  call: VerifyCall,
  credentials: Credentials,
): Promise<Result<RecoveryStatus, Refusal>> {
  return onAnswerGrid(deps.settings.limits.answerGrid, async () => {
    const verified = await verifyNow(deps, call, credentials)
    return verified.ok ? ok(await withDirectory(verified.value, deps)) : verified
  })
}

async function verifyNow(
  deps: ServerDependencies,
  call: VerifyCall,
  credentials: Credentials,
): Promise<Result<RecoveryStatus, Refusal>> {
  const { store } = deps
  const { recoveryId } = call
  const known = await store.transaction((tx) => recognise(tx, deps, recoveryId, credentials))
  if (!known.ok) return known
  const account = await identify(deps, known.value)
  if (!account.ok) return account
  const reserved = await store.transaction((tx) =>
    reserveAttempt(tx, deps, call, credentials, account.value),
  )
  if (!reserved.ok) return reserved
  const match = await compareProof(deps, reserved.value, call.proof)
  return store.transaction(async (tx) => {
    const attempt = reserved.value
    const accepted = match === null ? null : await acceptProof(tx, deps, attempt, match)
    if (accepted !== null) return accepted
    return err(await refuseProof(tx, deps, attempt))
  })
}
