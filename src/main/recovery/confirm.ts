import type { JourneyErrorCode, JourneyResult } from '../../contract/journey-bridge.ts'
import { err, ok } from '../../contract/result.ts'
import type { Recovery, RecoveryPorts } from './recovery.ts'

const attempts = 3
const pauseMs = 700

/** The backend could not be asked, or could not look: it says nothing about the password. */
const silent: readonly JourneyErrorCode[] = [
  'backend_unreachable',
  'backend_unexpected',
  'directory_unavailable',
  'internal',
  'overloaded',
  'rate_limited',
  'store_unavailable',
]

/**
 * Has the backend read from the domain controller whether the new password is in place.
 *
 * @param alreadyKnown - true when the domain controller itself has confirmed the change to us. Then a
 *   backend that cannot be reached does not make it undone; it will find out by itself later.
 */
export async function confirm(
  ports: RecoveryPorts,
  recovery: Recovery,
  alreadyKnown: boolean,
): Promise<JourneyResult<void>> {
  ports.onProgress('confirming')
  let code: JourneyErrorCode = 'not_confirmed'
  for (let attempt = 1; attempt <= attempts; attempt += 1) {
    const completed = await recovery.client.complete()
    if (completed.ok) return ok(undefined)
    code = completed.error.code
    ports.log('confirmation-failed', code)
    if (code !== 'not_confirmed' && !silent.includes(code)) return completed
    // Without our own knowledge the first clear answer is believed.
    if (code === 'not_confirmed' && !alreadyKnown) return completed
    if (attempt < attempts) await ports.wait(pauseMs * attempt)
  }
  return alreadyKnown && silent.includes(code) ? ok(undefined) : err({ code })
}
