import { err, ok, type Result } from '../../../contract/result.ts'
import type { ServerDependencies } from '../../domain/dependencies.ts'
import { endRecoveries } from '../../domain/end-recoveries.ts'
import { lockMethods } from '../../domain/lock-methods.ts'
import type { PassOperator, PassRecord } from '../../domain/ports/passes.ts'

/**
 * Takes a pass back. Also one that was used: what it has proven in a recovery that is under way counts no
 * more, and changes that it has opened in the portal are closed.
 */
export async function revokePass(
  deps: ServerDependencies,
  operator: PassOperator,
  passId: string,
): Promise<Result<PassRecord, 'not_found' | 'wrong_state'>> {
  const now = deps.now()
  const known = await deps.store.transaction((tx) => tx.passes.find(passId))
  if (known === null) return err('not_found')
  const { accountId, accountName } = known
  return deps.store.transaction(async (tx) => {
    await lockMethods(tx, accountId, now)
    // Under the lock: it may have been approved meanwhile.
    const pass = (await tx.passes.find(passId)) ?? known
    const revoked = await tx.passes.advance(passId, ['waiting', 'issued', 'used'], 'revoked')
    if (!revoked) return err('wrong_state')
    if (pass.methodId !== null && (await tx.methods.remove(pass.methodId, accountId))) {
      await endRecoveries(tx, accountId, now)
      await tx.sessions.lowerAll(accountId)
    }
    const by = { operator: operator.accountName, operatorId: operator.accountId }
    const fields = { accountId, accountName, passId, ...by, login: operator.login }
    await tx.audit({ event: 'pass.revoked', at: now, fields: { ...fields, because: 'revoked' } })
    return ok({ ...pass, state: 'revoked' })
  })
}
