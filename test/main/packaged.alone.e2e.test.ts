import { type ChildProcess, execFile, spawn } from 'node:child_process'
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { connect } from 'node:net'
import { dirname, join, resolve } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { freePort } from '../../scripts/lab/free-port.ts'
import { temporaryFolder } from '../../scripts/lab/temporary-folder.ts'
import { packageHelper, unpackedExecutable } from '../../scripts/packaging/package-helper.ts'
import { findWrongFuses } from '../../scripts/packaging/read-fuses.ts'
import { ensureElectron } from '../../scripts/setup/electron-runtime.ts'
import { testDisplay } from '../helpers/lab.ts'

const run = promisify(execFile)
const root = resolve(import.meta.dirname, '../..')
const folder = temporaryFolder('packaged')
const executable = unpackedExecutable(folder.path)
const resources = join(dirname(executable), 'resources')
const home = join(folder.path, 'home')
const nobody = 65_534
const isRoot = process.getuid?.() === 0

beforeAll(async () => {
  const runtime = await ensureElectron()
  await packageHelper({ args: ['--linux', 'dir'], runtime, output: folder.path })
  mkdirSync(home)
  if (isRoot) {
    chownSync(home, nobody, nobody)
    chmodSync(folder.path, 0o755)
  }
})

afterAll(() => folder.remove())

type Start = { args?: string[]; env?: Record<string, string>; asRoot?: boolean }

/** Starts the packaged helper, as an ordinary user unless told otherwise. */
function start({ args = [], env = {}, asRoot = false }: Start): ChildProcess {
  const options = {
    env: { PATH: process.env.PATH, HOME: home, DISPLAY: testDisplay(), ...env },
    ...(isRoot && !asRoot ? { uid: nobody, gid: nobody } : {}),
    cwd: folder.path,
    timeout: 30_000,
    killSignal: 'SIGKILL',
  } as const
  // Who is not root becomes it in a namespace of their own.
  if (asRoot && !isRoot) return spawn('unshare', ['--map-root-user', executable, ...args], options)
  return spawn(executable, args, options)
}

/** Runs it until it ends by itself, or until it has said something that is waited for. */
function outcomeOf(helper: ChildProcess, until?: RegExp) {
  return new Promise<{ code: number | null; output: string }>((settle) => {
    let output = ''
    const listen = (text: Buffer) => {
      output += text
      if (until?.test(output)) helper.kill('SIGTERM')
    }
    helper.stdout?.on('data', listen)
    helper.stderr?.on('data', listen)
    helper.once('exit', (code) => settle({ code, output }))
  })
}

function isListening(port: number): Promise<boolean> {
  return new Promise((settle) => {
    const socket = connect(port, '127.0.0.1')
    socket.once('connect', () => {
      socket.destroy()
      settle(true)
    })
    socket.once('error', () => settle(false))
  })
}

/** Waits for a window with a matching title: the page sets it when its screen is there. */
async function untilWindow(title: RegExp): Promise<string> {
  const deadline = Date.now() + 15_000
  for (;;) {
    const { stdout } = await run('xwininfo', ['-root', '-tree', '-display', testDisplay()])
    if (title.test(stdout)) return stdout
    if (Date.now() > deadline) throw new Error(`No such window:\n${stdout}`)
    await pause(100)
  }
}

const started = /Latchkey is not configured: /

describe('the packaged helper is deaf to', () => {
  test.each(['remote-debugging-port', 'inspect', 'inspect-brk'])('--%s', async (name) => {
    const port = await freePort()
    const helper = start({ args: [`--${name}=${port}`] })
    let opened = false
    const watch = setInterval(async () => {
      opened ||= await isListening(port)
    }, 5)
    const { code, output } = await outcomeOf(helper)
    clearInterval(watch)
    expect(code).toBe(1)
    expect(output).toContain(`Latchkey does not accept --${name}.`)
    expect(output).not.toContain('listening')
    expect(opened).toBe(false)
  })

  test.each([
    '--ignore-certificate-errors',
    '--host-resolver-rules=MAP * 127.0.0.1',
    '--no-sandbox',
    '--user-data-dir=/tmp/elsewhere',
    '--config=/tmp/latchkey.json',
    '/tmp/another-app',
  ])('%s', async (argument) => {
    const { code, output } = await outcomeOf(start({ args: [argument] }))
    expect(code).toBe(1)
    expect(output).toContain('Latchkey does not accept ')
  })

  test('ELECTRON_RUN_AS_NODE', async () => {
    const env = { ELECTRON_RUN_AS_NODE: '1' }
    const { output } = await outcomeOf(start({ env, args: ['-p', '"ran as " + "node"'] }))
    expect(output).toContain('Latchkey does not accept -p.')
    expect(output).not.toContain('ran as node')
  })

  test('NODE_OPTIONS', async () => {
    const script = join(home, 'script.cjs')
    const mark = join(home, 'mark')
    writeFileSync(script, `require('node:fs').writeFileSync(${JSON.stringify(mark)}, '')`)
    const env = { NODE_OPTIONS: `--require=${script}` }
    const { output } = await outcomeOf(start({ env }), started)
    expect(output).toMatch(started)
    expect(existsSync(mark)).toBe(false)
    // An Electron that looks at it says which options it does not support in packaged apps.
    expect(output).not.toContain('NODE_OPTION')
  })

  test('SIGUSR1, which makes a Node.js process open its debugger', async () => {
    const helper = start({})
    const ended = outcomeOf(helper)
    await untilWindow(/This computer is not set up/)
    helper.kill('SIGUSR1')
    await pause(700)
    expect(await isListening(9229)).toBe(false)
    helper.kill('SIGTERM')
    const { code, output } = await ended
    expect(output).not.toContain('Debugger listening')
    expect(code).toBe(0)
  })
})

