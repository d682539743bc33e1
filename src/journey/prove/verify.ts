import type { RecoveryView } from '../../contract/journey-bridge.ts'
import { isSentKind, isTypedKind } from '../../contract/method-kinds.ts'
import type { Proof } from '../../contract/methods.ts'
import type { OfferedMethod } from '../../contract/recovery.ts'
import type { Walk } from '../state.ts'
import type { Talk } from '../talk.ts'

/** The method that is being proven on this screen. */
export function currentMethod({ step, recovery }: Walk): OfferedMethod | undefined {
  if (step.at !== 'prove') return undefined
  return recovery?.methods.find((method) => method.methodId === step.methodId)
}

/** True when a code has to be sent before there is anything to type. Never twice by itself. */
export function needsCode(walk: Walk, now: number): boolean {
  const method = currentMethod(walk)
  if (!method || method.proven || !isSentKind(method.kind)) return false
  const sent = walk.sentCodes[method.methodId]
  return sent === undefined || (sent !== 'asked' && sent.expiresAt <= now)
}

export async function sendCode(talk: Talk): Promise<void> {
  const methodId = currentMethod(talk.read())?.methodId
  if (!methodId) return
  talk.tell({ type: 'code_asked', methodId })
  const answer = await talk.ask(() => talk.bridge.challenge(methodId))
  if (answer?.ok) {
    const code = { sentAt: talk.now(), expiresAt: Date.parse(answer.value.expiresAt) }
    talk.tell({ type: 'code_sent', methodId, code })
  } else if (answer) talk.report('prove', answer.error)
}

/** @param code - digits only, or the letters and digits of a written code */
export async function verify(talk: Talk, code: string): Promise<void> {
  const method = currentMethod(talk.read())
  if (!method) return
  const { methodId, kind } = method
  if (!isTypedKind(kind)) return
  talk.tell({ type: 'asked' })
  await show(talk, methodId, { kind, code })
}

/** Shows a proof, and takes the walk to where the answer says. */
export async function show(talk: Talk, methodId: string, proof: Proof): Promise<void> {
  const answer = await talk.ask(() => talk.bridge.verify(methodId, proof))
  if (!answer) return
  if (!answer.ok) return talk.report('prove', answer.error)
  const ended = endings[answer.value.state]
  if (ended) talk.report('prove', { code: ended })
  else talk.tell({ type: 'proven', methodId, recovery: answer.value })
}

export const endings: Partial<
  Record<RecoveryView['state'], 'recovery_locked' | 'recovery_expired'>
> = {
  locked: 'recovery_locked',
  expired: 'recovery_expired',
  abandoned: 'recovery_expired',
}
