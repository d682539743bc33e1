import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { chmodSync, chownSync, existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { FuseState, FuseV1Options, getCurrentFuseWire } from '@electron/fuses'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { freePort } from '../../scripts/lab/free-port.ts'
import { temporaryFolder } from '../../scripts/lab/temporary-folder.ts'
import { ensureElectron } from '../../scripts/setup/electron-runtime.ts'
import { testDisplay } from '../helpers/lab.ts'

const run = promisify(execFile)
const root = resolve(import.meta.dirname, '../..')
const folder = temporaryFolder('packaged')
const resources = join(folder.path, 'linux-unpacked', 'resources')
const executable = join(folder.path, 'linux-unpacked', 'latchkey')
const home = join(folder.path, 'home')
const nobody = 65_534
const isRoot = process.getuid?.() === 0

beforeAll(async () => {
  const runtime = await ensureElectron()
  const settings = [
    `-c.electronDist=${runtime.distFolder}`,
    `-c.electronVersion=${runtime.version}`,
    `-c.directories.output=${folder.path}`,
  ]
  const builder = join(root, 'node_modules/.bin/electron-builder')
  const target = ['--linux', 'dir', '--x64', '--config', 'electron-builder.config.ts']
  await run(builder, [...target, ...settings], { cwd: root, timeout: 100_000 })
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
  })

  test('SIGUSR1, which makes a Node.js process open its debugger', async () => {
    const helper = start({})
    const ended = outcomeOf(helper, /Debugger listening/)
    await new Promise((resolve) => helper.stderr?.once('data', resolve))
    helper.kill('SIGUSR1')
    await new Promise((resolve) => setTimeout(resolve, 700))
    expect(await isListening(9229)).toBe(false)
    helper.kill('SIGTERM')
    expect((await ended).output).not.toContain('Debugger listening')
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

test('an ordinary user gets its window, in Chromium’s own sandbox', async () => {
  const { output } = await outcomeOf(start({}), started)
  expect(output).toMatch(started)
  expect(output).not.toMatch(/No usable sandbox|without sandbox/i)
})

test('the fuses are set', async () => {
  const wire = await getCurrentFuseWire(executable)
  const isOn = (fuse: FuseV1Options) => wire[fuse] === FuseState.ENABLE
  expect(isOn(FuseV1Options.RunAsNode)).toBe(false)
  expect(isOn(FuseV1Options.EnableNodeOptionsEnvironmentVariable)).toBe(false)
  expect(isOn(FuseV1Options.EnableNodeCliInspectArguments)).toBe(false)
  expect(isOn(FuseV1Options.EnableCookieEncryption)).toBe(true)
  expect(isOn(FuseV1Options.EnableEmbeddedAsarIntegrityValidation)).toBe(true)
  expect(isOn(FuseV1Options.OnlyLoadAppFromAsar)).toBe(true)
  expect(isOn(FuseV1Options.GrantFileProtocolExtraPrivileges)).toBe(false)
})

test('nothing of the backend, the portal or a stock Electron is inside', async () => {
  const asar = join(root, 'node_modules/.bin/asar')
  const { stdout } = await run(asar, ['list', join(resources, 'app.asar')], { timeout: 20_000 })
  const files = stdout.trim().split('\n')
  expect(files).toContain('/out/main/main.js')
  expect(files).toContain('/out/preload/preload.cjs')
  expect(files).toContain('/out/renderer/index.html')
  const expected = /^\/(package\.json|out(\/(main|preload|renderer)(\/.*)?)?)$/
  expect(files.filter((file) => !expected.test(file))).toEqual([])
  expect(existsSync(join(resources, 'default_app.asar'))).toBe(false)
})
