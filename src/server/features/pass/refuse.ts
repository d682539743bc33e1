import { err } from '../../../contract/result.ts'
import type { ServerDependencies } from '../../domain/dependencies.ts'
import type { PassOperator, PassRecord } from '../../domain/ports/passes.ts'
import type { PassRefusal } from './pass-rules.ts'

/** Records that somebody of the helpdesk was refused, and why: patterns of that are worth a look. */
export async function refusePass(
  deps: Pick<ServerDependencies, 'now' | 'store'>,
  { accountId, accountName }: Pick<PassRecord, 'accountId' | 'accountName'>,
  { accountId: operatorId, accountName: operator, login }: PassOperator,
  code: PassRefusal,
): Promise<{ readonly ok: false; readonly error: PassRefusal }> {
  const fields = { accountId, accountName, operator, operatorId, login, reason: code }
  await deps.store.transaction((tx) => tx.audit({ event: 'pass.refused', at: deps.now(), fields }))
  return err(code)
}
