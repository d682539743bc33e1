import { err, ok, type Result } from '../../../contract/result.ts'
import type { ServerDependencies } from '../../domain/dependencies.ts'
import type { RecoveryRecord } from '../../domain/ports/recoveries.ts'
import type { StoreTransaction } from '../../domain/ports/store.ts'
import type { Refusal } from '../../domain/refusal.ts'

/** What a request shows: the token, and a proof of possession whose signature was checked already. */
export type Credentials = {
  readonly tokenHash: string
  /** RFC 7638 thumbprint of the key that signed the proof. */
  readonly thumbprint: string
  readonly jti: string
  /** When the proof is too old to be accepted again (milliseconds since the epoch). */
  readonly proofExpiresAt: number
  /** Network address that it comes from. */
  readonly address: string
}

/**
 * Finds the recovery that a token was issued for. A token of another recovery, a foreign key and a
 * recovery that never was are all refused alike. Reads only; `admit` must follow before any effect.
 */
export async function recognise(
  tx: StoreTransaction,
  { secrets }: Pick<ServerDependencies, 'secrets'>,
  recoveryId: string,
  credentials: Credentials,
): Promise<Result<RecoveryRecord, Refusal>> {
  const recovery = await tx.recoveries.find(recoveryId)
  const sameToken = secrets.equal(recovery?.tokenHash ?? '', credentials.tokenHash)
  const sameKey = secrets.equal(recovery?.thumbprint ?? '', credentials.thumbprint)
  if (recovery === null || !sameToken || !sameKey) return err({ code: 'unauthorized' })
  return ok(recovery)
}

/**
 * Lets a request in, once: its proof is spent in the same transaction as its effect (RFC 9449 §11.1).
 * The spend comes after the token, so that strangers cannot fill the table of spent proofs.
 */
export async function admit(
  tx: StoreTransaction,
  deps: Pick<ServerDependencies, 'secrets'>,
  recoveryId: string,
  credentials: Credentials,
): Promise<Result<RecoveryRecord, Refusal>> {
  const recognised = await recognise(tx, deps, recoveryId, credentials)
  if (!recognised.ok) return recognised
  const { thumbprint, jti, proofExpiresAt } = credentials
  const isFirst = await tx.spend('dpop', `${thumbprint}.${jti}`, proofExpiresAt)
  return isFirst ? recognised : err({ code: 'unauthorized' })
}

/** Whether somebody may still go on with a recovery. */
export function checkOpen(recovery: RecoveryRecord, now: number): Refusal | null {
  if (recovery.state === 'locked') return { code: 'recovery_locked' }
  if (recovery.state === 'expired') return { code: 'recovery_expired' }
  if (recovery.state === 'abandoned' || recovery.state === 'completed') {
    return { code: 'wrong_state' }
  }
  return now >= recovery.expiresAt ? { code: 'recovery_expired' } : null
}
