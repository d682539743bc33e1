import { StoreUnavailableError } from './domain/ports/store-unavailable.ts'

/**
 * What the log may hold of an error that was not expected: its kind and where it arose. Not its
 * message, since libraries quote what they were given, and that may be a secret.
 */
export function describeError(error: unknown): string {
  if (error instanceof StoreUnavailableError) return error.message
  if (!(error instanceof Error)) return 'something was thrown that is not an error'
  const { code } = error as NodeJS.ErrnoException
  const frames = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line))
  const place = frames.slice(0, 6).map((line) => line.trim())
  return [error.name, code, ...place].filter((part) => part !== undefined).join(' | ')
}
