import type { RecoveryStatus } from '../../../contract/recovery.ts'
import { ok, type Result } from '../../../contract/result.ts'
import type { ServerDependencies } from '../../domain/dependencies.ts'
import type { Refusal } from '../../domain/refusal.ts'
import { admit, type Credentials } from './admit.ts'
import { statusOf, withDirectory } from './status-of.ts'

/** Where a recovery stands, also after its end. Changes nothing. */
export async function readStatus(
  deps: ServerDependencies,
  recoveryId: string,
  credentials: Credentials,
): Promise<Result<RecoveryStatus, Refusal>> {
  const read = await deps.store.transaction(async (tx) => {
    const admitted = await admit(tx, deps, recoveryId, credentials)
    if (!admitted.ok) return admitted
    return ok(statusOf(admitted.value, await tx.offers.list(recoveryId), deps))
  })
  return read.ok ? ok(await withDirectory(read.value, deps)) : read
}
