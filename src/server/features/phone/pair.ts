import type { PairRequest, PhoneStatus } from '../../../contract/push.ts'
import { err, ok, type Result } from '../../../contract/result.ts'
import type { ServerDependencies } from '../../domain/dependencies.ts'
import type { PhoneProof } from '../../domain/push/admit-phone.ts'
import type { Refusal } from '../../domain/refusal.ts'
import { statusOf } from './status.ts'

/**
 * Takes the key of a phone that has followed the portal's link. The link is good once. From here on the
 * phone is known by its key, and shows a number that the portal asks for; until then it proves nothing.
 */
export async function pairPhone(
  deps: ServerDependencies,
  { secret, name }: PairRequest,
  { thumbprint, jti, proofExpiresAt }: PhoneProof,
): Promise<Result<PhoneStatus, Refusal>> {
  const pairing = deps.secrets.hashToken(secret)
  const number = deps.secrets.newPushNumber()
  const pushKey = await deps.push.publicKey()
  return deps.store.transaction(async (tx) => {
    const now = deps.now()
    const device = await tx.pushDevices.findByPairing(pairing)
    if (device === null) return err({ code: 'not_found' })
    if (!(await tx.spend('dpop', `${thumbprint}.${jti}`, proofExpiresAt))) {
      return err({ code: 'unauthorized' })
    }
    // One key, one phone, one account.
    if ((await tx.pushDevices.findByThumbprint(thumbprint)) !== null) {
      return err({ code: 'unauthorized' })
    }
    if (!(await tx.pushDevices.pair(pairing, { thumbprint, number }, now))) {
      return err({ code: 'not_found' })
    }
    const { methodId, accountId } = device
    await tx.methods.rename(methodId, name)
    await tx.audit({ event: 'push.paired', at: now, fields: { accountId, methodId } })
    const method = await tx.methods.find(methodId)
    if (method === null) throw new Error('a phone outlives its method')
    return ok(await statusOf(tx, deps, { device: { ...device, number }, method }, pushKey))
  })
}
