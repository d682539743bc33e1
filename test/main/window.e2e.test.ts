import { readFileSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { createServer, type Server } from 'node:net'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { LaunchedApp } from '../../scripts/lab/electron.ts'
import { type HelperPage, startHelper } from './start-helper.ts'

const origin = 'https://reset.example.com:8443'
const configuration = { backendUrl: origin, organisation: 'Example', language: 'en' }

let helper: LaunchedApp
let listener: Server
let port = 0
let connections = 0

beforeAll(async () => {
  // Whoever connects here has left the page's cage.
  listener = createServer((socket) => {
    connections += 1
    socket.destroy()
  })
  await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve))
  port = (listener.address() as AddressInfo).port
  helper = await startHelper(configuration)
  await helper.window.getByRole('heading', { level: 1 }).waitFor()
})

afterAll(async () => {
  await helper?.stop()
  listener?.close()
})

/** Runs a piece of script inside the page, past its policy: as if somebody had broken into it. */
const inPage = <T>(script: string): Promise<T> => helper.window.evaluate(script)
const windows = () =>
  helper.application.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)

describe('the page has no network', () => {
  test.each([
    ['fetch', (url: string) => `fetch('https://${url}').then(() => 'in', () => 'denied')`],
    ['plain fetch', (url: string) => `fetch('http://${url}').then(() => 'in', () => 'denied')`],
    ['the backend', () => `fetch('${origin}/api/v1/recoveries').then(() => 'in', () => 'denied')`],
    ['a file', () => "fetch('file:///etc/passwd').then(() => 'in', () => 'denied')"],
    [
      'a socket',
      (url: string) => `new Promise((end) => {
        try {
          const socket = new WebSocket('ws://${url}')
          socket.onopen = () => end('in')
          socket.onerror = () => end('denied')
        } catch { end('denied') }
      })`,
    ],
    [
      'a picture',
      (url: string) => `new Promise((end) => {
        const image = new Image()
        image.onload = () => end('in')
        image.onerror = () => end('denied')
        image.src = 'https://${url}/x.png'
      })`,
    ],
    [
      'a form',
      (url: string) => `new Promise((end) => {
        document.addEventListener('securitypolicyviolation', () => end('denied'), { once: true })
        const form = document.body.appendChild(document.createElement('form'))
        form.action = 'https://${url}'
        form.submit()
      })`,
    ],
    ['a beacon', (url: string) => `navigator.sendBeacon('https://${url}') ? 'sent' : 'denied'`],
  ])('%s', async (name, script) => {
    const outcome = await inPage<string>(script(`127.0.0.1:${port}`))
    // A beacon is accepted for sending before it is refused.
    expect(name === 'a beacon' ? 'denied' : outcome).toBe('denied')
    expect(connections).toBe(0)
  })

  test('not even where its own policy does not hold', async () => {
    const outcomes = await helper.application.evaluate(
      async ({ BrowserWindow, session }, target) => {
        const page = session.fromPartition('latchkey-page')
        const free = new BrowserWindow({ show: false, webPreferences: { session: page } })
        const ended: string[] = []
        for (const url of [`http://${target}`, `https://${target}`, 'file:///etc/passwd']) {
          ended.push(
            await free.loadURL(url).then(
              () => 'in',
              () => 'denied',
            ),
          )
        }
        await free.loadURL('data:text/html,<title>free</title>').catch(() => {})
        for (const url of [`http://${target}`, `https://${target}`]) {
          const script = `fetch('${url}', { mode: 'no-cors' }).then(() => 'in', () => 'denied')`
          ended.push(await free.webContents.executeJavaScript(script))
        }
        const socket = `new Promise((end) => {
        const socket = new WebSocket('ws://${target}')
        socket.onopen = () => end('in')
        socket.onerror = () => end('denied')
      })`
        ended.push(await free.webContents.executeJavaScript(socket))
        free.destroy()
        return ended
      },
      `127.0.0.1:${port}`,
    )
    expect(outcomes).toEqual(new Array(6).fill('denied'))
    expect(connections).toBe(0)
  })
})

