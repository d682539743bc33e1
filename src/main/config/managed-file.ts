import { closeSync, constants, fstatSync, openSync, readFileSync, type Stats } from 'node:fs'
import { err, ok, type Result } from '../../contract/result.ts'
import type { ConfigurationError } from './configuration.ts'

const maxBytes = 256 * 1024

/**
 * Reads a file that only the administrator may have written.
 *
 * @param options.onlyRoot - refuse a file that anybody but root could have changed
 */
export function readManagedFile(
  path: string,
  options: { onlyRoot: boolean },
): Result<string, ConfigurationError> {
  let file: number
  try {
    file = openSync(path, constants.O_RDONLY)
  } catch (error) {
    const missing = (error as NodeJS.ErrnoException).code === 'ENOENT'
    const problem = missing ? `${path} does not exist` : `${path} cannot be read`
    return err({ code: missing ? 'missing' : 'unreadable', problems: [problem] })
  }
  try {
    const problem = findProblem(path, fstatSync(file), options.onlyRoot)
    if (problem !== null) return err({ code: 'unreadable', problems: [problem] })
    return ok(readFileSync(file, 'utf8'))
  } catch {
    return err({ code: 'unreadable', problems: [`${path} cannot be read`] })
  } finally {
    closeSync(file)
  }
}

function findProblem(path: string, stats: Stats, onlyRoot: boolean): string | null {
  if (!stats.isFile()) return `${path} is not a file`
  if (stats.size > maxBytes) return `${path} is larger than ${maxBytes / 1024} KB`
  // SECURITY: the person at the keyboard must not be able to point the helper at another server.
  if (onlyRoot && stats.uid !== 0) return `${path} does not belong to root`
  if (onlyRoot && (stats.mode & 0o022) !== 0) return `${path} can be changed by others than root`
  return null
}
