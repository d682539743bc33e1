import { isAuthenticatorKind, isSentKind, type SentKind } from '../../../contract/method-kinds.ts'
import type { ChallengeResponse } from '../../../contract/recovery.ts'
import { err, ok, type Result } from '../../../contract/result.ts'
import { checkSession } from '../../domain/check-session.ts'
import { isClosedMailbox } from '../../domain/closed-mailbox.ts'
import {
  type Receiver,
  reserveCodeOfAccount,
  waitForCodeOfAccount,
} from '../../domain/code-caps.ts'
import type { ServerDependencies } from '../../domain/dependencies.ts'
import type { MethodRecord } from '../../domain/ports/methods.ts'
import type { SessionRecord } from '../../domain/ports/sessions.ts'
import type { Refusal } from '../../domain/refusal.ts'
import { askAuthenticator } from './step-up-authenticator.ts'
import { challengeSubject, findForStepUp } from './step-up-method.ts'
import { askOwnPhone } from './step-up-phone.ts'

type ChallengeError =
  | { readonly code: 'not_found' | 'wrong_state' }
  | { readonly code: 'too_many_codes'; readonly retryAfterSeconds: number }

/** Sends a code to a confirmed mail address or telephone number of the signed-in user. */
export async function challengeStepUp(
  deps: ServerDependencies,
  session: SessionRecord,
  methodId: string,
  networkAddress: string,
): Promise<Result<ChallengeResponse, ChallengeError | Refusal>> {
  const checked = await checkSession(deps, session)
  if (!checked.ok) return checked
  const { decision } = checked.value
  const now = deps.now()
  const { limits } = deps.settings
  const found = await deps.store.transaction((tx) =>
    findForStepUp(tx, session, methodId, decision, now),
  )
  if (!found.ok) return found
  const method = found.value
  if (isClosedMailbox(deps.secrets, method, checked.value)) return err({ code: 'wrong_state' })
  const { kind } = method
  if (isAuthenticatorKind(kind)) return askAuthenticator(deps, session, methodId, kind)
  if (kind === 'push') return askOwnPhone(deps, session, method, networkAddress)
  // An authenticator app shows its code by itself.
  if (!isSentKind(kind)) return err({ code: 'wrong_state' })
  const receiver = receiverOf(deps, kind, method)
  if (receiver === null) return err({ code: 'not_found' })
  const request = { kind, accountId: session.accountId, receiver, networkAddress }
  // Before the work of hashing one; counted below.
  const full = await deps.store.transaction((tx) => waitForCodeOfAccount(tx, deps, request, now))
  if (full > 0) return err({ code: 'too_many_codes', retryAfterSeconds: full })
  const code = deps.secrets.newCode()
  const codeHash = await deps.secrets.hashCode(code)
  const expiresAt = now + limits.codeLifetime
  return deps.store.transaction(async (tx) => {
    const wait = await reserveCodeOfAccount(tx, deps, request, now)
    if (wait > 0) return err({ code: 'too_many_codes', retryAfterSeconds: wait })
    await tx.challenges.put({ subject: challengeSubject(session, methodId), codeHash, expiresAt })
    const validMinutes = Math.round(limits.codeLifetime / 60_000)
    const content = { template: 'step_up_code', code, validMinutes } as const
    const channel = kind === 'sms' ? 'sms' : 'mail'
    await deps.outbox.put(tx, { to: [receiver.to], channel, content, now, expiresAt })
    const { accountId, accountName } = session
    const fields = { accountId, accountName, kind }
    await tx.audit({ event: 'session.challenged', at: now, fields })
    return ok({ kind, expiresAt: new Date(expiresAt).toISOString() })
  })
}

/** Null when it cannot be opened, or when the organisation does not send to that number any more. */
function receiverOf(
  { phoneNumbers, secrets }: Pick<ServerDependencies, 'phoneNumbers' | 'secrets'>,
  kind: SentKind,
  method: MethodRecord,
): Receiver | null {
  const stored = secrets.openMethodSecret(method)
  if (stored === null) return null
  if (kind === 'email') return { to: stored, prefix: null }
  const read = phoneNumbers.read(stored)
  return read.ok ? { to: read.value.e164, prefix: read.value.prefix } : null
}