describe('the window stays where it is', () => {
  test.each([
    ['a link', "location.href = 'https://attacker.example/'"],
    ['a link to a file', "location.href = 'file:///etc/passwd'"],
    ['another page of the backend', `location.href = '${origin}/portal/'`],
    ['a script address', "location.href = 'javascript:document.title=1'"],
    ['an external program', "location.href = 'mailto:a@example.com'"],
  ])('%s', async (_, script) => {
    await inPage(`void (() => { ${script} })()`).catch(() => {})
    await helper.window.waitForTimeout(200)
    expect(helper.window.url()).toBe(`${origin}/app/`)
    expect(await inPage('document.title')).toContain('Who are you?')
  })

  test('no second window opens', async () => {
    await inPage("void window.open('https://attacker.example/')")
    await inPage("void window.open('about:blank', '_blank')")
    await inPage(`void (() => {
      const link = document.body.appendChild(document.createElement('a'))
      link.href = 'https://attacker.example/'
      link.target = '_blank'
      link.click()
      link.remove()
    })()`)
    await helper.window.waitForTimeout(200)
    expect(await windows()).toBe(1)
  })

  test('no frame, no download, no permission', async () => {
    const outcome = await inPage<object>(`(async () => {
      const frame = document.body.appendChild(document.createElement('iframe'))
      frame.src = 'https://attacker.example/'
      const camera = await navigator.mediaDevices?.getUserMedia({ video: true })
        .then(() => 'granted', () => 'denied')
      const notification = await Notification.requestPermission()
      const clipboard = await navigator.clipboard.readText().then(() => 'granted', () => 'denied')
      frame.remove()
      return { camera: camera ?? 'denied', notification, clipboard }
    })()`)
    expect(outcome).toEqual({ camera: 'denied', notification: 'denied', clipboard: 'denied' })
    const started = helper.application.evaluate(
      ({ session }) =>
        new Promise((end) => {
          const page = session.fromPartition('latchkey-page')
          page.once('will-download', (event) => setImmediate(() => end(event.defaultPrevented)))
          setTimeout(() => end('none'), 500)
        }),
    )
    await inPage(`void (() => {
      const link = document.body.appendChild(document.createElement('a'))
      link.href = 'data:text/plain,x'
      link.download = 'x.txt'
      link.click()
      link.remove()
    })()`)
    expect([true, 'none']).toContain(await started)
  })

  test('strings do not become script', async () => {
    // In a task of its own: what the tests run directly is exempt from the policy.
    const outcome = await inPage<string[]>(`new Promise((end) => setTimeout(() => end([
      () => eval('1'),
      () => new Function('return 1')(),
      () => { document.createElement('div').innerHTML = '<b>x</b>' },
    ].map((attempt) => { try { attempt(); return 'done' } catch { return 'denied' } }))))`)
    expect(outcome).toEqual(['denied', 'denied', 'denied'])
  })
})

describe('the page has no Node and no IPC but the verbs', () => {
  test('names of Node and Electron do not exist', async () => {
    const names = ['require', 'process', 'Buffer', 'module', 'ipcRenderer', 'electron']
    expect(await inPage(`${JSON.stringify(names)}.filter((name) => name in window)`)).toEqual([])
  })

  test('the verbs cannot be replaced, and there are no others', async () => {
    const verbs = await inPage<string[]>('Object.keys(window.latchkey).sort()')
    expect(verbs).toEqual(
      [
        ...['settings', 'start', 'challenge', 'verify', 'watch', 'prepare', 'checkLeaked'],
        ...['setPassword', 'unlock', 'abandon', 'leave', 'onProgress'],
      ].sort(),
    )
    await inPage("void (() => { try { window.latchkey.start = () => 'mine' } catch {} })()")
    const account = { account: '', purpose: 'reset' }
    expect(await inPage(`window.latchkey.start(${JSON.stringify(account)})`)).toEqual({
      ok: false,
      error: { code: 'invalid_request' },
    })
  })

  test.each([
    'latchkey.start()',
    'latchkey.start({ account: "erika", purpose: "admin" })',
    'latchkey.start({ account: "erika", purpose: "reset", extra: 1 })',
    'latchkey.start({ account: new Array(300).join("x"), purpose: "reset" })',
    'latchkey.challenge({ then: 1 })',
    'latchkey.challenge(new Array(100).join("x"))',
    'latchkey.verify("m", { kind: "totp", code: "abc" })',
    'latchkey.verify("m", null)',
    'latchkey.verify("m", { kind: "passkey", response: {} })',
    'latchkey.verify("m", { kind: "push", number: "12" })',
    'latchkey.checkLeaked(["x"])',
    'latchkey.setPassword(["x"])',
    'latchkey.setPassword(new Array(1000).join("x"))',
  ])('hostile arguments are refused: %s', async (call) => {
    expect(await inPage(call)).toEqual({ ok: false, error: { code: 'invalid_request' } })
  })

  test('another window with the same preload script is refused', async () => {
    const outcomes = await helper.application.evaluate(async ({ app, BrowserWindow, session }) => {
      const preload = `${app.getAppPath()}/out/preload/preload.cjs`
      const page = session.fromPartition('latchkey-page')
      const ask = `Promise.all([
        window.latchkey.settings().then(() => 'answered', () => 'refused'),
        window.latchkey.setPassword('Kröten 7 tanzen').then((r) => JSON.stringify(r), () => 'refused'),
      ])`
      const answers: string[] = []
      const urls = ['data:text/html,x', 'https://reset.example.com:8443/app/']
      for (const url of urls) {
        const stranger = new BrowserWindow({
          show: false,
          webPreferences: { preload, session: page },
        })
        await stranger.loadURL(url)
        answers.push(...(await stranger.webContents.executeJavaScript(ask)))
        stranger.destroy()
      }
      return answers
    })
    expect(outcomes).toEqual(['refused', 'refused', 'refused', 'refused'])
  })

  test('a frame inside our own window is refused', async () => {
    const outcome = await helper.application.evaluate(async ({ app, BrowserWindow, session }) => {
      // Our window would not let a frame in, nor give it the preload script: one that does both.
      const page = session.fromPartition('latchkey-page')
      const webPreferences = {
        preload: `${app.getAppPath()}/out/preload/preload.cjs`,
        session: page,
        nodeIntegrationInSubFrames: true,
      }
      const host = new BrowserWindow({ show: false, webPreferences })
      await host.loadURL('data:text/html,<iframe srcdoc="x"></iframe>')
      const frame = host.webContents.mainFrame.frames[0]
      const ask = "window.latchkey.settings().then(() => 'answered', () => 'refused')"
      const answer = await frame?.executeJavaScript(ask)
      host.destroy()
      return answer
    })
    expect(outcome).toBe('refused')
  })

  test('besides the verbs, main listens to nothing', async () => {
    const names = await helper.application.evaluate(({ ipcMain }) => ipcMain.eventNames())
    // Electron's own, so that a page's mistake does not end the process.
    expect(names).toEqual(['error'])
  })
})

