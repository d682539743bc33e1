// Plain JavaScript without dependencies: runs on any Node >= 18.
import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { npmCommand } from './dependencies.mjs'
import { run } from './run.mjs'

/** Where the package "node" below `folder` keeps its program. */
export function nodeBelow(folder) {
  const file = process.platform === 'win32' ? 'node.exe' : 'node'
  return join(folder, 'node_modules', 'node', 'bin', file)
}

/**
 * The version of a Node program, such as "24.21.0"; `undefined` when it does not run.
 *
 * @param {string} node
 */
export function versionOf(node) {
  const { status, stdout } = spawnSync(node, ['--version'], { encoding: 'utf8' })
  return status === 0 ? stdout.trim().replace(/^v/, '') : undefined
}

/**
 * Fetches a Node by npm into the user's cache folder, once.
 *
 * npm leaves out optional packages whose "engines" the Node that runs npm does not meet, native
 * bindings among them, and says nothing. So an older Node must not run the installation.
 *
 * @param {string} version of the package "node"
 * @returns {Promise<string | undefined>} the program; `undefined` when it could not be had
 */
export async function fetchNode(version) {
  const cache = join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'latchkey')
  const folder = join(cache, `node-${version}`)
  if (versionOf(nodeBelow(folder))) return nodeBelow(folder)
  mkdirSync(cache, { recursive: true })
  const partial = mkdtempSync(`${folder}.partial-`)
  try {
    const manifest = {
      private: true,
      dependencies: { node: version },
      allowScripts: { node: true },
    }
    writeFileSync(join(partial, 'package.json'), JSON.stringify(manifest))
    const npm = npmCommand(process.env, process.execPath, process.platform)
    const options = ['install', '--prefix', partial, '--no-audit', '--no-fund', '--loglevel=error']
    // npm's own chatter goes to stderr: stdout belongs to the script that is run in the end.
    const code = await run(npm.command, [...npm.leading, ...options], {
      cwd: partial,
      shell: npm.shell,
      stdio: ['ignore', 2, 2],
    })
    if (code > 128) process.exit(code)
    if (!versionOf(nodeBelow(partial))) return undefined
    rmSync(folder, { recursive: true, force: true })
    renameSync(partial, folder)
    return nodeBelow(folder)
  } catch {
    // Somebody else was faster, or the cache folder cannot be written.
    return versionOf(nodeBelow(folder)) ? nodeBelow(folder) : undefined
  } finally {
    rmSync(partial, { recursive: true, force: true })
  }
}
