import type {
  JourneyBridge,
  JourneyErrorCode,
  JourneyResult,
  Outcome,
  RecoveryView,
} from '../../contract/journey-bridge.ts'
import type { RecoveryStatus, StartRecoveryRequest } from '../../contract/recovery.ts'
import { err, ok } from '../../contract/result.ts'
import { generateSealingKeyPair, sealingKeyId } from '../../sealing/hpke.ts'
import { createLeakMemory } from './check-leaked.ts'
import { createDoubts } from './doubts.ts'
import { createOneAtATime } from './one-at-a-time.ts'
import { prepare } from './prepare.ts'
import { forget, type Recovery, type RecoveryPorts } from './recovery.ts'
import { checkPrepared, setPassword } from './set-password.ts'
import { watchPhone } from './watch-phone.ts'
import { writeUnlock } from './write-relay.ts'

/** The part of the bridge that is about recoveries. */
export type RecoveryController = Omit<JourneyBridge, 'settings' | 'leave' | 'onProgress'>

type Perform<T> = (recovery: Recovery) => Promise<JourneyResult<T>>

/** After these the backend will hear no more of the recovery. */
const endings: readonly JourneyErrorCode[] = ['recovery_expired', 'recovery_locked']

/**
 * Walks one recovery at a time from the account's name to its end. Calls run one after the other, so
 * that a double click never writes twice.
 */
export function createRecoveryController(ports: RecoveryPorts): RecoveryController {
  const oneAtATime = createOneAtATime()
  const slot = createSlot(() => void oneAtATime(() => slot.giveUp('recovery_expired')))
  let isWriting = false
  let watching = new AbortController()

  function during<T>(perform: Perform<T>): Promise<JourneyResult<T>> {
    return oneAtATime(async () => {
      const recovery = slot.current()
      if (recovery === null) return err({ code: slot.whyEmpty() })
      const result = await perform(recovery)
      if (recovery.forgotten) return result.ok ? err({ code: slot.whyEmpty() }) : result
      if (!result.ok && endings.includes(result.error.code)) slot.drop(result.error.code)
      return result
    })
  }

  function writing(perform: Perform<Outcome>): Promise<JourneyResult<Outcome>> {
    return during(async (recovery) => {
      isWriting = true
      const written = await perform(recovery).finally(() => {
        isWriting = false
      })
      return written
    }).then((written) => {
      if (written.ok) slot.drop('no_recovery')
      return written
    })
  }

  return {
    start: (request) =>
      oneAtATime(async () => {
        await slot.giveUp('no_recovery')
        const started = await start(ports, request)
        if (!started.ok) return started
        const { status } = started.value
        slot.put(started.value, Date.parse(status.expiresAt) - ports.now())
        return ok(viewOf(status))
      }),
    challenge: (methodId) => during(({ client }) => client.challenge(methodId)),
    verify: (methodId, proof) =>
      during(async (recovery) => {
        const verified = await recovery.client.verify(methodId, proof)
        if (!verified.ok) return verified
        recovery.status = verified.value
        return ok(viewOf(verified.value))
      }),
    // Beside the queue, which would keep everything else waiting for the phone.
    watch: async () => {
      watching.abort()
      watching = new AbortController()
      const recovery = slot.current()
      if (recovery === null) return err({ code: slot.whyEmpty() })
      const watched = await watchPhone(ports, recovery, watching.signal)
      if (recovery.forgotten) return err({ code: slot.whyEmpty() })
      if (!watched.ok) return watched
      recovery.status = watched.value
      return ok(viewOf(watched.value))
    },
    prepare: () => during((recovery) => prepare(ports, recovery)),
    checkLeaked: (password) => during((recovery) => checkPrepared(ports, recovery, password)),
    setPassword: (password) => writing((recovery) => setPassword(ports, recovery, password)),
    unlock: () => writing((recovery) => unlock(ports, recovery)),
    // A write that has begun is not torn apart; everything else is dropped at once.
    abandon: () => {
      watching.abort()
      const giveUp = () => slot.giveUp('no_recovery')
      return isWriting ? oneAtATime(giveUp) : giveUp()
    },
  }
}

/** The place for the one recovery, and the reason why it is empty. */
function createSlot(onExpiry: () => void) {
  let held: Recovery | null = null
  let why: JourneyErrorCode = 'no_recovery'
  let expiry: NodeJS.Timeout | undefined
  const slot = {
    current: () => held,
    whyEmpty: () => why,
    put(recovery: Recovery, lifetimeMs: number) {
      held = recovery
      expiry = setTimeout(onExpiry, Math.max(lifetimeMs, 0))
    },
    /** Forgets the recovery on this side. @returns what was there */
    drop(reason: JourneyErrorCode): Recovery | null {
      const dropped = held
      held = null
      if (dropped === null) return null
      clearTimeout(expiry)
      why = reason
      forget(dropped)
      return dropped
    },
    /** Forgets the recovery on this side, then on the backend's. */
    async giveUp(reason: JourneyErrorCode): Promise<void> {
      await slot.drop(reason)?.client.abandon()
    },
  }
  return slot
}

async function start(
  ports: RecoveryPorts,
  request: StartRecoveryRequest,
): Promise<JourneyResult<Recovery>> {
  const [started, keys] = await Promise.all([ports.start(request), generateSealingKeyPair()])
  if (!started.ok) return started
  const keyId = await sealingKeyId(keys.publicKey)
  const doubts = createDoubts()
  const made = { keys, keyId, doubts, leaks: createLeakMemory() }
  return ok({ ...started.value, ...made, prepared: null, forgotten: false })
}

async function unlock(ports: RecoveryPorts, recovery: Recovery): Promise<JourneyResult<Outcome>> {
  const { prepared } = recovery
  if (prepared?.mode !== 'unlock') return err({ code: 'wrong_state' })
  return writeUnlock(ports, recovery, prepared)
}

/** What the screens may know: no identifiers of the wire, no names of domain controllers. */
function viewOf({ recoveryId: _, directory: __, ...view }: RecoveryStatus): RecoveryView {
  return view
}
