import { existsSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { _electron, type ElectronApplication, type Page } from 'playwright'
import { ensureElectron } from '../setup/electron-runtime.ts'
import { temporaryFolder } from './temporary-folder.ts'

export interface LaunchOptions {
  /** The folder with the app's package.json. */
  appFolder: string
  /** The X display; default the one of the environment. */
  display?: string
  /** Arguments for the app. */
  args?: string[]
  /** On top of our own environment; `undefined` removes a variable. */
  env?: Record<string, string | undefined>
  /** Where the app keeps its data between two starts; default a fresh folder. */
  userDataFolder?: string
  /** Until the first window is there; default 30 s. */
  timeoutMs?: number
}

export interface LaunchedApp {
  application: ElectronApplication
  /** The first window. */
  window: Page
  /** What the app's main process printed. */
  output(): string
  /** Ends the app as a power cut would. */
  kill(): Promise<void>
  /** Ends it in good order, and by force when it does not obey. */
  stop(): Promise<void>
}

const CLOSE_TIMEOUT_MS = 5_000

/**
 * Starts an app in the Electron of `ensureElectron` under Playwright.
 *
 * @throws when the app does not show a window in time; nothing of it is left then
 */
export async function launchElectron(options: LaunchOptions): Promise<LaunchedApp> {
  const runtime = await ensureElectron()
  const folder = temporaryFolder('app')
  const userData = options.userDataFolder ?? join(folder.path, 'data')
  const timeout = options.timeoutMs ?? 30_000
  const appArguments = [options.appFolder, ...(options.args ?? [])]
  const application = await _electron
    .launch({
      executablePath: tethered(runtime.path, folder.path),
      args: [
        ...electronSwitches(),
        `--user-data-dir=${userData}`,
        ...['-r', playwrightLoader()],
        ...appArguments,
      ],
      env: environment(options),
      timeout,
    })
    .catch((error: unknown) => {
      folder.remove()
      throw error
    })
  let output = ''
  for (const stream of [application.process().stdout, application.process().stderr]) {
    stream?.setEncoding('utf8').on('data', (text: string) => {
      output += text
    })
  }
  const kill = async () => {
    await killGroup(application)
    folder.remove()
  }
  const stop = async () => {
    const closed = application.close().then(
      () => true,
      () => true,
    )
    if (!(await within(closed, CLOSE_TIMEOUT_MS))) await killGroup(application)
    folder.remove()
  }
  try {
    const window = await application.firstWindow({ timeout })
    return { application, window, output: () => output, kill, stop }
  } catch (error) {
    await kill()
    throw new Error(`The app showed no window. It said:\n${output.slice(-4_000)}`, { cause: error })
  }
}

/**
 * A starter in `folder` for an executable that ends with us, even when we are killed outright.
 * A file, because Playwright puts switches of its own before all others.
 */
function tethered(executable: string, folder: string): string {
  if (!existsSync('/usr/bin/setpriv')) return executable
  const starter = join(folder, 'electron')
  const script = `#!/bin/sh\nexec /usr/bin/setpriv --pdeathsig KILL -- '${executable.replaceAll("'", "'\\''")}' "$@"\n`
  writeFileSync(starter, script, { mode: 0o755 })
  return starter
}

/**
 * Holds Electron's `ready` back until Playwright is connected. Playwright adds it by itself only when
 * it chooses the executable; without it, a window that appears while Playwright attaches makes the
 * launch hang once in a while.
 */
function playwrightLoader(): string {
  const manifest = createRequire(import.meta.url).resolve('playwright-core/package.json')
  return join(dirname(manifest), 'lib/server/electron/loader.js')
}

/** Chromium's own sandbox does not start as root. */
export function electronSwitches(): string[] {
  return process.getuid?.() === 0 ? ['--no-sandbox'] : []
}

function environment({ display, env }: LaunchOptions): Record<string, string> {
  const merged = { ...process.env, ...(display ? { DISPLAY: display } : {}), ...env }
  return Object.fromEntries(
    Object.entries(merged).filter((entry): entry is [string, string] => entry[1] !== undefined),
  )
}

async function killGroup(application: ElectronApplication): Promise<void> {
  const child = application.process()
  if (child.exitCode !== null || child.signalCode !== null || !child.pid) return
  const gone = new Promise((settle) => child.once('exit', settle))
  try {
    // Playwright starts it as the leader of a group, to which its helper processes belong.
    process.kill(-child.pid, 'SIGKILL')
  } catch {
    child.kill('SIGKILL')
  }
  await within(gone, CLOSE_TIMEOUT_MS)
}

function within(promise: Promise<unknown>, timeoutMs: number): Promise<boolean> {
  return new Promise((settle) => {
    const timer = setTimeout(() => settle(false), timeoutMs)
    promise.then(() => {
      clearTimeout(timer)
      settle(true)
    })
  })
}
