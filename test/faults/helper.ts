import { request as httpsRequest } from 'node:https'
import { setTimeout as pause } from 'node:timers/promises'
import type { JourneyError, JourneyResult, Outcome } from '../../src/contract/journey-bridge.ts'
import * as directory from '../../src/directory/index.ts'
import { createLeakedLookup } from '../../src/main/backend/leaked-lookup.ts'
import { createListen } from '../../src/main/backend/listen.ts'
import { startRecovery } from '../../src/main/backend/recovery-client.ts'
import { createServerClock } from '../../src/main/backend/server-clock.ts'
import { createTransport, type Fetch } from '../../src/main/backend/transport.ts'
import {
  createRecoveryController,
  type RecoveryController,
} from '../../src/main/recovery/controller.ts'

/** Where a helper finds its parts; plain data, so that it can be handed to another process. */
export interface HelperOptions {
  /** As the backend is configured; every proof of possession names it. */
  origin: string
  /** Where it listens, or the one who watches the wire. */
  httpsPort: number
  /** Ports at which domain controllers are dialled in place of the ones that the plan names. */
  detours: Record<string, number>
  caPem: string
  /** What the workstation's clock is ahead by, in milliseconds. */
  clockOffset: number
}

/** The helper's own recovery controller, over Node's HTTPS in place of Chromium's. */
export function createHelper(options: HelperOptions): RecoveryController {
  const { origin, caPem, clockOffset, detours } = options
  const clock = createServerClock(() => Date.now() + clockOffset)
  const fetch = fetchOver(options)
  const [transport, listen] = [createTransport(fetch), createListen(fetch)]
  const backend = { origin, transport, listen, clock }
  const detour = (controller: directory.DomainController) => ({
    ...controller,
    port: detours[controller.host] ?? controller.port,
  })
  return createRecoveryController({
    start: (request) => startRecovery(backend, request),
    leaked: createLeakedLookup(origin, backend.transport),
    directory: async () => ({
      ...directory,
      probeController: (controller, rest) => directory.probeController(detour(controller), rest),
      openDirectory: (rest) =>
        directory.openDirectory({ ...rest, controller: detour(rest.controller) }),
    }),
    fallbackCaPem: caPem,
    now: clock.now,
    // Nobody waits in front of this one.
    wait: (milliseconds) => pause(milliseconds / 20),
    onProgress: () => {},
    log: () => {},
  })
}

function fetchOver({ httpsPort, caPem }: HelperOptions): Fetch {
  return (url, init) =>
    new Promise((resolve, refuse) => {
      const { host, hostname, pathname } = new URL(url)
      const headers = { ...(init.headers as Record<string, string>), host }
      const target = { host: '127.0.0.1', port: httpsPort, servername: hostname, path: pathname }
      const method = init.method ?? 'GET'
      const request = httpsRequest({ ...target, method, headers, ca: caPem }, (response) => {
        const chunks: Buffer[] = []
        response.on('data', (chunk: Buffer) => chunks.push(chunk))
        response.on('error', refuse)
        response.on('end', () => {
          const status = response.statusCode ?? 0
          const body = status === 204 ? null : Buffer.concat(chunks)
          const { date = '', 'content-type': type = '' } = response.headers
          resolve(new Response(body, { status, headers: { date, 'content-type': type } }))
        })
      })
      request.on('error', refuse)
      request.end(init.body)
    })
}

/** Starts a recovery and proves it by the authenticator app. @throws when the backend refuses */
export async function proveTo(
  helper: RecoveryController,
  account: string,
  code: string,
): Promise<void> {
  const started = await helper.start({ account, purpose: 'reset' })
  if (!started.ok) throw new Error(`not started: ${started.error.code}`)
  const app = started.value.methods.find(({ kind }) => kind === 'totp')
  const proven = await helper.verify(app?.methodId ?? '', { kind: 'totp', code })
  if (!proven.ok) throw new Error(`not proven: ${proven.error.code}`)
}

/** From the plan to the end, as the helper does it once a password was chosen. */
export async function write(
  helper: RecoveryController,
  password: string,
): Promise<JourneyResult<Outcome>> {
  const prepared = await helper.prepare()
  return prepared.ok ? helper.setPassword(password) : prepared
}

/** Writes, and tries again as a person would when told that something is still going on. */
export async function writePatiently(
  helper: RecoveryController,
  password: string,
): Promise<Outcome> {
  const soon: readonly JourneyError['code'][] = ['write_in_progress', 'wrong_state']
  for (let attempt = 0; ; attempt += 1) {
    const written = await write(helper, password)
    if (written.ok) return written.value
    const { code } = written.error
    if (attempt > 20 || !soon.includes(code)) throw new Error(`not written: ${code}`)
    await pause(200)
  }
}
