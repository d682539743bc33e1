import type { IncomingHttpHeaders } from 'node:http'

const readOnly: ReadonlySet<string> = new Set(['GET', 'HEAD'])

/**
 * Whether a request that carries the session cookie comes from our own pages.
 *
 * SECURITY: browsers always send `Origin` with a request that can change something (Fetch §3.2), so a
 * missing one is refused as well; `Sec-Fetch-Site` tells the same by another way, where it is known.
 *
 * @param origin - the configured public origin, e.g. `https://portal.example.com`
 */
export function isOwnOrigin(method: string, headers: IncomingHttpHeaders, origin: string): boolean {
  if (readOnly.has(method)) return true
  const site = headers['sec-fetch-site']
  if (site !== undefined && site !== 'same-origin') return false
  return headers.origin === origin
}
