import type { JourneyErrorCode, JourneyResult, Outcome } from '../../contract/journey-bridge.ts'
import { err, ok } from '../../contract/result.ts'
import { seal } from '../../sealing/hpke.ts'
import type { Recovery, RecoveryPorts, RelayPreparation, UnlockPreparation } from './recovery.ts'

/** After these, only the backend's state tells whether the write was made. */
const uncertain: readonly JourneyErrorCode[] = [
  'backend_unreachable',
  'backend_unexpected',
  'wrong_state',
]

/** Sets the new password through the backend, which receives it sealed and opens it for one write. */
export async function writeRelay(
  ports: RecoveryPorts,
  recovery: Recovery,
  { plan }: RelayPreparation,
  newPassword: string,
): Promise<JourneyResult<Outcome>> {
  ports.onProgress('setting_password')
  const { accountId, accountName, relayKey } = plan
  const { keyId, publicKey } = relayKey
  const { recoveryId } = recovery.client
  const sealed = await seal(publicKey, newPassword, {
    use: 'new-password',
    recoveryId,
    accountId,
    keyId,
  }).catch(() => null)
  if (sealed === null) return err({ code: 'backend_unexpected' })
  const written = await recovery.client.relay({ keyId, sealed })
  if (!written.ok && !(await isCompleted(recovery, written.error.code))) return written
  return ok({ accountName, mode: 'relay' })
}

/** Lifts the lockout. */
export async function writeUnlock(
  ports: RecoveryPorts,
  recovery: Recovery,
  { plan }: UnlockPreparation,
): Promise<JourneyResult<Outcome>> {
  ports.onProgress('unlocking')
  const committed = await recovery.client.commit()
  if (!committed.ok && !(await isCompleted(recovery, committed.error.code))) return committed
  return ok({ accountName: plan.accountName, mode: 'unlock' })
}

async function isCompleted(recovery: Recovery, code: JourneyErrorCode): Promise<boolean> {
  if (!uncertain.includes(code)) return false
  const status = await recovery.client.status()
  return status.ok && status.value.state === 'completed'
}
