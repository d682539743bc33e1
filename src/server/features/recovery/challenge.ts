import { isAuthenticatorKind, isSentKind } from '../../../contract/method-kinds.ts'
import type { ChallengeResponse } from '../../../contract/recovery.ts'
import { err, ok, type Result } from '../../../contract/result.ts'
import { onAnswerGrid } from '../../domain/answer-grid.ts'
import type { ServerDependencies } from '../../domain/dependencies.ts'
import type { Refusal } from '../../domain/refusal.ts'
import { type Credentials, recognise } from './admit.ts'
import { askAuthenticator } from './challenge-authenticator.ts'
import { refuseCodeEarly, sendCode } from './challenge-code.ts'
import { type ChallengeCall, findOffer } from './challenge-offer.ts'
import { askForPush, refusePushEarly } from './challenge-push.ts'

/**
 * Begins with a method that needs something from us first: sends a code, for instance. Employees and
 * strangers go through the same steps, and their answers leave on the same grid (P6).
 */
export function challenge(
  deps: ServerDependencies,
  call: ChallengeCall,
  credentials: Credentials,
): Promise<Result<ChallengeResponse, Refusal>> {
  return onAnswerGrid(deps.settings.limits.answerGrid, async () => {
    const known = await deps.store.transaction(async (tx) => {
      const recognised = await recognise(tx, deps, call.recoveryId, credentials)
      if (!recognised.ok) return recognised
      const offered = await findOffer(tx, recognised.value, call.offerId, deps.now())
      if (!offered.ok) return offered
      const { kind } = offered.value
      const refused = isSentKind(kind)
        ? await refuseCodeEarly(tx, deps, recognised.value, offered.value, kind, call)
        : kind === 'push'
          ? await refusePushEarly(tx, deps, recognised.value, offered.value, call)
          : null
      return refused === null ? ok({ ...offered.value, recovery: recognised.value }) : err(refused)
    })
    if (!known.ok) return known
    const { kind, recovery } = known.value
    if (isSentKind(kind)) return sendCode(deps, recovery, call, credentials)
    if (isAuthenticatorKind(kind)) return askAuthenticator(deps, call, credentials)
    if (kind === 'push') return askForPush(deps, recovery, call, credentials)
    // Everything else is shown without having been asked for.
    return err({ code: 'wrong_state' })
  })
}
