import type { RecoveryStatus } from '../../../contract/recovery.ts'
import { ok, type Result } from '../../../contract/result.ts'
import type { ServerDependencies } from '../../domain/dependencies.ts'
import { recoverySubject } from '../../domain/end-recoveries.ts'
import type { RecoveryRecord } from '../../domain/ports/recoveries.ts'
import type { StoreTransaction } from '../../domain/ports/store.ts'
import { phoneStateOf } from '../../domain/push/state-of.ts'
import type { Refusal } from '../../domain/refusal.ts'
import { admit, type Credentials, recognise } from './admit.ts'
import { statusOf, withDirectory } from './status-of.ts'

/** Where a recovery stands, also after its end. Changes nothing. */
export async function readStatus(
  deps: ServerDependencies,
  recoveryId: string,
  credentials: Credentials,
): Promise<Result<RecoveryStatus, Refusal>> {
  return read(deps, (tx) => admit(tx, deps, recoveryId, credentials))
}

/** The same, later, for somebody who was let in before and is still listening. */
export async function readStatusAgain(
  deps: ServerDependencies,
  recoveryId: string,
  credentials: Credentials,
): Promise<Result<RecoveryStatus, Refusal>> {
  return read(deps, (tx) => recognise(tx, deps, recoveryId, credentials))
}

async function read(
  deps: ServerDependencies,
  letIn: (tx: StoreTransaction) => Promise<Result<RecoveryRecord, Refusal>>,
): Promise<Result<RecoveryStatus, Refusal>> {
  const found = await deps.store.transaction(async (tx) => {
    const recovery = await letIn(tx)
    return recovery.ok ? ok(await readAll(tx, deps, recovery.value)) : recovery
  })
  return found.ok ? ok(await withDirectory(found.value, deps)) : found
}

async function readAll(
  tx: StoreTransaction,
  deps: ServerDependencies,
  recovery: RecoveryRecord,
): Promise<RecoveryStatus> {
  const offers = await tx.offers.list(recovery.id)
  const status = statusOf(recovery, offers, deps)
  const offer = offers.find(({ kind }) => kind === 'push')
  const asked = offer
    ? await tx.pushRequests.latest(recoverySubject(recovery.id, offer.offerId))
    : null
  return asked === null ? status : { ...status, phone: phoneStateOf(asked, deps.now()) }
}
