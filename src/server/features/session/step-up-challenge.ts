import { isAuthenticatorKind, isSentKind } from '../../../contract/method-kinds.ts'
import type { ChallengeResponse } from '../../../contract/recovery.ts'
import { err, ok, type Result } from '../../../contract/result.ts'
import { reserveCodeOfAccount } from '../../domain/code-caps.ts'
import type { ServerDependencies } from '../../domain/dependencies.ts'
import type { SessionRecord } from '../../domain/ports/sessions.ts'
import { askAuthenticator } from './step-up-authenticator.ts'
import { challengeSubject, findForStepUp } from './step-up-method.ts'

type ChallengeError =
  | { readonly code: 'not_found' | 'wrong_state' }
  | { readonly code: 'too_many_codes'; readonly retryAfterSeconds: number }

/** Mails a code to a confirmed address of the signed-in user. */
export async function challengeStepUp(
  deps: ServerDependencies,
  session: SessionRecord,
  methodId: string,
  networkAddress: string,
): Promise<Result<ChallengeResponse, ChallengeError>> {
  const now = deps.now()
  const { limits } = deps.settings
  const found = await deps.store.transaction((tx) => findForStepUp(tx, session, methodId, now))
  if (!found.ok) return found
  const method = found.value
  const { kind } = method
  if (isAuthenticatorKind(kind)) return askAuthenticator(deps, session, methodId, kind)
  // An authenticator app shows its code by itself.
  if (!isSentKind(kind)) return err({ code: 'wrong_state' })
  const mailbox = deps.secrets.openMethodSecret(method)
  if (mailbox === null) return err({ code: 'not_found' })
  const code = deps.secrets.newCode()
  const codeHash = await deps.secrets.hashCode(code)
  const expiresAt = now + limits.codeLifetime
  const keys = {
    accountId: session.accountId,
    mailbox: deps.secrets.blind('mailbox', mailbox),
    address: deps.secrets.blind('address', networkAddress),
  }
  return deps.store.transaction(async (tx) => {
    const wait = await reserveCodeOfAccount(tx, keys, limits, now)
    if (wait > 0) return err({ code: 'too_many_codes', retryAfterSeconds: wait })
    await tx.challenges.put({ subject: challengeSubject(session, methodId), codeHash, expiresAt })
    const validMinutes = Math.round(limits.codeLifetime / 60_000)
    const content = { template: 'step_up_code', code, validMinutes } as const
    await deps.outbox.put(tx, { to: [mailbox], content, now, expiresAt })
    const { accountId, accountName } = session
    const fields = { accountId, accountName, kind }
    await tx.audit({ event: 'session.challenged', at: now, fields })
    return ok({ kind, expiresAt: new Date(expiresAt).toISOString() })
  })
}
