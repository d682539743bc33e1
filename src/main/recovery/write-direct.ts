import {
  type JourneyError,
  type JourneyErrorCode,
  type JourneyResult,
  type Outcome,
  refusalsBeforeWriting,
} from '../../contract/journey-bridge.ts'
import { err, ok, type Result } from '../../contract/result.ts'
import type { DirectoryError } from '../../directory/index.ts'
import { confirm } from './confirm.ts'
import { connectAgent } from './prepare.ts'
import {
  type DirectPreparation,
  openSealed,
  type Recovery,
  type RecoveryPorts,
} from './recovery.ts'
import type { Secret } from './secret.ts'

/** After any other refusal the backend may have set a temporary password all the same. */
const harmlessRefusals: readonly JourneyErrorCode[] = [
  'backend_untrusted',
  // Of a commit, not of the change that follows: the service account was not allowed to write.
  'directory_refused',
]

/**
 * Sets the new password through the domain controller: the backend sets a temporary one, this side
 * changes it to the chosen one. The backend never sees the chosen one.
 *
 * May be called again with another password after `password_refused`: the temporary one stays valid,
 * and is not set a second time.
 *
 * @returns `lost` when the controller is gone and nothing has been changed yet: another way can be planned
 */
export async function writeDirect(
  ports: RecoveryPorts,
  recovery: Recovery,
  prepared: DirectPreparation,
  newPassword: string,
): Promise<JourneyResult<Outcome> | 'lost'> {
  const { accountName } = prepared.plan
  // The way to the controller is open before anything is changed, or nothing is.
  if (!(await reconnect(ports, recovery, prepared))) {
    return prepared.isCommitted ? err({ code: 'directory_unavailable' }) : 'lost'
  }
  // An earlier choice may be in place; a temporary password in its stead makes that certain.
  if (recovery.doubts.includeAnother(newPassword)) forgetTemporary(prepared)
  const temporary = await commitOnce(ports, recovery, prepared)
  if (!temporary.ok) return temporary
  ports.onProgress('setting_password')
  const attempt = () => change(ports, prepared, temporary.value, newPassword)
  let changed = await attempt()
  if (!changed.ok && isUncertain(changed.error) && (await reconnect(ports, recovery, prepared))) {
    changed = await attempt()
  }
  const settled = changed.ok
    ? await confirm(ports, recovery, true)
    : await settleFailure(ports, recovery, prepared, changed.error, newPassword)
  return settled.ok ? ok({ accountName, mode: 'direct' }) : settled
}

/** Has the backend set the temporary password, unless it already has. */
async function commitOnce(
  ports: RecoveryPorts,
  recovery: Recovery,
  prepared: DirectPreparation,
): Promise<JourneyResult<Secret>> {
  if (prepared.temporaryPassword !== null) return ok(prepared.temporaryPassword)
  if (recovery.forgotten) return err({ code: 'no_recovery' })
  ports.onProgress('preparing_account')
  const committed = await recovery.client.commit()
  prepared.isCommitted ||= committed.ok || !isHarmless(committed.error.code)
  if (!committed.ok) return committed
  if (committed.value.mode !== 'direct') return err({ code: 'backend_unexpected' })
  const { accountId } = prepared.plan
  const sealed = committed.value.temporaryPassword
  const opened = await openSealed(recovery, 'temporary-password', accountId, sealed)
  recovery.doubts.clear()
  if (opened.ok) prepared.temporaryPassword = opened.value
  return opened
}

function isHarmless(code: JourneyErrorCode): boolean {
  return harmlessRefusals.includes(code) || refusalsBeforeWriting.includes(code)
}

async function change(
  ports: RecoveryPorts,
  { connection, plan }: DirectPreparation,
  temporary: Secret,
  newPassword: string,
): Promise<Result<void, DirectoryError>> {
  const { changePassword } = await ports.directory()
  const changed = await changePassword(connection, plan.userDn, temporary.reveal(), newPassword)
  if (!changed.ok) ports.log('change-failed', changed.error.code)
  return changed
}

/** The connection may have died while the user was thinking; the same controller is dialled again. */
async function reconnect(
  ports: RecoveryPorts,
  recovery: Recovery,
  prepared: DirectPreparation,
): Promise<boolean> {
  if (prepared.connection.isOpen()) return true
  const { agentPassword, plan } = prepared
  const connected = await connectAgent(ports, recovery, plan, agentPassword)
  if (connected.ok) prepared.connection = connected.value
  return connected.ok
}

async function settleFailure(
  ports: RecoveryPorts,
  recovery: Recovery,
  prepared: DirectPreparation,
  error: DirectoryError,
  newPassword: string,
): Promise<JourneyResult<void>> {
  if (error.code === 'password_refused') {
    return err(await explain(ports, prepared, error, newPassword))
  }
  const isStale = error.code === 'old_password_wrong'
  if (!isUncertain(error) && !isStale) return err({ code: 'directory_refused' })
  // The change may have been made although its answer was lost. Active Directory knows.
  const confirmed = await confirm(ports, recovery, false)
  if (confirmed.ok) return confirmed
  if (isUncertain(error) || confirmed.error.code !== 'not_confirmed') {
    recovery.doubts.add(newPassword)
  }
  // A temporary password that is not the present one is of no use; the next try asks for another.
  if (isStale) forgetTemporary(prepared)
  return err({ code: isStale ? 'directory_refused' : 'directory_unavailable' })
}

function forgetTemporary(prepared: DirectPreparation): void {
  prepared.temporaryPassword?.wipe()
  prepared.temporaryPassword = null
}

function isUncertain({ code }: DirectoryError): boolean {
  return code === 'outcome_unknown' || code === 'unreachable' || code === 'timeout'
}

async function explain(
  ports: RecoveryPorts,
  { plan }: DirectPreparation,
  error: DirectoryError,
  password: string,
): Promise<JourneyError> {
  const { explainRefusal } = await ports.directory()
  const refused = explainRefusal(error, plan.rules, {
    password,
    sAMAccountName: plan.accountName,
    // The plan names the forbidden parts instead of the display name that they were taken from.
    displayName: plan.rules.nameParts.join(' '),
    pwdLastSet: null,
    now: ports.now(),
  })
  return { code: 'password_refused', refused }
}
