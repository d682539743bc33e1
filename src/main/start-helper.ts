import { join } from 'node:path'
import { app, type BrowserWindow } from 'electron'
import type { Configuration } from './config/configuration.ts'
import { readConfiguration } from './config/read-configuration.ts'
import { sendProgress, serveVerbs } from './ipc/serve-verbs.ts'
import { createLog, type Log } from './log.ts'
import { createVerbs } from './verbs.ts'
import { closeGently } from './window/close-gently.ts'
import { appPath } from './window/local-bundle.ts'
import { createMainWindow } from './window/main-window.ts'
import { createWindowSession } from './window/window-session.ts'

/** Where the page lives when there is no backend to borrow an origin from (RFC 2606 §2). */
const originWithoutBackend = 'https://latchkey.invalid'

/** Long enough for the first screen to be painted, shorter than a name is typed. */
const warmUpDelayMs = 400

/**
 * Shows the window and answers its page.
 *
 * @returns the window, and a promise that is kept when its page is there
 */
export function startHelper(): { window: BrowserWindow; loaded: Promise<void> } {
  const log = createLog(app.getPath('logs'), Date.now)
  const configuration = configure(log)
  const origin = configuration?.backendOrigin ?? originWithoutBackend
  const folder = join(import.meta.dirname, '../renderer')
  let typedAccount = ''
  const window = createMainWindow(createWindowSession(origin, folder, () => typedAccount))
  const verbs = createVerbs(configuration, log, (step) => sendProgress(window, step))
  const start: typeof verbs.start = (request) => {
    typedAccount = request.account
    return verbs.start(request)
  }
  serveVerbs(window, origin, { ...verbs, start }, (verb) => log('verb-failed', verb))
  closeGently(window, verbs.abandon)
  const warmUp = () => verbs.warmUp().catch(() => log('fault', 'warm-up'))
  window.once('show', () => setTimeout(warmUp, warmUpDelayMs))
  window.webContents.on('render-process-gone', (_event, { reason }) => {
    log('page-gone', reason)
    app.quit()
  })
  return { window, loaded: load(window, `${origin}${appPath}`) }
}

async function load(window: BrowserWindow, url: string): Promise<void> {
  const broken = new Promise<never>((_, refuse) => {
    window.webContents.once('preload-error', (_event, _file, fault) => refuse(fault))
  })
  await Promise.race([window.loadURL(url), broken]).catch((fault: NodeJS.ErrnoException) => {
    // Whoever closes the window or loads the page anew meanwhile has not broken anything.
    if (!window.isDestroyed() && fault.code !== 'ERR_ABORTED') throw fault
  })
}

function configure(log: Log): Configuration | null {
  const { isPackaged } = app
  const file = app.commandLine.getSwitchValue('config')
  const read = readConfiguration({ platform: process.platform, isPackaged, file })
  if (read.ok) return read.value
  log('configuration', read.error.code)
  // For whoever starts the helper from a terminal: what is wrong, each with its name.
  for (const problem of read.error.problems) console.error(`Latchkey is not configured: ${problem}`)
  return null
}
