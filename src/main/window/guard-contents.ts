import { app, type WebContents } from 'electron'

/**
 * SECURITY: whatever comes to display web content in this process - also what should not exist -
 * opens no window, follows no link and takes no dropped file, which would be a navigation.
 */
export function guardAllContents(): void {
  app.on('web-contents-created', (_event, contents) => guard(contents))
  // SECURITY: no certificate of the machine or the user is shown to anybody.
  app.on('select-client-certificate', (event, _contents, _url, _list, callback) => {
    event.preventDefault()
    // Electron's types forget that calling without a certificate means "none".
    const callbackWithNone = callback as () => void
    callbackWithNone()
  })
}

function guard(contents: WebContents): void {
  contents.setWindowOpenHandler(() => ({ action: 'deny' }))
  contents.on('will-frame-navigate', (event) => event.preventDefault())
  contents.on('will-redirect', (event) => event.preventDefault())
  contents.on('will-attach-webview', (event) => event.preventDefault())
  contents.on('will-prevent-unload', (event) => event.preventDefault())
}
