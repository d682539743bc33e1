import type { ServerDependencies } from '../../domain/dependencies.ts'
import { countInRow, isGuessable, limitKeys, mustSuspend } from '../../domain/limits.ts'
import { lockMethods } from '../../domain/lock-methods.ts'
import type { StoreTransaction } from '../../domain/ports/store.ts'
import { transition } from '../../domain/recovery-machine.ts'
import type { Refusal } from '../../domain/refusal.ts'
import { suspendMethod } from '../../domain/suspend-method.ts'
import { isUsable } from './identify.ts'
import type { Attempt } from './verify-reserve.ts'

/** Records a failed proof, which was counted already, and draws the consequences. */
export async function refuseProof(
  tx: StoreTransaction,
  deps: ServerDependencies,
  attempt: Attempt,
): Promise<Refusal> {
  const now = deps.now()
  const { recovery, account, accountId, offer } = attempt
  await lockMethods(tx, accountId, now)
  const attempts = (await tx.recoveries.find(recovery.id))?.attempts ?? recovery.attempts + 1
  const named = { recoveryId: recovery.id, accountId: account?.accountId ?? null }
  const fields = { ...named, kind: offer.kind, attempts }
  await tx.audit({ event: 'recovery.proof_refused', at: now, fields })
  const attemptsLeft = Math.max(0, deps.settings.limits.attemptsInRecovery - attempts)
  const { from, to } = transition('too_many_failures')
  if (attemptsLeft === 0 && (await tx.recoveries.advance(recovery.id, from, to))) {
    await tx.audit({ event: 'recovery.locked', at: now, fields: named })
  }
  await countRow(tx, deps, attempt, now)
  return attemptsLeft > 0 ? { code: 'proof_refused', attemptsLeft } : { code: 'recovery_locked' }
}

/** Too many failures of one kind in a row suspend what is enrolled of it, and its owner is told. */
async function countRow(
  tx: StoreTransaction,
  deps: ServerDependencies,
  { account, accountId, methods, offer, isBlockedSilently }: Attempt,
  now: number,
): Promise<void> {
  // Nothing was compared, so nothing was guessed.
  const { kind } = offer
  if (isBlockedSilently || !isGuessable(kind)) return
  const key = limitKeys.failuresInRow(accountId, kind)
  const inRow = await tx.limits.update(key, now, (current) => countInRow(current, now))
  if (account === null || !mustSuspend(inRow, deps.settings.limits)) return
  for (const method of methods.filter((one) => one.kind === kind && isUsable(one))) {
    await suspendMethod(deps, tx, account, method, now)
  }
}
