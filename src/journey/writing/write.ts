import type { Talk } from '../talk.ts'

/**
 * Hands the new password over.
 *
 * SECURITY: it passes through here and is kept in no state, so that a refusal, a failure or a look
 * into the walk shows nothing of it.
 */
export async function setPassword(talk: Talk, password: string): Promise<void> {
  if (talk.read().step.at !== 'password') return
  talk.tell({ type: 'submitted' })
  talk.tell({ type: 'asked' })
  const answer = await talk.ask(() => talk.bridge.setPassword(password))
  if (answer?.ok) talk.tell({ type: 'written', outcome: answer.value })
  else if (answer && choosesAgain.includes(answer.error.code)) {
    talk.tell({ type: 'refused', trouble: talk.trouble(answer.error) })
  } else if (answer) talk.report('writing', answer.error)
}

const choosesAgain: readonly string[] = ['password_refused', 'rules_not_met']

export async function unlock(talk: Talk): Promise<void> {
  talk.tell({ type: 'asked' })
  const answer = await talk.ask(() => talk.bridge.unlock())
  if (answer?.ok) talk.tell({ type: 'written', outcome: answer.value })
  else if (answer) talk.report('writing', answer.error)
}
