// Plain JavaScript without dependencies: this runs on any Node >= 18, before anything is installed.

/**
 * Says why the installed packages do not match the lock file, or `undefined` when they do.
 *
 * Contents are compared, not times: switching branches touches files without changing them.
 * Optional packages may be absent (npm skips those of other platforms), but not of another version.
 *
 * @param {LockFile} wanted package-lock.json
 * @param {LockFile | undefined} installed node_modules/.package-lock.json, which npm writes last
 * @returns {string | undefined}
 */
export function staleReason(wanted, installed) {
  if (!installed) return 'packages are not installed yet'
  const have = installed.packages ?? {}
  for (const [path, entry] of Object.entries(wanted.packages ?? {})) {
    if (path === '' || entry.link) continue
    const found = have[path]
    if (!found) {
      if (entry.optional || entry.devOptional || entry.peer) continue
      return `${nameOf(path)} is not installed`
    }
    if (found.version !== entry.version || found.integrity !== entry.integrity) {
      return `${nameOf(path)} is ${found.version}, the lock file says ${entry.version}`
    }
  }
  return undefined
}

/** @param {string} path */
function nameOf(path) {
  return path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length)
}

/**
 * The npm command to run: the very npm that started us where there is one, else the one on PATH.
 *
 * @param {Record<string, string | undefined>} environment
 * @param {string} nodePath
 * @param {string} platform
 * @returns {{ command: string, leading: string[], shell: boolean }}
 */
export function npmCommand(environment, nodePath, platform) {
  const started = environment.npm_execpath
  if (started && /[\\/]npm-cli\.[cm]?js$/.test(started)) {
    return { command: nodePath, leading: [started], shell: false }
  }
  if (platform === 'win32') return { command: 'npm.cmd', leading: [], shell: true }
  return { command: 'npm', leading: [], shell: false }
}

/**
 * Splits the command line into the script to run and what is passed to it.
 *
 * @param {string[]} args
 * @returns {{ script: string, rest: string[] } | undefined}
 */
export function parseArguments(args) {
  const [script, ...rest] = args
  return script && !script.startsWith('-') ? { script, rest } : undefined
}

/** @typedef {{ version?: string, integrity?: string, link?: boolean, optional?: boolean, devOptional?: boolean, peer?: boolean }} LockEntry */
/** @typedef {{ packages?: Record<string, LockEntry> }} LockFile */
