import type { PhoneAnswer, PhoneAnswerResponse } from '../../../contract/push.ts'
import { err, type Result } from '../../../contract/result.ts'
import type { ServerDependencies } from '../../domain/dependencies.ts'
import { admitPhone, type PhoneProof } from '../../domain/push/admit-phone.ts'
import { approveInSession, denyInSession } from '../../domain/push/answer-in-session.ts'
import type { Refusal } from '../../domain/refusal.ts'
import { approvePush, denyPush } from './answer-push.ts'

/**
 * What a phone says to a question: the number, or "This wasn't me". Once, and only a phone of the
 * account that is asked.
 */
export function answerPhone(
  deps: ServerDependencies,
  call: { readonly requestId: string; readonly answer: PhoneAnswer },
  proof: PhoneProof,
): Promise<Result<PhoneAnswerResponse, Refusal>> {
  const { requestId, answer } = call
  return deps.store.transaction<Result<PhoneAnswerResponse, Refusal>>(async (tx) => {
    const now = deps.now()
    const admitted = await admitPhone(tx, proof, now)
    if (!admitted.ok) return admitted
    const phone = admitted.value
    if (phone.method.confirmedAt === null) return err({ code: 'unauthorized' })
    const request = await tx.pushRequests.find(requestId)
    if (request === null || request.accountId !== phone.device.accountId) {
      return err({ code: 'not_found' })
    }
    if (request.state !== 'pending' || now >= request.expiresAt) return err({ code: 'wrong_state' })
    const { recoveryId, offerId } = request
    if (recoveryId === null || offerId === null) {
      return answer.decision === 'deny'
        ? denyInSession(tx, deps, request)
        : approveInSession(tx, deps, phone, request, answer.number)
    }
    const answering = { phone, request: { ...request, recoveryId, offerId } }
    return answer.decision === 'deny'
      ? denyPush(tx, deps, answering)
      : approvePush(tx, deps, answering, answer.number)
  })
}
