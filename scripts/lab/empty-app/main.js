// The least that can be called an app: one empty window. What ours costs is measured against it.
import { app, BrowserWindow } from 'electron'

app.on('window-all-closed', () => app.quit())
// Not awaited: Electron becomes ready only after this module has been evaluated.
app.whenReady().then(() => {
  new BrowserWindow({ width: 900, height: 700 }).loadURL('data:text/html,<title>empty</title>')
})
