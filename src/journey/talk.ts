import type { JourneyBridge, JourneyError, JourneyResult } from '../contract/journey-bridge.ts'
import { remedies } from './failure/remedies.ts'
import { walkOn } from './journey.ts'
import { beginWalk, type Step, type Trouble, type WalkEvent } from './state.ts'

/** What every verb of the walk works with: the state, the bridge, and the way between them. */
export type Talk = ReturnType<typeof createTalk>

/** @param now - the clock, milliseconds since epoch */
export function createTalk(bridge: JourneyBridge, now: () => number) {
  let walk = beginWalk()
  /** Raised when a recovery is given up: its late answers must not be taken for the next one's. */
  let generation = 0
  let givingUp: Promise<void> = Promise.resolve()
  const listeners = new Set<() => void>()

  function tell(event: WalkEvent): void {
    walk = walkOn(walk, event)
    for (const listener of listeners) listener()
  }

  /** Asks the bridge. Null means that nobody waits for this answer any more. */
  async function ask<T>(
    question: () => Promise<JourneyResult<T>>,
  ): Promise<JourneyResult<T> | null> {
    const asking = generation
    await givingUp
    const answer = await question().catch(
      (): JourneyResult<T> => ({ ok: false, error: { code: 'backend_unexpected' } }),
    )
    return asking === generation ? answer : null
  }

  /** Forgets the recovery on the other side, before anything else is asked of it. */
  function giveUp(): Promise<void> {
    generation += 1
    givingUp = bridge.abandon().catch(() => undefined)
    return givingUp
  }

  function trouble(error: JourneyError): Trouble {
    const wait = error.retryAfterSeconds
    return { error, until: wait ? now() + wait * 1000 : null }
  }

  /** Shows an error where it happened if the form there lets the user try again, else on its own. */
  function report(at: Step['at'], error: JourneyError): void {
    const hasForm = at === 'prove' || error.code === 'invalid_request'
    const stays = hasForm && remedies[error.code] === 'here'
    if (stays) tell({ type: 'stumbled', at, trouble: trouble(error) })
    else tell({ type: 'failed', trouble: trouble(error) })
  }

  function subscribe(listener: () => void): () => void {
    listeners.add(listener)
    return () => listeners.delete(listener)
  }

  return { bridge, now, read: () => walk, tell, ask, giveUp, trouble, report, subscribe }
}
