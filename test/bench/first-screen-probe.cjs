// Loaded into Electron's main process before the app, by the bench alone: prints a line when the
// first screen can be used. The same for the helper and for the empty window, except that a screen
// with a field counts only once a character that was typed has arrived in it.
const { app } = require('electron')

const withField = process.env.LATCHKEY_BENCH_FIELD === '1'

app.once('browser-window-created', (_event, window) => {
  const { webContents } = window
  const shown = new Promise((resolve) => window.once('show', resolve))
  const loaded = new Promise((resolve) => webContents.once('dom-ready', resolve))
  const isShown = () => (window.isVisible() ? undefined : shown)
  const run = (script) => webContents.executeJavaScript(`new Promise((resolve) => {${script}})`)
  loaded
    .then(() => (withField ? run(untilFocused) : undefined))
    .then(isShown)
    .then(() => {
      const painted = run(untilPainted)
      if (!withField) return painted
      for (const type of ['keyDown', 'char', 'keyUp']) {
        webContents.sendInputEvent({ type, keyCode: 'x' })
      }
      return Promise.all([painted, run(untilTyped)])
    })
    .then(
      () => console.log('first screen'),
      (error) => console.log('no first screen', error),
    )
})

const untilPainted = 'requestAnimationFrame(() => requestAnimationFrame(() => resolve()))'

// The focus is on the heading, for screen readers; who starts typing there means the field.
const untilFocused = `const look = () =>
  document.activeElement !== document.body ? resolve() : setTimeout(look, 2)
look()`

const untilTyped = `const look = () =>
  document.querySelector('[name="account"]').value === 'x' ? resolve() : setTimeout(look, 2)
look()`
