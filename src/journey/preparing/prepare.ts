import type { Talk } from '../talk.ts'

/** Finds out how the write can be done. Changes nothing. */
export async function prepare(talk: Talk): Promise<void> {
  talk.tell({ type: 'asked' })
  const answer = await talk.ask(() => talk.bridge.prepare())
  if (answer?.ok) talk.tell({ type: 'prepared', preparation: answer.value })
  else if (answer) talk.report('preparing', answer.error)
}
