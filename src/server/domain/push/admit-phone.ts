import { err, ok, type Result } from '../../../contract/result.ts'
import { lockMethods } from '../lock-methods.ts'
import type { MethodRecord } from '../ports/methods.ts'
import type { PushDeviceRecord } from '../ports/push-devices.ts'
import type { StoreTransaction } from '../ports/store.ts'
import type { Refusal } from '../refusal.ts'

/** What a phone shows instead of a cookie: a proof of possession whose signature was checked already. */
export type PhoneProof = {
  /** RFC 7638 thumbprint of the key that signed it. */
  readonly thumbprint: string
  readonly jti: string
  /** When it is too old to be accepted again (milliseconds since the epoch). */
  readonly proofExpiresAt: number
}

export type Phone = { readonly device: PushDeviceRecord; readonly method: MethodRecord }

/**
 * Finds the phone that a proof was signed by. A foreign key, a removed phone and a suspended one are
 * refused alike. Reads only.
 */
export async function findPhone(
  tx: StoreTransaction,
  { thumbprint }: PhoneProof,
): Promise<Result<Phone, Refusal>> {
  const device = await tx.pushDevices.findByThumbprint(thumbprint)
  const method = device === null ? null : await tx.methods.find(device.methodId)
  if (device === null || method === null || method.suspendedAt !== null) {
    return err({ code: 'unauthorized' })
  }
  return ok({ device, method })
}

/**
 * Lets a phone in, once: its proof is spent in the same transaction as its effect, and its owner's
 * methods stay as they are until then.
 */
export async function admitPhone(
  tx: StoreTransaction,
  proof: PhoneProof,
  now: number,
): Promise<Result<Phone, Refusal>> {
  const known = await findPhone(tx, proof)
  if (!known.ok) return known
  await lockMethods(tx, known.value.device.accountId, now)
  if (!(await tx.spend('dpop', `${proof.thumbprint}.${proof.jti}`, proof.proofExpiresAt))) {
    return err({ code: 'unauthorized' })
  }
  // Asked again: it may have been removed while we waited.
  return findPhone(tx, proof)
}
