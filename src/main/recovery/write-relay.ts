import type { JourneyErrorCode, JourneyResult, Outcome } from '../../contract/journey-bridge.ts'
import type { RelayRequest } from '../../contract/recovery.ts'
import { err, ok } from '../../contract/result.ts'
import { seal } from '../../sealing/hpke.ts'
import type { Recovery, RecoveryPorts, RelayPreparation, UnlockPreparation } from './recovery.ts'

/** After these, only the backend's state tells whether the write was made. */
const uncertain: readonly JourneyErrorCode[] = [
  'backend_unreachable',
  'backend_unexpected',
  'wrong_state',
]

/** After these, the directory may have been changed, or may yet be. */
const unknown: readonly JourneyErrorCode[] = [
  'backend_unreachable',
  'backend_unexpected',
  'directory_unavailable',
  'internal',
  'store_unavailable',
]

/** Sets the new password through the backend, which receives it sealed and opens it for one write. */
export async function writeRelay(
  ports: RecoveryPorts,
  recovery: Recovery,
  { plan }: RelayPreparation,
  newPassword: string,
): Promise<JourneyResult<Outcome>> {
  ports.onProgress('setting_password')
  const { client, doubts } = recovery
  const done = ok({ accountName: plan.accountName, mode: 'relay' } as const)
  // Completed, but with which of them? With another one in doubt only a new start is honest.
  const isAmbiguous = doubts.includeAnother(newPassword)
  if (!isAmbiguous && doubts.include(newPassword) && (await client.complete()).ok) return done
  const body = await sealed(recovery, plan, newPassword)
  if (body === null) return err({ code: 'backend_unexpected' })
  const written = await client.relay(body)
  if (written.ok) return done
  const { code } = written.error
  if (!isAmbiguous && (await isCompleted(recovery, code))) return done
  if (!unknown.includes(code)) return written
  doubts.add(newPassword)
  return !isAmbiguous && (await client.complete()).ok ? done : written
}

async function sealed(
  { client: { recoveryId } }: Recovery,
  { accountId, relayKey: { keyId, publicKey } }: RelayPreparation['plan'],
  newPassword: string,
): Promise<RelayRequest | null> {
  const context = { use: 'new-password', recoveryId, accountId, keyId } as const
  const result = await seal(publicKey, newPassword, context).catch(() => null)
  return result && { keyId, sealed: result }
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
