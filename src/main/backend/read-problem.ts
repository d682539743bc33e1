import type { JourneyError } from '../../contract/journey-bridge.ts'
import { Problem } from '../../contract/problems.ts'
import type { BackendAnswer } from './transport.ts'

/**
 * Reads an answer that is not a success (RFC 9457).
 *
 * @returns what the screens can say about it; `backend_unexpected` when a proxy or a captive portal
 *   answered in the backend's place
 */
export function readProblem(answer: BackendAnswer): JourneyError {
  if (!answer.contentType.startsWith('application/problem+json')) return unexpected
  const parsed = Problem.safeParse(parseJson(answer.body))
  if (!parsed.success || parsed.data.status !== answer.status) return unexpected
  const { code, retryAfterSeconds, attemptsLeft, ineligible, refused, requestId } = parsed.data
  const told = { retryAfterSeconds, attemptsLeft, ineligible, refused, requestId }
  const present = Object.entries(told).filter(([, value]) => value !== undefined)
  return { code, ...Object.fromEntries(present) }
}

/** @returns undefined for anything that is not JSON */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

const unexpected: JourneyError = { code: 'backend_unexpected' }
