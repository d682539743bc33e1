import type { Purpose } from '../../contract/recovery.ts'
import { wouldLose } from '../state.ts'
import type { Talk } from '../talk.ts'

/** Goes on with the recovery there is if it is the same, and asks before proofs are thrown away. */
export async function start(talk: Talk, account: string, purpose: Purpose): Promise<void> {
  const walk = talk.read()
  const isSame = account === walk.account && purpose === walk.purpose
  if (walk.recovery && isSame) talk.tell({ type: 'resumed' })
  else if (walk.recovery && wouldLose(walk)) {
    talk.tell({ type: 'questioned', question: { about: 'other_account', account, purpose } })
  } else await begin(talk, account, purpose)
}

/** Begins a new recovery, whatever there was before. */
export async function begin(talk: Talk, account: string, purpose: Purpose): Promise<void> {
  const isReplacing = talk.read().recovery !== null
  talk.tell({ type: 'questioned', question: null })
  talk.tell({ type: 'asked', account, purpose })
  if (isReplacing) await talk.giveUp()
  const answer = await talk.ask(() => talk.bridge.start({ account, purpose }))
  if (answer?.ok) talk.tell({ type: 'started', recovery: answer.value, now: talk.now() })
  else if (answer) talk.report('account', answer.error)
}
