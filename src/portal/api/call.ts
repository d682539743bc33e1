import type { JourneyError } from '../../contract/journey-bridge.ts'
import { Problem } from '../../contract/problems.ts'
import { err, ok, type Result } from '../../contract/result.ts'

/** The backend's answer, or why there is none. */
export type Answer<T> = Result<T, JourneyError>

type Schema<T> = {
  safeParse(input: unknown): { success: true; data: T } | { success: false }
}

export type Request<T> = {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE'
  /** Below `/api/v1`. */
  readonly path: string
  /** Null: an answer without content is expected. */
  readonly schema: Schema<T> | null
  readonly body?: unknown
}

const timeoutMs = 30_000

/**
 * Asks the backend that has served this page. What comes back is unknown until its schema has
 * accepted it.
 */
export async function call<T>(request: Request<T>): Promise<Answer<T>> {
  let response: Response
  try {
    response = await fetch(`/api/v1${request.path}`, options(request))
  } catch {
    return err({ code: 'backend_unreachable' })
  }
  const content: unknown = await response.json().catch(() => null)
  if (!response.ok) return err(problemOf(content))
  if (request.schema === null) return ok(undefined as T)
  const parsed = request.schema.safeParse(content)
  return parsed.success ? ok(parsed.data) : err({ code: 'backend_unexpected' })
}

function options({ method, body }: Request<unknown>): RequestInit {
  const json = body === undefined ? {} : { body: JSON.stringify(body) }
  return {
    method,
    ...json,
    headers: body === undefined ? {} : { 'content-type': 'application/json' },
    credentials: 'same-origin',
    cache: 'no-store',
    redirect: 'error',
    signal: AbortSignal.timeout(timeoutMs),
  }
}

/** What a refusal says, as the screens know it. */
export function problemOf(content: unknown): JourneyError {
  const parsed = Problem.safeParse(content)
  if (!parsed.success) return { code: 'backend_unexpected' }
  const { code, retryAfterSeconds, attemptsLeft, requestId } = parsed.data
  return {
    code,
    ...(retryAfterSeconds === undefined ? {} : { retryAfterSeconds }),
    ...(attemptsLeft === undefined ? {} : { attemptsLeft }),
    ...(requestId === undefined ? {} : { requestId }),
  }
}
