import type { ProgressStep } from '../../contract/journey-bridge.ts'
import { createBackendSession } from '../backend/backend-session.ts'
import { createLeakedLookup } from '../backend/leaked-lookup.ts'
import { createListen } from '../backend/listen.ts'
import { startRecovery } from '../backend/recovery-client.ts'
import { createServerClock } from '../backend/server-clock.ts'
import { createTransport, type Fetch } from '../backend/transport.ts'
import type { Configuration } from '../config/configuration.ts'
import type { Log } from '../log.ts'
import { createRecoveryController, type RecoveryController } from './controller.ts'

/**
 * Puts the recovery controller together with the real backend and the real directory. Loaded with the
 * first verb, after the first screen is up.
 */
export function openRecovery(
  configuration: Configuration,
  log: Log,
  onProgress: (step: ProgressStep) => void,
): RecoveryController {
  const backendSession = createBackendSession(configuration.pinnedCaPem)
  const fetch: Fetch = (url, init) => backendSession.fetch(url, init)
  const clock = createServerClock(Date.now)
  const transport = createTransport(fetch)
  const listen = createListen(fetch)
  const backend = { origin: configuration.backendOrigin, transport, listen, clock }
  return createRecoveryController({
    start: (request) => startRecovery(backend, request),
    leaked: createLeakedLookup(configuration.backendOrigin, transport),
    directory: () => import('../../directory/index.ts'),
    fallbackCaPem: configuration.pinnedCaPem,
    now: clock.now,
    wait: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
    onProgress,
    log,
  })
}
