import { existsSync } from 'node:fs'
import { err, ok, type Result } from '../../src/contract/result.ts'
import { type CommandResult, runCommand } from './run-command.ts'
import { withoutServices } from './without-services.ts'

/** A package; or several names of it, as newer releases renamed some. */
type Requirement = string | readonly [string, ...string[]]

export type DebianPart =
  | 'directory'
  | 'postgres'
  | 'electron'
  | 'display'
  | 'browser'
  | 'certificates'

/** What each part needs from Debian. */
const requirements: Record<DebianPart, readonly Requirement[]> = {
  directory: [
    ...['samba', 'samba-ad-dc', 'samba-ad-provision', 'samba-dsdb-modules', 'python3-samba'],
    ...['ldb-tools', 'openssl'],
  ],
  postgres: ['postgresql'],
  /** The libraries that Electron links or opens. */
  electron: [
    ...['libnss3', 'libgbm1', 'libsecret-1-0', 'dbus', 'fonts-dejavu-core'],
    ['libgtk-3-0', 'libgtk-3-0t64'],
    ['libasound2', 'libasound2t64'],
    ['libatk-bridge2.0-0', 'libatk-bridge2.0-0t64'],
    ['libcups2', 'libcups2t64'],
    // certutil: the tests make a machine trust an authority.
    'libnss3-tools',
  ],
  certificates: ['openssl'],
  // xwininfo: the tests look at the titles of windows.
  display: ['xvfb', 'xauth', 'x11-utils'],
  browser: ['chromium'],
}

export interface PackageError {
  code: 'notDebian' | 'notRoot' | 'installationFailed'
  /** For people: what is missing and the way out. */
  sentence: string
}

const INSTALL_TIMEOUT_MS = 900_000
const APT = ['-y', '--no-install-recommends', '-o', 'DPkg::Lock::Timeout=300']

/**
 * Sees to it that the Debian packages of some parts are there; installs what is missing as root.
 *
 * @returns the packages that were installed now
 */
export async function ensureDebianPackages(
  parts: readonly DebianPart[],
): Promise<Result<string[], PackageError>> {
  if (parts.length === 0) return ok([])
  if (!existsSync('/usr/bin/dpkg-query')) {
    const names = parts.flatMap((part) => requirements[part]).map(firstName)
    return err({
      code: 'notDebian',
      sentence: `This is not Debian; the programs of these packages are needed: ${names.join(' ')}.`,
    })
  }
  const missing = missingOf(parts, await installedPackages())
  if (missing.length === 0) return ok([])
  if (process.getuid?.() !== 0) {
    const names = missing.map(firstName).join(' ')
    return err({
      code: 'notRoot',
      sentence: `Debian packages are missing. Run: sudo apt-get install --no-install-recommends ${names}`,
    })
  }
  return install(missing)
}

/** The requirements of `parts` that no installed package meets. */
export function missingOf(
  parts: readonly DebianPart[],
  installed: ReadonlySet<string>,
): Requirement[] {
  const needed = new Set<Requirement>(parts.flatMap((part) => requirements[part]))
  return [...needed].filter((need) => !namesOf(need).some((name) => installed.has(name)))
}

async function install(missing: Requirement[]): Promise<Result<string[], PackageError>> {
  let names = await availableNames(missing)
  if (!names) {
    await aptGet(['update'])
    names = (await availableNames(missing)) ?? missing.map(firstName)
  }
  console.error(`Installing Debian packages: ${names.join(' ')} …`)
  const wanted = names
  const result = await withoutServices(async () => {
    const first = await aptGet(['install', ...APT, ...wanted])
    if (first.code === 0) return first
    // The lists may be older than the archive.
    await aptGet(['update'])
    return aptGet(['install', ...APT, ...wanted])
  })
  if (result.code === 0) return ok(names)
  const reason = result.stderr.trim().split('\n').at(-1)
  return err({
    code: 'installationFailed',
    sentence: `apt-get could not install ${names.join(' ')}: ${reason}`,
  })
}

/** Which name of each requirement this release has; `undefined` when one is not known at all. */
async function availableNames(missing: Requirement[]): Promise<string[] | undefined> {
  const names = await Promise.all(
    missing.map(async (need) => {
      for (const name of namesOf(need)) {
        const shown = await runCommand('apt-cache', ['show', '--no-all-versions', name])
        if (shown.code === 0 && shown.stdout.includes(`Package: ${name}\n`)) return name
      }
      return undefined
    }),
  )
  return names.every((name) => name !== undefined) ? names : undefined
}

async function installedPackages(): Promise<Set<string>> {
  // biome-ignore lint/suspicious/noTemplateCurlyInString: these are dpkg-query's own placeholders
  const format = '${binary:Package} ${db:Status-Status}\n'
  const result = await runCommand('dpkg-query', ['-W', '-f', format])
  const lines = result.stdout.split('\n').filter((line) => line.endsWith(' installed'))
  // "libgtk-3-0:amd64" is how multi-arch packages are listed.
  return new Set(lines.map((line) => line.slice(0, line.search(/[: ]/))))
}

function aptGet(args: string[]): Promise<CommandResult> {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  return runCommand('apt-get', args, { env, timeoutMs: INSTALL_TIMEOUT_MS })
}

function namesOf(need: Requirement): readonly string[] {
  return typeof need === 'string' ? [need] : need
}

function firstName(need: Requirement): string {
  return typeof need === 'string' ? need : need[0]
}
