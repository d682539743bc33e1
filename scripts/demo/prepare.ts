import { buildSteps } from '../build-steps.ts'
import { runSteps } from '../checks/run-steps.ts'
import { prepare as prepareParts } from '../setup/prepare.ts'
import type { DemoOptions } from './arguments.ts'

/**
 * Brings packages, Electron and the built app onto this machine.
 *
 * @throws with a sentence that says what is missing and what to do instead
 */
export async function prepare({ display, domainFile }: DemoOptions): Promise<void> {
  if (!domainFile) mustRunDomainController()
  await prepareParts([
    ...(domainFile ? [] : (['directory'] as const)),
    'electron',
    ...(display ? [] : (['display'] as const)),
  ])
  const failed = await runSteps(buildSteps())
  if (failed > 0) throw new Error('The app could not be built; the lines above say why.')
}

function mustRunDomainController(): void {
  if (process.platform === 'linux' && process.getuid?.() === 0) return
  const why =
    process.platform === 'linux'
      ? 'A domain controller needs root (ports below 1024).'
      : 'A domain controller (Samba) runs only on Linux.'
  throw new Error(`${why} Either
  - run the demo in a container:  docker compose -f build/demo/compose.yaml up
  - or use a test domain of yours: npm run demo -- --domain domain.json   (npm run demo -- --help)`)
}
