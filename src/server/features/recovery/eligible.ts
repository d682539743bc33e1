import type { MethodKind } from '../../../contract/method-kinds.ts'
import type { IneligibleReason } from '../../../contract/problems.ts'
import { remainingProofs } from '../../../contract/proofs.ts'
import { err, ok, type Result } from '../../../contract/result.ts'
import type { ServerDependencies } from '../../domain/dependencies.ts'
import { withOwnRules } from '../../domain/own-password-rules.ts'
import { barrierOf, type Decision, decide } from '../../domain/policy/decide.ts'
import { isWithin } from '../../domain/policy/networks.ts'
import type { AccountState } from '../../domain/ports/directory.ts'
import type { RecoveryRecord } from '../../domain/ports/recoveries.ts'
import type { Refusal } from '../../domain/refusal.ts'
import { provenKinds } from './identify.ts'

type Needed = Pick<
  ServerDependencies,
  'directory' | 'log' | 'now' | 'policies' | 'settings' | 'store'
>

/**
 * Reads the account again, and the policy, and says whether it may recover itself now. Only asked once
 * enough is proven, so the truth is told to the person whose account it is.
 *
 * @param address - the network address that asks
 * @param controller - the one that will be written to, once that is planned: what another one says
 *   may be older
 */
export async function readEligible(
  deps: Needed,
  recovery: RecoveryRecord,
  address: string,
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
  const { document } = await deps.policies.latest()
  const decision = decide(document, read.value)
  const ineligible =
    accountBarrier(decision, recovery, read.value) ??
    (await policyBarrier(deps, decision, recovery, address))
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
  const rules = withOwnRules(read.value.rules, decision.password, deps.settings.organisation)
  return ok({ ...read.value, rules })
}

/** What in the account stands in the way of this recovery: an unlock sets no temporary password. */
function accountBarrier(
  { allowNeverExpiring }: Decision,
  { purpose }: RecoveryRecord,
  { ineligible }: AccountState,
): IneligibleReason | null {
  if (ineligible !== 'password_never_expires') return ineligible
  return allowNeverExpiring || purpose === 'unlock' ? null : ineligible
}

/**
 * What in the policy does. It is decided anew each time: whatever is stricter now, and whichever group
 * the person has come into meanwhile, holds.
 */
async function policyBarrier(
  { now, settings, store }: Needed,
  decision: Decision,
  recovery: RecoveryRecord,
  address: string,
): Promise<IneligibleReason | null> {
  const { account, id, purpose } = recovery
  const circumstances = { purpose, address, at: now(), isDeviceKnown: false }
  // SECURITY: a proxy that does not say for whom it asks stands in a network of ours; whoever asks may not.
  const isNobodys = decision.networks.length > 0 && isWithin(address, settings.trustedProxies ?? [])
  const barrier = barrierOf(decision, circumstances) ?? (isNobodys ? 'not_here' : null)
  // Whose password is gone already would be left without any, only because it has become six o'clock.
  const isPassing = barrier === 'not_now' || barrier === 'not_here'
  if (barrier !== null && !(isPassing && isMidway(recovery))) return barrier
  const offers = await store.transaction((tx) => tx.offers.list(id))
  const proven = provenKinds(offers).filter((kind) => !isWithdrawn(kind, account, decision))
  return remainingProofs(proven, decision) > 0 ? 'policy_changed' : null
}

/** Whether the old password may be gone. After a write that was refused it is not, however many were tried. */
function isMidway({ mode, state }: RecoveryRecord): boolean {
  return mode !== 'unlock' && (state === 'committing' || state === 'committed')
}

/**
 * SECURITY: the code may have gone to the directory's own mailbox or number, which the policy allowed
 * then and does not any more. To which one it went is not kept, so it counts for nothing.
 */
function isWithdrawn(
  kind: MethodKind,
  account: RecoveryRecord['account'],
  { allowDirectoryMailbox, allowDirectoryPhone }: Decision,
): boolean {
  const { decision: kept } = account ?? {}
  if (kind === 'email') return kept?.allowDirectoryMailbox === true && !allowDirectoryMailbox
  if (kind === 'sms') return kept?.allowDirectoryPhone === true && !allowDirectoryPhone
  return false
}
