import { join, resolve } from 'node:path'
import type { ElectronRuntime } from '../setup/electron-runtime.ts'
import { runCommand } from '../setup/run-command.ts'

const ROOT = resolve(import.meta.dirname, '../..')
const TIMEOUT_MS = 15 * 60_000

const platforms: Readonly<Record<string, NodeJS.Platform>> = {
  '--linux': 'linux',
  '--win': 'win32',
  '--mac': 'darwin',
}

export interface Packaging {
  /** For electron-builder: the platform first, then its targets, such as `--linux dir`. */
  args: readonly string[]
  /** The Electron of this machine; other platforms' are fetched by electron-builder itself. */
  runtime: ElectronRuntime
  /** Where the packages end up. */
  output: string
}

/**
 * Packages what `npm run build` has left in `out`.
 *
 * @throws with what electron-builder said when it failed
 */
export async function packageHelper({ args, runtime, output }: Packaging): Promise<void> {
  const settings = [`-c.directories.output=${output}`]
  if (args.every((arg) => (platforms[arg] ?? process.platform) === process.platform)) {
    settings.push(`-c.electronDist=${runtime.distFolder}`)
    settings.push(`-c.electronVersion=${runtime.version}`)
  }
  const builder = join(ROOT, 'node_modules/.bin/electron-builder')
  const options = ['--config', 'electron-builder.config.ts', '--publish', 'never']
  const result = await runCommand(builder, [...args, ...options, ...settings], {
    cwd: ROOT,
    timeoutMs: TIMEOUT_MS,
  })
  if (result.code !== 0) {
    throw new Error(`electron-builder failed:\n${`${result.stdout}\n${result.stderr}`.trim()}`)
  }
}

/** The executable of an unpacked package for this machine's platform, below `output`. */
export function unpackedExecutable(output: string): string {
  const folders: Partial<Record<NodeJS.Platform, string>> = {
    linux: process.arch === 'arm64' ? 'linux-arm64-unpacked/latchkey' : 'linux-unpacked/latchkey',
    win32:
      process.arch === 'arm64' ? 'win-arm64-unpacked/Latchkey.exe' : 'win-unpacked/Latchkey.exe',
    darwin: `mac${process.arch === 'arm64' ? '-arm64' : ''}/Latchkey.app`,
  }
  return join(output, folders[process.platform] ?? '')
}
