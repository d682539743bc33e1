import type { RecoveryState } from '../../contract/recovery.ts'

/** What can happen to a recovery. */
export type RecoveryEvent =
  | 'enough_proofs'
  | 'too_many_failures'
  | 'plan'
  | 'commit_intended'
  | 'commit_resumed'
  | 'commit_confirmed'
  | 'commit_refused'
  | 'another_commit_refused'
  | 'password_confirmed'
  | 'unlocked'
  | 'abandon'
  | 'expire'

/**
 * The whole life of a recovery, as data: from which states an event is allowed, and where it leads.
 * Whatever is not listed is refused. Planning again is allowed, since a controller may vanish;
 * committing again too, since the answer that carried the temporary password may have been lost.
 * `commit_intended` has one winner however many ask, because it leaves the states that it starts from;
 * `commit_resumed` is for whoever also takes over the lapsed journal entry of a commit without answer.
 */
const transitions: Record<RecoveryEvent, { from: readonly RecoveryState[]; to: RecoveryState }> = {
  enough_proofs: { from: ['proving'], to: 'proven' },
  too_many_failures: { from: ['proving'], to: 'locked' },
  plan: { from: ['proven', 'planned'], to: 'planned' },
  commit_intended: { from: ['planned', 'committed'], to: 'committing' },
  commit_resumed: { from: ['committing'], to: 'committing' },
  commit_confirmed: { from: ['committing'], to: 'committed' },
  commit_refused: { from: ['committing'], to: 'planned' },
  another_commit_refused: { from: ['committing'], to: 'committed' },
  password_confirmed: { from: ['committing', 'committed'], to: 'completed' },
  unlocked: { from: ['committing'], to: 'completed' },
  abandon: { from: ['proving', 'proven', 'planned', 'committing', 'committed'], to: 'abandoned' },
  expire: { from: ['proving', 'proven', 'planned', 'committing', 'committed'], to: 'expired' },
}

/** The states from which `event` is allowed and the state it leads to. */
export function transition(event: RecoveryEvent): {
  from: readonly RecoveryState[]
  to: RecoveryState
} {
  return transitions[event]
}

/** Whether `event` is allowed in `state`. */
export function allows(state: RecoveryState, event: RecoveryEvent): boolean {
  return transitions[event].from.includes(state)
}

/** States in which nothing more will happen. */
export function isClosed(state: RecoveryState): boolean {
  return !Object.values(transitions).some(({ from }) => from.includes(state))
}
