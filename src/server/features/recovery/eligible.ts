import { err, ok, type Result } from '../../../contract/result.ts'
import type { ServerDependencies } from '../../domain/dependencies.ts'
import { withOwnRules } from '../../domain/own-password-rules.ts'
import type { AccountState } from '../../domain/ports/directory.ts'
import type { RecoveryRecord } from '../../domain/ports/recoveries.ts'
import type { Refusal } from '../../domain/refusal.ts'

/**
 * Reads the account again and says whether it may recover itself now. Only asked once enough is
 * proven, so the truth is told to the person whose account it is.
 *
 * @param controller - the one that will be written to, once that is planned: what another one says
 *   may be older
 */
export async function readEligible(
  deps: Pick<ServerDependencies, 'directory' | 'log' | 'now' | 'settings' | 'store'>,
  recovery: RecoveryRecord,
  controller?: string,
): Promise<Result<AccountState, Refusal>> {
  const { account } = recovery
  if (account === null) return err({ code: 'account_not_eligible', ineligible: 'not_found' })
  const read = await deps.directory.readAccount(account, controller)
  if (!read.ok) {
    const { code, detail } = read.error
    deps.log.warn(
      { event: 'read_account_failed', code, detail, recoveryId: recovery.id },
      'no facts',
    )
    return err({ code: code === 'refused' ? 'directory_refused' : 'directory_unavailable' })
  }
  const ineligible = barrier(deps, recovery, read.value)
  if (ineligible !== null) {
    const fields = { recoveryId: recovery.id, accountId: account.accountId, reason: ineligible }
    deps.log.info(
      { event: 'account_not_eligible', code: ineligible, recoveryId: recovery.id },
      'not eligible',
    )
    const at = deps.now()
    await deps.store.transaction((tx) => tx.audit({ event: 'recovery.refused', at, fields }))
    return err({ code: 'account_not_eligible', ineligible })
  }
  const { policy, organisation } = deps.settings
  return ok({ ...read.value, rules: withOwnRules(read.value.rules, policy, organisation) })
}

/** What stands in the way of this recovery: an unlock sets no temporary password. */
function barrier(
  { settings }: Pick<ServerDependencies, 'settings'>,
  { purpose }: RecoveryRecord,
  { ineligible }: AccountState,
): AccountState['ineligible'] {
  if (ineligible !== 'password_never_expires') return ineligible
  return settings.policy.allowNeverExpiring || purpose === 'unlock' ? null : ineligible
}
