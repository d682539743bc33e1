import type { PhoneSubscription } from '../../contract/push.ts'
import { encodeBase64url } from '../../sealing/base64url.ts'
import type { PhoneApi } from './phone-api.ts'

/** Whether this phone can be knocked at, and what is in the way. */
export type Knocking = 'unsupported' | 'ask' | 'on' | 'blocked' | 'failed'

/** Registers the service worker. Without one the phone still answers while it is open. */
export async function registerWorker(): Promise<ServiceWorkerRegistration | null> {
  if (!('serviceWorker' in navigator)) return null
  const scope = new URL('.', location.href).pathname
  return navigator.serviceWorker.register(`${scope}service-worker.js`, { scope }).catch(() => null)
}

/** How it stands, without asking anybody for anything. */
export function knockingNow(): Knocking {
  if (!('PushManager' in window) || !('Notification' in window)) return 'unsupported'
  if (Notification.permission === 'denied') return 'blocked'
  return Notification.permission === 'granted' ? 'on' : 'ask'
}

/** Asks the user, then the browser, and tells the backend where to knock. */
export async function allowKnocking(api: PhoneApi, pushKey: string): Promise<Knocking> {
  const answer = await Notification.requestPermission()
  return answer === 'granted' ? keepKnocking(api, pushKey) : knockingNow()
}

/** What the browser has, unless that is for another key: then it would refuse this one. */
async function subscriptionFor(
  pushManager: PushManager,
  pushKey: string,
): Promise<PushSubscription | null> {
  const known = await pushManager.getSubscription()
  const key = known?.options.applicationServerKey
  if (!known || !key || encodeBase64url(new Uint8Array(key)) === pushKey) return known
  await known.unsubscribe()
  return null
}

/** A question that was answered is no news any more. */
export async function clearNotifications(): Promise<void> {
  const registration = await navigator.serviceWorker?.getRegistration().catch(() => undefined)
  const shown = (await registration?.getNotifications().catch(() => [])) ?? []
  for (const notification of shown) notification.close()
}

/** Subscriptions end without a word, so it is looked at each time that the phone is opened. */
export async function keepKnocking(api: PhoneApi, pushKey: string): Promise<Knocking> {
  if (knockingNow() !== 'on') return knockingNow()
  try {
    const { pushManager } = await navigator.serviceWorker.ready
    const known = await subscriptionFor(pushManager, pushKey)
    const options = { userVisibleOnly: true, applicationServerKey: pushKey }
    const subscription = known ?? (await pushManager.subscribe(options))
    const { endpoint, keys } = subscription.toJSON()
    const told = await api.subscribe({ endpoint, keys } as PhoneSubscription['subscription'])
    return told.ok ? 'on' : 'failed'
  } catch {
    return 'failed'
  }
}
