import type { RecoveryCodesEnrolment } from '../../../contract/enrolment.ts'
import { ok, type Result } from '../../../contract/result.ts'
import { groupWritten } from '../../../contract/written-code.ts'
import { checkSession, type NotValid } from '../../domain/check-session.ts'
import type { ServerDependencies } from '../../domain/dependencies.ts'
import { endRecoveries } from '../../domain/end-recoveries.ts'
import { positionLetter, recoveryCodeCount } from '../../domain/methods/recovery-code.ts'
import type { MethodRecord } from '../../domain/ports/methods.ts'
import type { SessionRecord } from '../../domain/ports/sessions.ts'
import type { StoreTransaction } from '../../domain/ports/store.ts'
import { type AddError, begin, beginAdding, unconfirmed } from './add-method.ts'

/**
 * Begins with a set of recovery codes: they are told this once, and count when one of them has been
 * typed back, which shows that they were kept. Until then an older set stays good, so that a window
 * closed too soon costs nobody their last way in.
 */
export async function addRecoveryCodes(
  deps: ServerDependencies,
  session: SessionRecord,
): Promise<Result<RecoveryCodesEnrolment, AddError | NotValid>> {
  const checked = await checkSession(deps, session)
  if (!checked.ok) return checked
  const now = deps.now()
  // The codes are in their own table; the method itself has no secret.
  const what = { kind: 'recoveryCode', label: 'Recovery codes', secret: '' } as const
  const method = unconfirmed(deps, session, what, now)
  const codes = Array.from({ length: recoveryCodeCount }, (_, position) =>
    deps.secrets.newWrittenCode(positionLetter(position)),
  )
  const open = await deps.store.transaction((tx) =>
    beginAdding(checked.value, tx, session, 'recoveryCode', now),
  )
  // Ten hashes are dear: nobody gets them who may not change anything.
  if (!open.ok) return open
  const hashes = await Promise.all(codes.map((code) => deps.secrets.hashCode(code)))
  return deps.store.transaction(async (tx) => {
    const begun = await beginAdding(checked.value, tx, session, 'recoveryCode', now)
    if (!begun.ok) return begun
    await begin(tx, session, method, now)
    await tx.writtenCodes.insert(
      hashes.map((codeHash, position) => ({
        ...{ methodId: method.id, position, codeHash, expiresAt: null },
      })),
    )
    const expiresAt = new Date(now + deps.settings.limits.codeLifetime).toISOString()
    return ok({ methodId: method.id, codes: codes.map(groupWritten), expiresAt })
  })
}

/**
 * One set for each account: the new one has just been confirmed, so the older ones are void, with
 * whatever they have proven in a recovery that is under way. To be called in that transaction.
 */
export async function retireOlderSets(
  tx: StoreTransaction,
  { accountId, accountName }: SessionRecord,
  confirmed: readonly MethodRecord[],
  now: number,
): Promise<void> {
  const older = confirmed.filter(({ kind }) => kind === 'recoveryCode')
  for (const { id: methodId, kind } of older) {
    await tx.methods.remove(methodId, accountId)
    const fields = { accountId, accountName, methodId, kind }
    await tx.audit({ event: 'method.removed', at: now, fields })
  }
  if (older.length > 0) await endRecoveries(tx, accountId, now)
}
