/**
 * Wakes the phone when there is something to look at. It keeps no page and no answer: what is shown and
 * signed is always what the backend serves now.
 */
type WorkerScope = {
  readonly registration: {
    readonly scope: string
    showNotification(title: string, options: object): Promise<void>
    getNotifications(): Promise<{ close(): void }[]>
  }
  readonly clients: {
    claim(): Promise<void>
    matchAll(options: object): Promise<{ readonly url: string; focus(): Promise<unknown> }[]>
    openWindow(url: string): Promise<unknown>
  }
  readonly location: { readonly href: string }
  skipWaiting(): Promise<void>
  addEventListener(type: string, listener: (event: WorkerEvent) => void): void
}
type WorkerEvent = {
  waitUntil(work: Promise<unknown>): void
  readonly notification?: { close(): void }
}

const worker = globalThis as unknown as WorkerScope

/** Said on a locked screen, so it says nothing about whom or what. */
const words = {
  en: {
    title: 'Latchkey has a question',
    body: 'Was it you? Open to answer. Nobody may tell you the number.',
  },
  de: {
    title: 'Latchkey hat eine Frage',
    body: 'Waren Sie das? Zum Antworten öffnen. Niemand darf Ihnen die Zahl nennen.',
  },
}

worker.addEventListener('install', (event) => event.waitUntil(worker.skipWaiting()))
worker.addEventListener('activate', (event) => event.waitUntil(worker.clients.claim()))
worker.addEventListener('push', (event) => event.waitUntil(notify()))
worker.addEventListener('notificationclick', (event) => {
  event.notification?.close()
  event.waitUntil(show())
})

/** Browsers want something shown for every message; one about the same replaces the one before. */
function notify(): Promise<void> {
  const { title, body } = words[navigator.language.startsWith('de') ? 'de' : 'en']
  const icon = new URL('icon-192.png', worker.registration.scope).href
  const options = { body, icon, tag: 'question', renotify: true, requireInteraction: true }
  return worker.registration.showNotification(title, options)
}

async function show(): Promise<void> {
  const { scope } = worker.registration
  const open = await worker.clients.matchAll({ type: 'window', includeUncontrolled: true })
  const own = open.find(({ url }) => url.startsWith(scope))
  await (own ? own.focus() : worker.clients.openWindow(scope))
}

// A module for the compiler alone: what is built exports nothing.
export {}
