import type { PhoneSubscription } from '../../contract/push.ts'
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

/** Subscriptions end without a word, so it is looked at each time that the phone is opened. */
export async function keepKnocking(api: PhoneApi, pushKey: string): Promise<Knocking> {
  if (knockingNow() !== 'on') return knockingNow()
  try {
    const { pushManager } = await navigator.serviceWorker.ready
    const known = await pushManager.getSubscription()
    const options = { userVisibleOnly: true, applicationServerKey: pushKey }
    const subscription = known ?? (await pushManager.subscribe(options))
    const { endpoint, keys } = subscription.toJSON()
    const told = await api.subscribe({ endpoint, keys } as PhoneSubscription['subscription'])
    return told.ok ? 'on' : 'failed'
  } catch {
    return 'failed'
  }
}
