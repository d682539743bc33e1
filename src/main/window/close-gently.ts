import type { BrowserWindow } from 'electron'

const patienceMs = 15_000

/**
 * Lets a window that is closed - by its user, by the page or by the system - vanish at once, but
 * keeps the process until what it has begun is over: a write is finished, a recovery given up.
 *
 * @param finish - ends what is going on
 */
export function closeGently(window: BrowserWindow, finish: () => Promise<void>): void {
  window.once('close', (event) => {
    event.preventDefault()
    window.hide()
    const patience = new Promise((resolve) => setTimeout(resolve, patienceMs))
    Promise.race([finish().catch(() => {}), patience]).then(() => window.destroy())
  })
}
