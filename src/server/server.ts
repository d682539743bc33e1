import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { buildApp } from './app.ts'
import { startBackground } from './background.ts'
import { checkSurroundings } from './check-surroundings.ts'
import type { ServerConfig } from './config/load.ts'
import { storeConfigFrom } from './config/store.ts'
import type { ServerLog } from './log.ts'
import { openParts } from './open-parts.ts'
import { migrateStore } from './store/open-store.ts'
import { version } from './version.ts'

export type RunningServer = {
  readonly address: string
  /** Finishes what is under way, then closes everything. */
  readonly stop: () => Promise<void>
}

/**
 * Runs a server: store, background work, port, in this order; and back in the other.
 *
 * @throws StoreUnavailableError, MasterKeyError, or the error of the port that cannot be had
 */
export async function runServer(config: ServerConfig, log: ServerLog): Promise<RunningServer> {
  const { server } = config.file
  await migrateStore(storeConfigFrom(config))
  const parts = await openParts(config, log)
  const { store, now } = parts.dependencies
  try {
    const app = await buildApp(parts.dependencies, {
      version,
      tls: server.tls === undefined ? null : readTls(server.tls),
      trustedProxies: server.trustedProxies,
      portalFolder: server.portalFolder ?? resolve(import.meta.dirname, '../../out/portal'),
      onRequest: log.request,
    })
    const record = (event: 'server.started' | 'server.stopped') =>
      store.transaction((tx) => tx.audit({ event, at: now(), fields: { version } }))
    await record('server.started')
    const address = await app.listen({ host: server.listen.host, port: server.listen.port })
    const background = startBackground(parts)
    const stopping = new AbortController()
    void checkSurroundings(parts, stopping.signal)
    return {
      address,
      async stop() {
        stopping.abort()
        await app.close()
        await record('server.stopped').catch(() => {})
        await background.stop()
        await parts.close()
      },
    }
  } catch (error) {
    await parts.close()
    throw error
  }
}

function readTls({ certFile, keyFile }: { certFile: string; keyFile: string }) {
  return { cert: readFileSync(certFile, 'utf8'), key: readFileSync(keyFile, 'utf8') }
}
