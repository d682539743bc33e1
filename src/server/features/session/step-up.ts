import type { Proof } from '../../../contract/methods.ts'
import { err, ok, type Result } from '../../../contract/result.ts'
import { checkSession, type NotValid } from '../../domain/check-session.ts'
import { isClosedMailbox } from '../../domain/closed-mailbox.ts'
import type { ServerDependencies } from '../../domain/dependencies.ts'
import { mustSuspend, secondsUntil } from '../../domain/limits.ts'
import { lockMethods } from '../../domain/lock-methods.ts'
import type { Match } from '../../domain/methods/verifier.ts'
import { verifyProof } from '../../domain/methods/verify.ts'
import { noteUse } from '../../domain/note-use.ts'
import type { Decision } from '../../domain/policy/decide.ts'
import type { MethodRecord } from '../../domain/ports/methods.ts'
import type { SessionRecord } from '../../domain/ports/sessions.ts'
import type { StoreTransaction } from '../../domain/ports/store.ts'
import { type ProofAttempt, refundAttempt, reserveAttempt } from '../../domain/proof-attempt.ts'
import { elevated } from '../../domain/session-rules.ts'
import { suspendMethod } from '../../domain/suspend-method.ts'
import type { OpenedSession } from './opened-session.ts'
import { challengeSubject, findForStepUp } from './step-up-method.ts'

export type StepUpError =
  | NotValid
  | { readonly code: 'not_found' | 'wrong_state' | 'proof_refused' }
  | { readonly code: 'too_many_attempts'; readonly retryAfterSeconds: number }

/**
 * Proves a method inside a session, which opens changes to methods for five minutes and gives the
 * session another token. Counted before it is compared, spent once.
 */
export async function stepUp(
  deps: ServerDependencies,
  session: SessionRecord,
  methodId: string,
  proof: Proof,
): Promise<Result<OpenedSession, StepUpError>> {
  const checked = await checkSession(deps, session)
  if (!checked.ok) return checked
  const { decision } = checked.value
  const { limits } = deps.settings
  const now = deps.now()
  const reserved = await deps.store.transaction(async (tx) => {
    const found = await findForStepUp(tx, session, methodId, decision, now)
    if (!found.ok) return found
    const method = found.value
    if (method.kind !== proof.kind) return err({ code: 'not_found' } as const)
    if (isClosedMailbox(deps.secrets, method, checked.value)) {
      return err({ code: 'wrong_state' } as const)
    }
    return ok({ method, attempt: await reserveAttempt(tx, method, limits, now) })
  })
  if (!reserved.ok) return reserved
  const { method, attempt } = reserved.value
  if (!attempt.allowed) {
    const retryAfterSeconds = secondsUntil(attempt.blockedUntil, now)
    return err({ code: 'too_many_attempts', retryAfterSeconds })
  }
  const subject = challengeSubject(session, methodId)
  const challenge = await deps.store.transaction((tx) => tx.challenges.find(subject, now))
  const decoy = deps.secrets.decoy(session.accountId)
  const evidence = { owner: session, methods: [method], challenge, wasReceived: true, decoy }
  const match = await verifyProof(deps, evidence, proof, now)
  const token = deps.secrets.newToken()
  const next = elevated(session, deps.secrets.hashToken(token), now)
  return deps.store.transaction(async (tx) => {
    await lockMethods(tx, session.accountId, now)
    if (match === null || !(await spend(deps, tx, session, decision, method, match, now))) {
      return refuse(deps, tx, session, attempt, method)
    }
    await refundAttempt(tx, attempt, now)
    if (!(await tx.sessions.rotate(session.tokenHash, next))) {
      return err({ code: 'session_required' })
    }
    const { accountId, accountName } = session
    const fields = { accountId, accountName, kind: method.kind }
    await tx.audit({ event: 'session.stepped_up', at: now, fields })
    return ok({ token, session: next })
  })
}

/**
 * SECURITY: the conditional write decides, not the comparison: one winner, and none once removed. Asked
 * before it, since the last code of a set takes the set out of use; nobody changes it in between.
 */
async function spend(
  deps: ServerDependencies,
  tx: StoreTransaction,
  session: SessionRecord,
  decision: Decision,
  method: MethodRecord,
  match: Match,
  now: number,
): Promise<boolean> {
  if (!(await findForStepUp(tx, session, method.id, decision, now)).ok) return false
  if (!(await match.spend(tx, now))) return false
  await tx.methods.touch(method.id, now)
  await noteUse(deps, tx, session, method.kind, now)
  return true
}

async function refuse(
  deps: ServerDependencies,
  tx: StoreTransaction,
  session: SessionRecord,
  attempt: ProofAttempt,
  method: MethodRecord,
): Promise<Result<never, StepUpError>> {
  const now = deps.now()
  const { accountId, accountName } = session
  const fields = { accountId, accountName, kind: method.kind }
  await tx.audit({ event: 'session.step_up_refused', at: now, fields })
  if (mustSuspend(attempt.inRow, deps.settings.limits)) {
    await suspendMethod(deps, tx, session, method, now)
  }
  return err({ code: 'proof_refused' })
}
