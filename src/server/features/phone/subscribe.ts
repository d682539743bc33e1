import type { PhoneSubscription } from '../../../contract/push.ts'
import { err, ok, type Result } from '../../../contract/result.ts'
import type { ServerDependencies } from '../../domain/dependencies.ts'
import { admitPhone, type PhoneProof } from '../../domain/push/admit-phone.ts'
import type { Refusal } from '../../domain/refusal.ts'

/** Keeps, or forgets, where messages for a phone go. Never an address that may not be posted to. */
export async function subscribePhone(
  deps: ServerDependencies,
  { subscription }: PhoneSubscription,
  proof: PhoneProof,
): Promise<Result<void, Refusal>> {
  if (subscription !== null && !deps.push.isAllowed(subscription.endpoint)) {
    return err({ code: 'invalid_request', fields: ['subscription.endpoint'] })
  }
  return deps.store.transaction(async (tx) => {
    const now = deps.now()
    const admitted = await admitPhone(tx, proof, now)
    if (!admitted.ok) return admitted
    const { methodId, accountId } = admitted.value.device
    const sealed =
      subscription === null
        ? null
        : deps.secrets.sealMethodSecret({ id: methodId, accountId }, JSON.stringify(subscription))
    await tx.pushDevices.subscribe(methodId, sealed)
    const event = sealed === null ? 'push.subscription_removed' : 'push.subscription_set'
    await tx.audit({ event, at: now, fields: { accountId, methodId } })
    return ok(undefined)
  })
}
