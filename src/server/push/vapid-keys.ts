import webPush from 'web-push'
import type { Envelope } from '../../sealing/envelope.ts'
import type { Store } from '../domain/ports/store.ts'

export type VapidKey = { readonly publicKey: string; readonly privateKey: string }

const context = 'vapid-key'

/**
 * The organisation's key for push services: made once, sealed in the store, the same on all replicas.
 * Phones that have subscribed with it can be reached with no other.
 *
 * @returns null when the stored one does not open: a master key is missing
 */
export async function vapidKey(
  store: Pick<Store, 'transaction'>,
  envelope: Envelope,
  now: number,
): Promise<VapidKey | null> {
  const fresh = webPush.generateVAPIDKeys()
  const stored = await store.transaction(async (tx) => {
    const known = await tx.vapidKeys.find()
    if (known !== null) return known
    const privateKey = envelope.seal(fresh.privateKey, context)
    await tx.vapidKeys.insert({ publicKey: fresh.publicKey, privateKey, createdAt: now })
    return tx.vapidKeys.find()
  })
  if (stored === null) return null
  const opened = envelope.open(stored.privateKey, context)
  if (!opened.ok) return null
  return { publicKey: stored.publicKey, privateKey: opened.value.toString('utf8') }
}
