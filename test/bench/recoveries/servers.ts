import { randomBytes } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { LabBackend } from '../../../scripts/lab/backend.ts'
import { freePort } from '../../../scripts/lab/free-port.ts'
import type { Lab } from '../../../scripts/lab/lab.ts'
import { startProcess } from '../../../scripts/lab/process.ts'
import { createStore, type EngineName } from '../stack.ts'
import type { BareOptions, BareRoute } from './bare-server.ts'

/** Something that a load can be put on. */
export interface Target {
  origin: string
  port: number
  pid: number
  stop(): Promise<void>
}

const START_TIMEOUT_MS = 30_000
/** As many as the product keeps open when nothing is configured. */
const MAX_CONNECTIONS = 10

/**
 * The product's backend on the same store and configuration, without its answer grid.
 *
 * @param work - `alone`: nothing beside the requests, so that no mail is delivered
 */
export async function startGridless(
  backend: Pick<LabBackend, 'configFile'>,
  work: 'all' | 'alone' = 'all',
): Promise<Target & { configFile: string }> {
  const port = await freePort()
  const origin = `https://localhost:${port}`
  const configuration = JSON.parse(readFileSync(backend.configFile, 'utf8'))
  configuration.server = { ...configuration.server, origin, listen: { host: '127.0.0.1', port } }
  const folder = dirname(backend.configFile)
  configuration.audit = { checkpointFile: join(folder, 'gridless-checkpoints.jsonl') }
  const configFile = join(folder, 'gridless.json')
  writeFileSync(configFile, JSON.stringify(configuration), { mode: 0o600 })
  const args = [configFile, String(port), work]
  return { ...(await startServer('gridless-backend.ts', args, port)), configFile }
}

/** The floor on an empty store of the same kind. */
export async function startBare(
  lab: Lab,
  engine: EngineName,
  routes: BareRoute[],
): Promise<Target> {
  const port = await freePort()
  const { address } = await createStore(lab, engine)
  const name = `bare-${randomBytes(4).toString('hex')}.sqlite`
  const { certFile, keyFile } = lab.serverCertificate
  const store =
    engine === 'sqlite'
      ? { file: join(lab.folder, name) }
      : { url: address, maxConnections: MAX_CONNECTIONS }
  const options: BareOptions = { port, certFile, keyFile, routes, store }
  return startServer('bare-server.ts', [JSON.stringify(options)], port)
}

async function startServer(script: string, args: string[], port: number): Promise<Target> {
  const server = await startProcess({
    name: script,
    command: process.execPath,
    args: [join(import.meta.dirname, script), ...args],
  })
  try {
    await server.waitForOutput(/listening/, START_TIMEOUT_MS)
  } catch (error) {
    await server.stop()
    throw error
  }
  const { pid } = server
  return { origin: `https://localhost:${port}`, port, pid, stop: () => server.stop() }
}
