import type { PhoneState } from '../../../contract/push.ts'
import type { ChallengeResponse } from '../../../contract/recovery.ts'
import { err, ok, type Result } from '../../../contract/result.ts'
import { checkSession } from '../../domain/check-session.ts'
import type { ServerDependencies } from '../../domain/dependencies.ts'
import { lockMethods } from '../../domain/lock-methods.ts'
import type { MethodRecord } from '../../domain/ports/methods.ts'
import type { PushRequestRecord } from '../../domain/ports/push-requests.ts'
import type { SessionRecord } from '../../domain/ports/sessions.ts'
import { sessionPushSubject, takeAnsweringMethod } from '../../domain/push/answer-in-session.ts'
import { askPhones, type Question } from '../../domain/push/ask-phones.ts'
import { countPushInSession } from '../../domain/push/push-caps.ts'
import { phoneStateOf } from '../../domain/push/state-of.ts'
import type { Refusal } from '../../domain/refusal.ts'
import { elevated } from '../../domain/session-rules.ts'
import type { OpenedSession } from './opened-session.ts'
import { findForStepUp } from './step-up-method.ts'

/** Shows a number to a signed-in user, and asks one of their phones for it. */
export async function askOwnPhone(
  deps: ServerDependencies,
  session: SessionRecord,
  method: MethodRecord,
  address: string,
): Promise<Result<ChallengeResponse, Refusal>> {
  const { accountId, accountName } = session
  const asked = await deps.store.transaction(async (tx) => {
    const now = deps.now()
    await lockMethods(tx, accountId, now)
    const full = await countPushInSession(tx, accountId, now)
    if (full !== null) return err(full)
    const question: Question = {
      ...{ accountId, address, recoveryId: null, offerId: null, purpose: 'methods' as const },
      subject: sessionPushSubject(session),
      // Whoever is signed in knows that there is an account, and is told openly.
      ...{ isAfterStrong: true, mayReach: true, methods: [method] },
    }
    const put = await askPhones(tx, deps, question, now)
    if (!put.ok) return put
    const fields = { accountId, accountName, kind: 'push' } as const
    await tx.audit({ event: 'session.challenged', at: now, fields })
    return put
  })
  if (!asked.ok) return asked
  const { number, phones } = asked.value
  const expiresAt = new Date(asked.value.expiresAt).toISOString()
  deps.push.knock(phones, { expiresAt })
  return ok({ kind: 'push', expiresAt, number })
}

export type PhoneStepUp =
  | { readonly state: Exclude<PhoneState, 'approved'> }
  | { readonly state: 'approved'; readonly opened: OpenedSession }

/**
 * What has become of the question. A right number opens changes to methods, once, and gives the session
 * another token.
 */
export async function stepUpByPhone(
  deps: ServerDependencies,
  session: SessionRecord,
): Promise<Result<PhoneStepUp, Refusal>> {
  // A page asks every few seconds: the directory is asked only when there is something to collect.
  const subject = sessionPushSubject(session)
  const asked = await deps.store.transaction((tx) => tx.pushRequests.latest(subject))
  if (asked === null) return err({ code: 'wrong_state' })
  const state = phoneStateOf(asked, deps.now())
  return state === 'approved' ? collect(deps, session, asked) : ok({ state })
}

/**
 * SECURITY: the phone that has answered may have been lost since, and the policy changed. What proves
 * nothing any more has not proven this either.
 */
async function collect(
  deps: ServerDependencies,
  session: SessionRecord,
  request: PushRequestRecord,
): Promise<Result<PhoneStepUp, Refusal>> {
  const checked = await checkSession(deps, session)
  if (!checked.ok) return checked
  const { decision } = checked.value
  const token = deps.secrets.newToken()
  return deps.store.transaction<Result<PhoneStepUp, Refusal>>(async (tx) => {
    const now = deps.now()
    const { accountId, accountName } = session
    await lockMethods(tx, accountId, now)
    const methodId = await takeAnsweringMethod(tx, request, now)
    if (methodId === null) return ok({ state: 'expired' })
    const found = await findForStepUp(tx, session, methodId, decision, now)
    if (!found.ok) return ok({ state: 'expired' })
    const next = elevated(session, deps.secrets.hashToken(token), now)
    if (!(await tx.sessions.rotate(session.tokenHash, next))) {
      return err({ code: 'session_required' })
    }
    const fields = { accountId, accountName, kind: 'push' } as const
    await tx.audit({ event: 'session.stepped_up', at: now, fields })
    return ok({ state: 'approved', opened: { token, session: next } })
  })
}
