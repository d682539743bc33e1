import type { CompleteResponse } from '../../../contract/recovery.ts'
import { err, ok, type Result } from '../../../contract/result.ts'
import type { ServerDependencies } from '../../domain/dependencies.ts'
import type { WrittenPassword } from '../../domain/ports/directory.ts'
import type { RecoveryRecord } from '../../domain/ports/recoveries.ts'
import type { StoreTransaction } from '../../domain/ports/store.ts'
import type { WriteRecord } from '../../domain/ports/writes.ts'
import { allows } from '../../domain/recovery-machine.ts'
import type { Refusal } from '../../domain/refusal.ts'
import { judgeWrite } from '../../domain/settle.ts'
import { admit, type Credentials, checkOpen, recognise } from './admit.ts'
import { completed, finish } from './finish.ts'
import { type Writer, writerOf } from './write-intent.ts'
import { readRefusal } from './write-temporary.ts'

/**
 * Reads from the very controller that was written to whether the new password is in place, and
 * records what it says. May be repeated when the answer was lost.
 */
export async function complete(
  deps: ServerDependencies,
  recoveryId: string,
  credentials: Credentials,
): Promise<Result<CompleteResponse, Refusal>> {
  const { store, directory } = deps
  const known = await store.transaction((tx) => recognise(tx, deps, recoveryId, credentials))
  if (!known.ok) return known
  const refused = refuse(known.value, deps.now())
  if (refused) return err(refused)
  const writer = writerOf(known.value)
  if (!writer.ok) return writer
  const { controller, account } = writer.value
  const after = await directory.readPasswordState(controller, account.accountId)
  if (!after.ok) return err(readRefusal(deps, recoveryId, after.error))
  return store.transaction(async (tx) => {
    const admitted = await admit(tx, deps, recoveryId, credentials)
    if (!admitted.ok) return admitted
    return record(tx, deps, { ...writer.value, recovery: admitted.value }, after.value)
  })
}

/** A user who was quicker than the clock by a hair is not told that all was in vain: time is no reason. */
function refuse(recovery: RecoveryRecord, now: number): Refusal | null {
  const isWritten = recovery.state === 'completed' || allows(recovery.state, 'password_confirmed')
  if (isWritten && recovery.mode !== 'unlock') return null
  return checkOpen(recovery, now) ?? { code: 'wrong_state' }
}

async function record(
  tx: StoreTransaction,
  deps: ServerDependencies,
  writer: Writer,
  after: WrittenPassword,
): Promise<Result<CompleteResponse, Refusal>> {
  const { recovery, account } = writer
  // Must-change is how a temporary password looks: whatever else has changed, that is no new one.
  const pwdLastSet = after.mustChange ? null : after.pwdLastSet
  if (recovery.state === 'completed' && pwdLastSet !== null) return ok(completed(pwdLastSet))
  const refused = refuse(recovery, deps.now())
  if (refused) return err(refused)
  const entry = await tx.writes.find(account.accountId)
  if (pwdLastSet === null || !isOurs(entry, recovery, after)) return err({ code: 'not_confirmed' })
  const mode = recovery.mode === 'relay' ? 'relay' : 'direct'
  const finished = await finish(tx, deps, writer, mode, pwdLastSet)
  return finished === null ? err({ code: 'wrong_state' }) : ok(finished)
}

/** Whether what the controller shows was written after this recovery's own write. */
function isOurs(
  entry: WriteRecord | null,
  recovery: RecoveryRecord,
  after: WrittenPassword,
): boolean {
  if (entry === null || entry.recoveryId !== recovery.id) return false
  return judgeWrite(entry, after) === 'changed'
}
