import { err, type Result } from '../../contract/result.ts'
import { type Configuration, type ConfigurationError, parseConfiguration } from './configuration.ts'
import { readManagedFile } from './managed-file.ts'

const linuxFile = '/etc/latchkey/latchkey.json'

/**
 * Reads what IT has set for this machine, strongest source first. Linux has one source so far.
 *
 * @param options.file - a file named on the command line; only for builds that are not packaged
 */
export function readConfiguration(options: {
  platform: NodeJS.Platform
  isPackaged: boolean
  file: string
}): Result<Configuration, ConfigurationError> {
  if (!options.isPackaged && options.file !== '') return readFrom(options.file, false)
  if (options.platform === 'linux') return readFrom(linuxFile, options.isPackaged)
  const problem = `there is no managed configuration for ${options.platform} yet`
  return err({ code: 'missing', problems: [problem] })
}

function readFrom(path: string, onlyRoot: boolean): Result<Configuration, ConfigurationError> {
  const read = (file: string) => readManagedFile(file, { onlyRoot })
  const text = read(path)
  return text.ok ? parseConfiguration(text.value, path, read) : text
}
