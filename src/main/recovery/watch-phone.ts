import type { JourneyResult } from '../../contract/journey-bridge.ts'
import type { RecoveryStatus } from '../../contract/recovery.ts'
import { err, ok } from '../../contract/result.ts'
import type { Recovery, RecoveryPorts } from './recovery.ts'

/** A line that says nothing for so long goes through something that collects what it passes on. */
const silenceMs = 5_000
const pollMs = 2_000
/** A short loss of the network is not worth a word; people look at their phones meanwhile. */
const mostFailures = 5

/**
 * Waits until a phone has answered, the number is too old, or the recovery has come to something else.
 * Listens to the backend's events; where they do not come through, it asks again and again.
 *
 * @param signal - nobody waits any more: answers `no_recovery`
 */
export async function watchPhone(
  ports: Pick<RecoveryPorts, 'wait'>,
  recovery: Recovery,
  signal: AbortSignal,
): Promise<JourneyResult<RecoveryStatus>> {
  const { client } = recovery
  let failures = 0
  while (!signal.aborted && !recovery.forgotten) {
    const heard = await listen(recovery, signal)
    if (heard !== null) return ok(heard)
    if (signal.aborted || recovery.forgotten) break
    const asked = await client.status()
    if (asked.ok && isAnswered(asked.value)) return asked
    if (!asked.ok && (asked.error.code !== 'backend_unreachable' || failures >= mostFailures)) {
      return asked
    }
    failures = asked.ok ? 0 : failures + 1
    await ports.wait(pollMs)
  }
  return err({ code: 'no_recovery' })
}

/** Null: the line has ended, or nothing came through. */
async function listen(
  { client }: Recovery,
  whileWaiting: AbortSignal,
): Promise<RecoveryStatus | null> {
  const over = new AbortController()
  const signal = AbortSignal.any([whileWaiting, over.signal])
  const silence = setTimeout(() => over.abort(), silenceMs)
  let answered: RecoveryStatus | null = null
  await client.listen((status) => {
    clearTimeout(silence)
    if (!isAnswered(status)) return
    answered = status
    over.abort()
  }, signal)
  clearTimeout(silence)
  return answered
}

function isAnswered({ phone, state }: RecoveryStatus): boolean {
  return phone !== 'waiting' || state !== 'proving'
}
