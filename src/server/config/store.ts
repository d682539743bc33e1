import { readFileSync } from 'node:fs'
import type { StoreConfig } from '../store/store-config.ts'
import type { ServerConfig } from './load.ts'

/** How to open the store that the configuration names. */
export function storeConfigFrom({ file, secrets }: ServerConfig): StoreConfig {
  const { store } = file
  if (store.engine === 'sqlite') return store
  const { host, port, database, user, caFile, maxConnections } = store
  const address = host.includes(':') && !host.startsWith('[') ? `[${host}]` : host
  const place = host.startsWith('/') ? encodeURIComponent(host) : address
  const name = `${encodeURIComponent(user)}@${place}:${port}/${encodeURIComponent(database)}`
  return {
    engine: 'postgresql',
    url: `postgresql://${name}`,
    maxConnections,
    ...(secrets.storePassword === null ? {} : { password: secrets.storePassword }),
    ...(caFile === undefined ? {} : { caPem: readFileSync(caFile, 'utf8') }),
  }
}