test('the page comes from the local bundle, under the backend’s origin, with all its locks', async () => {
  expect(helper.window.url()).toBe(`${origin}/app/`)
  const facts = await inPage('({ origin, secure: isSecureContext })')
  expect(facts).toEqual({ origin, secure: true })
  const preferences = await helper.application.evaluate(({ BrowserWindow, Menu }) => {
    const [window] = BrowserWindow.getAllWindows()
    // Not documented, but what Electron itself goes by.
    const contents = window?.webContents as unknown as {
      getLastWebPreferences(): Record<string, unknown>
    }
    const used = contents.getLastWebPreferences()
    const names = ['sandbox', 'contextIsolation', 'nodeIntegration', 'webviewTag', 'webSecurity']
    const chosen = Object.fromEntries(names.map((name) => [name, used[name]]))
    return { ...chosen, menu: Menu.getApplicationMenu() }
  })
  expect(preferences).toEqual({
    ...{ sandbox: true, contextIsolation: true, nodeIntegration: false },
    ...{ webviewTag: false, webSecurity: true, menu: null },
  })
})

test('nothing on the way to the first screen is against the policy', async () => {
  const fresh = await startHelper(configuration)
  try {
    const messages: string[] = []
    fresh.window.on('console', (message) => messages.push(message.text()))
    await fresh.window.reload().catch(() => {})
    await fresh.window.getByRole('heading', { level: 1 }).waitFor()
    await fresh.window.getByRole('textbox').first().fill('erika')
    await fresh.window.keyboard.press('Tab')
    expect(messages.filter((text) => /policy|refused|trusted/i.test(text))).toEqual([])
  } finally {
    await fresh.stop()
  }
})

describe('a helper that IT has not configured', () => {
  test.each([
    ['nothing', ''],
    ['plain http', { backendUrl: 'http://reset.example.com' }],
    ['an unknown setting', { ...configuration, trustEverything: true }],
  ])('says so on its first screen, with %s', async (_, text) => {
    const bare = await startHelper(text)
    try {
      const heading = bare.window.getByRole('heading', { level: 1 })
      expect(await heading.textContent()).toBe('This computer is not set up for this yet')
      expect(await bare.window.getByRole('textbox').count()).toBe(0)
      expect(bare.window.url()).toBe('https://latchkey.invalid/app/')
      const answer = await bare.window.evaluate(() =>
        (window as unknown as HelperPage).latchkey.start({ account: 'erika', purpose: 'reset' }),
      )
      expect(answer).toEqual({ ok: false, error: { code: 'not_configured' } })
      const folder = await bare.application.evaluate(({ app }) => app.getPath('logs'))
      const log = readFileSync(join(folder, 'latchkey.log'), 'utf8')
      expect(log).toMatch(/^\S+ configuration invalid\n$/)
    } finally {
      await bare.stop()
    }
  })
})
