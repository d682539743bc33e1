import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify'
import { hasZodFastifySchemaValidationErrors } from 'fastify-type-provider-zod'
import { describeError } from '../describe-error.ts'
import type { Log } from '../domain/ports/log.ts'
import { StoreUnavailableError } from '../domain/ports/store-unavailable.ts'
import type { Refusal } from '../domain/refusal.ts'
import { sendRefusal } from './problems.ts'

/** Turns whatever was thrown into a problem; the log gets what the caller is not told. */
export function createErrorHandler(log: Log) {
  return (error: FastifyError, request: FastifyRequest, reply: FastifyReply) => {
    const refusal = refusalFor(error)
    if (refusal.code === 'internal') {
      const fields = { event: 'unexpected_error', requestId: request.id }
      log.error({ ...fields, detail: describeError(error) }, 'a request failed unexpectedly')
    }
    if (error instanceof StoreUnavailableError) {
      const fields = { event: 'store_unavailable', code: error.fault, requestId: request.id }
      log.error(
        { ...fields, detail: describeError(error) },
        'the store cannot record; the request went no further',
      )
    }
    return sendRefusal(reply, refusal)
  }
}

function refusalFor(error: FastifyError): Refusal {
  if (error instanceof StoreUnavailableError) {
    if (error.fault === 'busy') return { code: 'overloaded', retryAfterSeconds: 2 }
    return { code: 'store_unavailable' }
  }
  if (hasZodFastifySchemaValidationErrors(error)) {
    return { code: 'invalid_request', fields: fieldsOf(error.validation) }
  }
  if (error.statusCode === 429) {
    const { retryAfterSeconds } = error as { retryAfterSeconds?: number }
    return { code: 'rate_limited', retryAfterSeconds: retryAfterSeconds ?? 60 }
  }
  // Not JSON, too large, an unknown content type: Fastify's own refusals.
  const isTheirs =
    error.statusCode !== undefined && error.statusCode >= 400 && error.statusCode < 500
  return { code: isTheirs ? 'invalid_request' : 'internal' }
}

/** The names of the members that are wrong, never their values. */
function fieldsOf(
  validation: readonly { instancePath: string; params: Record<string, unknown> }[],
): string[] {
  const names = validation.flatMap(({ instancePath, params }) => {
    const path = instancePath.split('/').filter((part) => part !== '')
    const keys = Array.isArray(params.keys) ? params.keys.map(String) : []
    return keys.length > 0 ? keys.map((key) => [...path, key].join('.')) : [path.join('.')]
  })
  return [...new Set(names)].filter((name) => name !== '' && name.length <= 100).slice(0, 20)
}
