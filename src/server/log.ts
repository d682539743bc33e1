import { type DestinationStream, pino } from 'pino'
import type { Log, LogFields } from './domain/ports/log.ts'

/** One line for each request. The route is its pattern: addresses hold identifiers. */
export type RequestLine = {
  readonly method: string
  readonly route: string
  readonly status: number
  readonly durationMs: number
  readonly requestId: string
  readonly code: string | undefined
}

export type ServerLog = Log & { readonly request: (line: RequestLine) => void }

/**
 * The log, one JSON object a line, on standard output. SECURITY: fields are picked by name, so that
 * nothing gets in that is not listed; there is no list of what to leave out.
 */
export function createLog(destination?: DestinationStream): ServerLog {
  const options = { base: null, timestamp: pino.stdTimeFunctions.isoTime } as const
  const logger = destination === undefined ? pino(options) : pino(options, destination)
  return {
    info: (fields, message) => logger.info(pick(fields), message),
    warn: (fields, message) => logger.warn(pick(fields), message),
    error: (fields, message) => logger.error(pick(fields), message),
    request: ({ method, route, status, durationMs, requestId, code }) =>
      logger.info({ event: 'request', method, route, status, durationMs, requestId, code }),
  }
}

function pick(fields: LogFields): LogFields {
  const { event, detail, code, recoveryId, controller, requestId, count, durationMs } = fields
  const picked = { event, detail, code, recoveryId, controller, requestId, count, durationMs }
  return JSON.parse(JSON.stringify(picked))
}
