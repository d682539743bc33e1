import { BreachedSuffixes } from '../../contract/breached.ts'
import type { JourneyResult } from '../../contract/journey-bridge.ts'
import { err, ok } from '../../contract/result.ts'
import { readProblem } from './read-problem.ts'
import type { Transport } from './transport.ts'

export type LeakedLookup = (prefix: string) => Promise<JourneyResult<ReadonlySet<string>>>

/**
 * Asks the backend's list of leaked passwords for the hashes that begin alike. The request carries
 * nothing that belongs to a recovery.
 */
export function createLeakedLookup(origin: string, transport: Transport): LeakedLookup {
  return async (prefix) => {
    const url = `${origin}/api/v1/passwords/breached/${prefix}`
    const request = { method: 'GET', url, headers: { accept: 'text/plain' } } as const
    const first = await transport(request)
    const isLost = !first.ok && first.error === 'backend_unreachable'
    const answered = isLost ? await transport(request) : first
    if (!answered.ok) return err({ code: answered.error })
    const { status, contentType, body } = answered.value
    if (status !== 200) return err(readProblem(answered.value))
    // SECURITY: only a list can say that a password is not on it.
    const isList = contentType.startsWith('text/plain') && body !== ''
    if (!isList || !BreachedSuffixes.safeParse(body).success) {
      return err({ code: 'backend_unexpected' })
    }
    return ok(suffixesIn(body))
  }
}

/** Lines that end in 0 are there for the length alone. */
function suffixesIn(body: string): ReadonlySet<string> {
  const lines = body.split('\r\n').filter((line) => line.endsWith(':1'))
  return new Set(lines.map((line) => line.slice(0, -':1'.length)))
}
