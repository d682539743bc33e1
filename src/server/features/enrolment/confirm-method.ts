import { Proof } from '../../../contract/methods.ts'
import { err, ok, type Result } from '../../../contract/result.ts'
import { checkSession, type NotValid } from '../../domain/check-session.ts'
import type { ServerDependencies } from '../../domain/dependencies.ts'
import { secondsUntil } from '../../domain/limits.ts'
import { verifyProof } from '../../domain/methods/verify.ts'
import type { SessionRecord } from '../../domain/ports/sessions.ts'
import { refundAttempt, reserveAttempt } from '../../domain/proof-attempt.ts'
import { recordMethodChange } from '../../domain/record-method-change.ts'
import { elevated } from '../../domain/session-rules.ts'
import { retireOlderSets } from './add-recovery-codes.ts'
import { countIn } from './count-in.ts'
import { type NotOpen, openChanges } from './open-changes.ts'

export type ConfirmError =
  | NotOpen
  | NotValid
  | { readonly code: 'not_found' }
  | { readonly code: 'proof_refused'; readonly attemptsLeft: number }
  | { readonly code: 'too_many_attempts'; readonly retryAfterSeconds: number }

/** The session that goes on, under another token: it has just proven a method. */
export type Confirmed = { readonly token: string; readonly session: SessionRecord }

/** The code confirms this method, and nothing anywhere else. */
export function enrolmentSubject(methodId: string): string {
  return `enrol:${methodId}`
}

/** Turns a method that was begun into one that counts, by a code of it. Counted, compared, spent. */
export async function confirmMethod(
  deps: ServerDependencies,
  session: SessionRecord,
  methodId: string,
  code: string,
): Promise<Result<Confirmed, ConfirmError>> {
  const checked = await checkSession(deps, session)
  if (!checked.ok) return checked
  const now = deps.now()
  const reserved = await reserve(deps, session, methodId, now)
  if (!reserved.ok) return reserved
  const { method, attempt, attemptsLeft } = reserved.value
  const proof = Proof.safeParse({ kind: method.kind, code })
  // Of a kind that no code confirms.
  if (!proof.success) return err({ code: 'not_found' })
  const subject = enrolmentSubject(methodId)
  const challenge = await deps.store.transaction((tx) => tx.challenges.find(subject, now))
  const decoy = deps.secrets.decoy(session.accountId)
  const evidence = { owner: session, methods: [method], challenge, wasReceived: true, decoy }
  const match = await verifyProof(deps, evidence, proof.data, now)
  if (match === null) return err({ code: 'proof_refused', attemptsLeft })
  const token = deps.secrets.newToken()
  const next = elevated(session, deps.secrets.hashToken(token), now)
  return deps.store.transaction<Result<Confirmed, ConfirmError>>(async (tx) => {
    // Asked again: another session of the account may have changed something meanwhile.
    const open = await openChanges(tx, session, now)
    if (!open.ok) return open
    if (!open.value.pending.some(({ id }) => id === methodId)) return err({ code: 'not_found' })
    if (!(await match.spend(tx, now))) return err({ code: 'proof_refused', attemptsLeft })
    if (!(await countIn(tx, session, next, methodId, now))) return err({ code: 'session_required' })
    if (method.kind === 'recoveryCode') {
      await retireOlderSets(tx, session, open.value.confirmed, now)
    }
    await refundAttempt(tx, attempt, now)
    await recordMethodChange(deps, tx, 'added', session, method, now)
    return ok({ token, session: next })
  })
}

async function reserve(
  deps: ServerDependencies,
  session: SessionRecord,
  methodId: string,
  now: number,
) {
  const { limits } = deps.settings
  return deps.store.transaction(async (tx) => {
    const open = await openChanges(tx, session, now)
    if (!open.ok) return open
    const method = open.value.pending.find(({ id }) => id === methodId)
    if (method === undefined || now >= method.createdAt + limits.codeLifetime) {
      return err({ code: 'not_found' } as const)
    }
    const tries = await tx.limits.update(`enrol:${methodId}`, now, (current) => ({
      ...current,
      windowStart: now,
      count: current.count + 1,
    }))
    const attemptsLeft = limits.attemptsInRecovery - tries.count
    if (attemptsLeft < 0) return err({ code: 'not_found' } as const)
    const attempt = await reserveAttempt(tx, method, limits, now)
    if (!attempt.allowed) {
      const retryAfterSeconds = secondsUntil(attempt.blockedUntil, now)
      return err({ code: 'too_many_attempts', retryAfterSeconds } as const)
    }
    return ok({ method, attempt, attemptsLeft })
  })
}
