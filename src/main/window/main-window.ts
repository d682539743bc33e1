import { join } from 'node:path'
import { app, BrowserWindow, nativeTheme, type Session } from 'electron'

/** The colours of the first frame, before the page has painted its own: `--paper` of its tokens. */
const background = { light: '#f6f5f0', dark: '#101716' } as const

/**
 * Makes the one window. It stays hidden until the page has something to show.
 *
 * @param pageSession - from `createWindowSession`
 */
export function createMainWindow(pageSession: Session): BrowserWindow {
  const window = new BrowserWindow({
    show: false,
    width: 880,
    height: 760,
    minWidth: 360,
    minHeight: 480,
    title: 'Latchkey',
    backgroundColor: nativeTheme.shouldUseDarkColors ? background.dark : background.light,
    autoHideMenuBar: true,
    webPreferences: {
      session: pageSession,
      preload: join(import.meta.dirname, '../preload/preload.cjs'),
      // SECURITY: the page is treated as if somebody else had written it.
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webviewTag: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      experimentalFeatures: false,
      navigateOnDragDrop: false,
      safeDialogs: true,
      spellcheck: false,
      devTools: !app.isPackaged,
    },
  })
  window.once('ready-to-show', () => window.show())
  return window
}
