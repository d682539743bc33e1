import type { Walk } from '../state.ts'
import type { Talk } from '../talk.ts'
import { currentMethod, endings } from './verify.ts'

/** True when the phone has to be asked before there is a number to show. Never twice by itself. */
export function needsPhone(walk: Walk, now: number): boolean {
  const method = currentMethod(walk)
  if (!method || method.proven || method.kind !== 'push') return false
  const shown = walk.sentCodes[method.methodId]
  return shown === undefined || (shown !== 'asked' && shown.expiresAt <= now)
}

/**
 * Asks the phone, shows the number, and waits beside everything else for what the phone says to it.
 *
 * @param onProven - goes on from there
 */
export async function askPhone(talk: Talk, onProven: () => void): Promise<void> {
  const methodId = currentMethod(talk.read())?.methodId
  if (!methodId) return
  talk.tell({ type: 'code_asked', methodId })
  const answer = await talk.ask(() => talk.bridge.challenge(methodId))
  if (!answer) return
  if (!answer.ok) return talk.report('prove', answer.error)
  if (answer.value.kind !== 'push') return talk.report('prove', { code: 'backend_unexpected' })
  const { number, expiresAt } = answer.value
  const code = { sentAt: talk.now(), expiresAt: Date.parse(expiresAt), number }
  talk.tell({ type: 'code_sent', methodId, code })
  void watchPhone(talk, methodId, number).then((isProven) => {
    if (isProven) onProven()
  })
}

async function watchPhone(talk: Talk, methodId: string, number: string): Promise<boolean> {
  const answer = await talk.ask(() => talk.bridge.watch())
  if (!answer) return false
  // Another number was asked for meanwhile: somebody else waits for that.
  const shown = talk.read().sentCodes[methodId]
  if (shown === undefined || shown === 'asked' || shown.number !== number) return false
  if (!answer.ok) {
    talk.report('prove', answer.error)
    return false
  }
  const recovery = answer.value
  const isProven = recovery.methods.some((one) => one.methodId === methodId && one.proven)
  const ended = recovery.phone === 'denied' ? 'denied_on_phone' : endings[recovery.state]
  if (ended) talk.report('prove', { code: ended })
  else if (isProven) talk.tell({ type: 'proven', methodId, recovery })
  else talk.tell({ type: 'phone_answered', methodId, recovery })
  return isProven
}
