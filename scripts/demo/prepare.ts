import { tmpdir } from 'node:os'
import { buildSteps } from '../build-steps.ts'
import { runSteps } from '../checks/run-steps.ts'
import { prepare as prepareParts } from '../setup/prepare.ts'
import type { DemoOptions } from './arguments.ts'
import { freeForTemporaryFiles, noSpace } from './faults.ts'

const NEEDED_BYTES = 300 * 1024 * 1024

/**
 * Brings packages, Electron and the built app onto this machine.
 *
 * @throws with a sentence that says what is missing and what to do instead
 */
export async function prepare({ hasDisplay, directoryFile }: DemoOptions): Promise<void> {
  const { platform } = process
  const refusal = directoryFile ? null : whyNoDomainController(platform, process.getuid?.())
  if (refusal) throw new Error(refusal)
  if (freeForTemporaryFiles() < NEEDED_BYTES) {
    throw new Error(`${noSpace}\n\n${tmpdir()} is full.`)
  }
  const isLinux = platform === 'linux'
  await prepareParts([
    ...(directoryFile ? [] : (['directory'] as const)),
    'electron',
    ...(isLinux ? (['certificates'] as const) : []),
    ...(isLinux && !hasDisplay ? (['display'] as const) : []),
  ])
  const failed = await runSteps(buildSteps())
  if (failed > 0) throw new Error('The app could not be built; the lines above say why.')
}

/**
 * Says why no domain controller can run here, and what to do instead.
 *
 * @param uid - undefined where there are no user ids
 * @returns null when one can
 */
export function whyNoDomainController(platform: NodeJS.Platform, uid?: number): string | null {
  if (platform === 'linux' && uid === 0) return null
  const isLinux = platform === 'linux'
  const why = isLinux
    ? 'The demo starts a domain controller, which needs root (ports below 1024).'
    : 'The demo starts a domain controller (Samba), which runs only on Linux.'
  const ways = [
    ...(isLinux ? ['start it as root:         sudo npm run demo'] : []),
    'run it in a container:    docker compose -f build/demo/compose.yaml up --build',
    ...(platform === 'win32'
      ? []
      : [
          'use a test domain of yours: npm run demo -- --directory domain.json\n    (what the file says: npm run demo -- --help)',
        ]),
  ]
  return `${why} Either\n${ways.map((way) => `  - ${way}`).join('\n')}`
}
