import { isIP } from 'node:net'
import pg, { type ClientConfig } from 'pg'
import type { PostgresqlConfig } from '../store-config.ts'

/** Milliseconds. A request waits no longer for the store than a person does for an answer. */
const timeouts = {
  connectionTimeoutMillis: 5_000,
  statement_timeout: 5_000,
  lock_timeout: 4_000,
  idle_in_transaction_session_timeout: 15_000,
  /** When the server or the network has gone silent. */
  query_timeout: 8_000,
}

const int8 = 20

/** Where the server is, for messages: no user, no password. */
export function serverName(url: URL): string {
  return `${hostOf(url)}:${url.port || 5432}`
}

/** @throws TypeError when the address cannot be used. The message does not repeat it */
export function parseUrl(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : null
  if (url === null || !/^postgres(ql)?:$/.test(url.protocol)) {
    throw new TypeError('the address of PostgreSQL is postgresql://user@host:port/database')
  }
  if (url.search !== '') {
    throw new TypeError('the address of PostgreSQL takes no parameters: TLS follows from the host')
  }
  return url
}

/**
 * How to connect. The parts are taken from the address one by one, because what `pg` itself reads
 * from an address wins over everything else that it is told.
 */
export function clientConfig({ password, caPem }: PostgresqlConfig, url: URL): ClientConfig {
  const host = hostOf(url)
  const secret = password ?? decodeURIComponent(url.password)
  return {
    host,
    port: Number(url.port || 5432),
    database: decodeURIComponent(url.pathname.slice(1)),
    user: decodeURIComponent(url.username),
    ...(secret === '' ? {} : { password: secret }),
    // SECURITY: beyond this machine always TLS, with the certificate and the name verified.
    ssl: isLocal(host) && caPem === undefined ? false : verified(host, caPem),
    application_name: 'latchkey',
    // Durable, whatever the database's or the role's default is.
    options: '-c synchronous_commit=on',
    keepAlive: true,
    ...timeouts,
    types: {
      getTypeParser: (oid, format) =>
        oid === int8 && format !== 'binary' ? safeInteger : pg.types.getTypeParser(oid, format),
    } as pg.CustomTypesConfig,
  }
}

/** May be the folder of a Unix socket, percent-encoded. */
function hostOf(url: URL): string {
  return decodeURIComponent(url.hostname).replace(/^\[(.*)\]$/, '$1') || 'localhost'
}

function isLocal(host: string): boolean {
  if (host.startsWith('/') || host === 'localhost' || host === '::1') return true
  return isIP(host) === 4 && host.startsWith('127.')
}

/** `host` is compared with the certificate; `pg` passes it on only for names, not for addresses. */
function verified(host: string, caPem: string | undefined) {
  return { host, rejectUnauthorized: true, ...(caPem === undefined ? {} : { ca: caPem }) }
}

/** All our 64-bit values are times and counts, far below 2^53. */
function safeInteger(text: string): number {
  const value = Number(text)
  if (!Number.isSafeInteger(value)) throw new RangeError('a stored number is beyond 2^53')
  return value
}
