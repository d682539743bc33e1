import { mkdirSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'

/**
 * The folder for large things that outlive a clone, such as the Electron runtime.
 * Follows the XDG Base Directory Specification; the folder exists afterwards.
 */
export function cacheFolder(environment: NodeJS.ProcessEnv = process.env): string {
  const base = environment.XDG_CACHE_HOME || join(environment.HOME || homedir(), '.cache')
  const folder = join(base, 'latchkey')
  mkdirSync(folder, { recursive: true })
  return folder
}
