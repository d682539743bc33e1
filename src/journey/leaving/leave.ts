import type { Purpose } from '../../contract/recovery.ts'
import { wouldLose } from '../state.ts'
import type { Talk } from '../talk.ts'

/** Asks first when something would be lost. */
export async function leave(talk: Talk): Promise<void> {
  if (wouldLose(talk.read())) talk.tell({ type: 'questioned', question: { about: 'leaving' } })
  else await leaveAnyway(talk)
}

/** Forgets everything, here and behind the bridge, and closes. */
export async function leaveAnyway(talk: Talk): Promise<void> {
  talk.tell({ type: 'left' })
  await talk.giveUp()
  await talk.bridge.leave()
}

/** Back to the first screen, with the account name still typed. */
export async function restart(talk: Talk, purpose?: Purpose): Promise<void> {
  talk.tell({ type: 'restarted', purpose: purpose ?? talk.read().purpose })
  await talk.giveUp()
}

/** The recovery's time is over. A write that has begun is left to finish. */
export async function expire(talk: Talk): Promise<void> {
  const { step, recovery } = talk.read()
  if (recovery === null || step.at === 'writing' || step.at === 'failure') return
  talk.report(step.at, { code: 'recovery_expired' })
  await talk.giveUp()
}
