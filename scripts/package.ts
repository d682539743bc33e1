// npm run package: the helper as IT would install it, into dist/. Without arguments as a plain folder
// for this machine; arguments go to electron-builder: "npm run package -- --linux deb".
import { existsSync } from 'node:fs'
import { relative, resolve } from 'node:path'
import configuration from '../electron-builder.config.ts'
import { buildSteps } from './build-steps.ts'
import { runSteps } from './checks/run-steps.ts'
import { packageHelper, unpackedExecutable } from './packaging/package-helper.ts'
import { findWrongFuses } from './packaging/read-fuses.ts'
import { ensureElectron } from './setup/electron-runtime.ts'
import { prepare } from './setup/prepare.ts'

const output = resolve(import.meta.dirname, '../dist')
const own = { linux: '--linux', win32: '--win', darwin: '--mac' } as Record<string, string>

await main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
})

async function main(): Promise<void> {
  const given = process.argv.slice(2)
  const args = given.length > 0 ? given : [own[process.platform] ?? '--linux', 'dir']
  await prepare(['electron'])
  if ((await runSteps(buildSteps())) > 0) throw new Error('The app could not be built.')
  const runtime = await ensureElectron()
  await packageHelper({ args, runtime, output })
  const executable = unpackedExecutable(output)
  if (existsSync(executable)) await checkFuses(executable)
  console.log(`ok      packaged into ${relative(process.cwd(), output)}/`)
  if (runtime.source === 'official') return
  console.log('To try out only: this is not the Electron that package.json asks for. Package what')
  console.log('you ship where the official download is in reach.')
}

async function checkFuses(executable: string): Promise<void> {
  const wanted = configuration.electronFuses ?? {}
  const wrong = await findWrongFuses(executable, { ...wanted })
  if (wrong.length > 0) throw new Error(`These fuses are not as configured: ${wrong.join(', ')}.`)
  console.log(`ok      fuses of ${relative(process.cwd(), executable)}: as configured`)
}
