import { app, Menu } from 'electron'
import { cleanEnvironment, findStartRefusal, ignoreDebugSignal } from './harden-process.ts'
import { startHelper } from './start-helper.ts'
import { guardAllContents } from './window/guard-contents.ts'

const refusal = findStartRefusal({
  isPackaged: app.isPackaged,
  argv: process.argv.slice(1),
  uid: process.getuid?.(),
})

if (refusal !== null) {
  console.error(refusal)
  app.exit(1)
} else if (!app.requestSingleInstanceLock()) {
  app.quit()
} else {
  cleanEnvironment(process.env)
  if (app.isPackaged) ignoreDebugSignal()
  // SECURITY: every renderer in the sandbox, whatever a window asks for. A packaged helper has refused
  // the switch above; tests that run as root cannot do without it.
  if (!app.commandLine.hasSwitch('no-sandbox')) app.enableSandbox()
  // SECURITY: no menu, so no shortcut for DevTools, reload, zoom, print or a new window.
  Menu.setApplicationMenu(null)
  guardAllContents()
  app.on('window-all-closed', () => app.quit())
  app
    .whenReady()
    .then(startHelper)
    .then(({ window, loaded }) => {
      app.on('second-instance', () => {
        if (window.isMinimized()) window.restore()
        window.focus()
      })
      return loaded
    })
    .catch((fault: unknown) => {
      // Better no helper than an empty window that nobody at a login screen can explain.
      console.error('Latchkey could not start; its installation may be damaged.', fault)
      app.exit(1)
    })
}