test('it does not run as root, whatever it is told', async () => {
  for (const args of [[], ['--no-sandbox']]) {
    const { code, output } = await outcomeOf(start({ args, asRoot: true }))
    expect(code).not.toBe(0)
    expect(output).toMatch(/root/i)
    expect(output).not.toMatch(started)
  }
})

test('an ordinary user sees the first screen, in Chromium’s own sandbox', async () => {
  const helper = start({})
  const ended = outcomeOf(helper)
  expect(await untilWindow(/This computer is not set up/)).toContain('("latchkey" "Latchkey")')
  helper.kill('SIGTERM')
  const { code, output } = await ended
  expect(code).toBe(0)
  expect(output).toMatch(started)
  expect(output).not.toMatch(/No usable sandbox|without sandbox/i)
})

test('an app folder in the place of the archive is not loaded', async () => {
  const archive = join(resources, 'app.asar')
  const folderInstead = join(resources, 'app')
  mkdirSync(folderInstead)
  writeFileSync(join(folderInstead, 'package.json'), '{ "main": "main.js" }')
  writeFileSync(join(folderInstead, 'main.js'), 'console.log("another app"); process.exit(0)')
  renameSync(archive, `${archive}.away`)
  try {
    const { code, output } = await outcomeOf(start({}), /another app/)
    expect(output).not.toContain('another app')
    expect(code).not.toBe(0)
  } finally {
    renameSync(`${archive}.away`, archive)
    rmSync(folderInstead, { recursive: true })
  }
})

test('the fuses are set', async () => {
  const wrong = await findWrongFuses(executable, {
    ...{ runAsNode: false, enableNodeOptionsEnvironmentVariable: false },
    ...{ enableNodeCliInspectArguments: false, enableCookieEncryption: true },
    ...{ enableEmbeddedAsarIntegrityValidation: true, onlyLoadAppFromAsar: true },
    ...{ grantFileProtocolExtraPrivileges: false },
  })
  expect(wrong).toEqual([])
  // It also notices: a stock Electron has most of them the other way round.
  const { path } = await ensureElectron()
  expect(await findWrongFuses(path, { runAsNode: false })).toEqual(['runAsNode'])
})

describe('inside the archive', () => {
  const extracted = join(folder.path, 'extracted')
  let files: string[] = []

  beforeAll(async () => {
    const asar = join(root, 'node_modules/.bin/asar')
    await run(asar, ['extract', join(resources, 'app.asar'), extracted], { timeout: 20_000 })
    files = readdirSync(extracted, { recursive: true, encoding: 'utf8' })
      .filter((file) => statSync(join(extracted, file)).isFile())
      .sort()
  })

  test('are the built helper and its manifest, no source map, and nothing else', () => {
    expect(files).toContain('out/main/main.js')
    expect(files).toContain('out/preload/preload.cjs')
    expect(files).toContain('out/renderer/index.html')
    const expected =
      /^(package\.json|out\/main\/[\w-]+\.js|out\/preload\/preload\.cjs|out\/renderer\/(index\.html|assets\/[\w.-]+\.(js|css)))$/
    expect(files.filter((file) => !expected.test(file))).toEqual([])
    const { scripts, devDependencies } = JSON.parse(text('package.json'))
    expect({ scripts, devDependencies }).toEqual({})
  })

  test('is nothing of the backend, its libraries or the tests, under whatever name', () => {
    const bundled = files.map(text).join('\n')
    // Proof that the words would be found: those of the helper are.
    expect(bundled).toContain('latchkey-page')
    expect(bundled).toContain('unicodePwd')
    const foreign = [
      ...['fastify', 'kysely', 'nodemailer', 'otplib', 'postgres', 'node:sqlite', 'argon2'],
      ...['LATCHKEY_', 'latchkey-server', 'pwdLastSet:=', 'CREATE TABLE', 'insert into'],
      ...['vitest', 'playwright-core', 'sourceMappingURL', root],
    ]
    expect(foreign.filter((word) => bundled.includes(word))).toEqual([])
  })

  test('is no stock app of Electron beside it', () => {
    expect(existsSync(join(resources, 'default_app.asar'))).toBe(false)
    expect(existsSync(join(resources, 'default_app'))).toBe(false)
  })

  const text = (file: string) => readFileSync(join(extracted, file), 'utf8')
})
