import { execFileSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:https'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Page } from 'playwright'
import type { Certificate } from '../../scripts/lab/certificates.ts'
import { type LaunchedApp, launchElectron } from '../../scripts/lab/electron.ts'
import { temporaryFolder } from '../../scripts/lab/temporary-folder.ts'
import type { JourneyResult } from '../../src/contract/journey-bridge.ts'
import type { LatchkeyWindow } from '../../src/preload/preload.ts'
import { testDisplay } from '../helpers/lab.ts'

const appFolder = fileURLToPath(new URL('../..', import.meta.url))

/** The page's `window`, as tests see it from inside. */
export type HelperPage = Window & LatchkeyWindow

/** Starts the built helper with a configuration of the test's own. */
export async function startHelper(
  configuration: object | string,
  options: { home?: string } = {},
): Promise<LaunchedApp & { folder: string }> {
  const folder = temporaryFolder('helper')
  const home = options.home ?? join(folder.path, 'home')
  mkdirSync(home, { recursive: true })
  const file = join(folder.path, 'latchkey.json')
  const text = typeof configuration === 'string' ? configuration : JSON.stringify(configuration)
  writeFileSync(file, text)
  const launched = await launchElectron({
    appFolder,
    display: testDisplay(),
    args: [`--config=${file}`],
    env: { HOME: home, XDG_CONFIG_HOME: undefined, LANG: 'C.UTF-8' },
  })
  const stop = async () => {
    await launched.stop()
    folder.remove()
  }
  return { ...launched, stop, folder: folder.path }
}

/** Starts a recovery from the page, as the first screen does. */
export function startRecovery(page: Page): Promise<JourneyResult<unknown>> {
  return page.evaluate(() =>
    (window as unknown as HelperPage).latchkey.start({ account: 'erika', purpose: 'reset' }),
  )
}

export interface FakeBackend {
  port: number
  /** Method and path of every request. */
  requests: string[]
  stop(): Promise<void>
}

/**
 * An HTTPS server with a certificate of the test's choice, for tests that are about what happens
 * before any backend. It knows nobody, or answers every request with what it is given.
 */
export async function serveNobody(
  certificate: Certificate,
  options: { redirectTo?: string; answer?: object } = {},
): Promise<FakeBackend> {
  const { redirectTo, answer } = options
  const requests: string[] = []
  const problem = { type: 'about:blank', title: 'x', status: 404, code: 'not_found' }
  const server: Server = createServer(
    { key: certificate.keyPem, cert: certificate.certPem },
    (request, response) => {
      requests.push(`${request.method} ${request.url}`)
      if (redirectTo) return response.writeHead(307, { location: redirectTo }).end()
      if (answer) return response.end(JSON.stringify(answer))
      response.writeHead(404, { 'content-type': 'application/problem+json' })
      return response.end(JSON.stringify(problem))
    },
  )
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const stop = () =>
    new Promise<void>((resolve) => {
      server.closeAllConnections()
      server.close(() => resolve())
    })
  return { port, requests, stop }
}

/** Makes a home folder whose owner trusts an authority, as an administrator would have set it up. */
export function homeThatTrusts(folder: string, caFile: string): string {
  const database = join(folder, '.pki', 'nssdb')
  mkdirSync(database, { recursive: true })
  const certutil = (...args: string[]) =>
    execFileSync('certutil', ['-d', `sql:${database}`, ...args], { timeout: 20_000 })
  certutil('-N', '--empty-password')
  certutil('-A', '-t', 'C,,', '-n', 'trusted by the machine', '-i', caFile)
  return folder
}
