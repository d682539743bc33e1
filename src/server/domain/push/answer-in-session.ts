import type { PhoneAnswerResponse } from '../../../contract/push.ts'
import { err, ok, type Result } from '../../../contract/result.ts'
import type { ServerDependencies } from '../dependencies.ts'
import { mustSuspend, secondsUntil } from '../limits.ts'
import type { PushRequestRecord } from '../ports/push-requests.ts'
import type { SessionRecord } from '../ports/sessions.ts'
import type { StoreTransaction } from '../ports/store.ts'
import { refundAttempt, reserveAttempt } from '../proof-attempt.ts'
import type { Refusal } from '../refusal.ts'
import { isAlive } from '../session-rules.ts'
import { suspendMethod } from '../suspend-method.ts'
import type { Phone } from './admit-phone.ts'
import { recordDenial } from './record-denial.ts'

/** What a phone is asked for by a portal session: `session:<hash of its token>:<methodId>`. */
export function sessionPushSubject({ tokenHash }: Pick<SessionRecord, 'tokenHash'>): string {
  return `session:${tokenHash}:push`
}

/** Under which it is kept, for the session to collect, which phone has given the right number. */
function answeredSubject({ id }: Pick<PushRequestRecord, 'id'>): string {
  return `answered:${id}`
}

/**
 * The method that has given the right number, once; null when there is none. It may have been removed or
 * suspended since.
 */
export async function takeAnsweringMethod(
  tx: StoreTransaction,
  request: PushRequestRecord,
  now: number,
): Promise<string | null> {
  const subject = answeredSubject(request)
  const answered = await tx.challenges.find(subject, now)
  if (answered === null || !(await tx.pushRequests.advance(request.id, 'approved', 'used', now))) {
    return null
  }
  await tx.challenges.remove(subject)
  return answered.codeHash
}

/** The session that asks, while it lasts. A session that has another token is another one. */
export async function askingSession(
  tx: StoreTransaction,
  { subject }: PushRequestRecord,
  now: number,
): Promise<SessionRecord | null> {
  const [, tokenHash = ''] = subject.split(':')
  const session = await tx.sessions.find(tokenHash)
  return session !== null && isAlive(session, now) ? session : null
}

/**
 * The number that was typed on a phone for a portal session: counted like every proof of the account.
 * The session collects what it has proven by itself, once.
 */
export async function approveInSession(
  tx: StoreTransaction,
  deps: ServerDependencies,
  { method }: Phone,
  request: PushRequestRecord,
  number: string,
): Promise<Result<PhoneAnswerResponse, Refusal>> {
  const now = deps.now()
  const session = await askingSession(tx, request, now)
  if (session === null) return err({ code: 'wrong_state' })
  const attempt = await reserveAttempt(tx, method, deps.settings.limits, now)
  if (!attempt.allowed) {
    const retryAfterSeconds = secondsUntil(attempt.blockedUntil, now)
    return err({ code: 'too_many_attempts', retryAfterSeconds })
  }
  if (deps.secrets.equal(request.number, number)) {
    if (!(await tx.pushRequests.advance(request.id, 'pending', 'approved', now))) {
      return err({ code: 'wrong_state' })
    }
    const { expiresAt } = request
    const subject = answeredSubject(request)
    await tx.challenges.put({ subject, codeHash: method.id, expiresAt })
    await refundAttempt(tx, attempt, now)
    await tx.methods.touch(method.id, now)
    return ok({ outcome: 'approved' })
  }
  await tx.pushRequests.advance(request.id, 'pending', 'wrong', now)
  const { accountId, accountName } = session
  const fields = { accountId, accountName, kind: 'push' } as const
  await tx.audit({ event: 'session.step_up_refused', at: now, fields })
  if (mustSuspend(attempt.inRow, deps.settings.limits)) {
    await suspendMethod(deps, tx, session, method, now)
  }
  return ok({ outcome: 'wrong' })
}

/**
 * "This wasn't me": somebody else has signed in with the password. All sessions of the account end, and
 * its owner is told everywhere.
 */
export async function denyInSession(
  tx: StoreTransaction,
  deps: ServerDependencies,
  request: PushRequestRecord,
): Promise<Result<PhoneAnswerResponse, Refusal>> {
  const now = deps.now()
  const session = await askingSession(tx, request, now)
  await tx.pushRequests.advance(request.id, 'pending', 'denied', now)
  if (session === null) return ok({ outcome: 'denied' })
  await recordDenial(deps, tx, session, null, now)
  const { accountId, accountName } = session
  await tx.sessions.removeAll(accountId)
  const fields = { accountId, accountName, reason: 'push_denied' } as const
  await tx.audit({ event: 'session.ended', at: now, fields })
  return ok({ outcome: 'denied' })
}
