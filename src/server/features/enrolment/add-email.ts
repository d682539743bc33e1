import type { EmailEnrolment } from '../../../contract/enrolment.ts'
import { err, ok, type Result } from '../../../contract/result.ts'
import { type CheckedAccount, checkSession, type NotValid } from '../../domain/check-session.ts'
import { reserveCodeOfAccount } from '../../domain/code-caps.ts'
import type { ServerDependencies } from '../../domain/dependencies.ts'
import { isSameMailbox, maskAddress } from '../../domain/mailbox.ts'
import type { MethodRecord } from '../../domain/ports/methods.ts'
import type { SessionRecord } from '../../domain/ports/sessions.ts'
import { type AddError, begin, beginAdding, refuseEarly, unconfirmed } from './add-method.ts'
import { enrolmentSubject } from './confirm-method.ts'

export type AddEmailError =
  | AddError
  | NotValid
  | { readonly code: 'address_not_allowed' }
  | { readonly code: 'too_many_codes'; readonly retryAfterSeconds: number }

/** Begins with a mail address: a code is on its way to it, and it counts when that has come back. */
export async function addEmail(
  deps: ServerDependencies,
  session: SessionRecord,
  address: string,
  networkAddress: string,
): Promise<Result<EmailEnrolment, AddEmailError>> {
  const allowed = await mayReceiveCodes(deps, session, address)
  if (!allowed.ok) return allowed
  const now = deps.now()
  const { limits } = deps.settings
  const receiver = { to: address, prefix: null }
  const request = { kind: 'email', accountId: session.accountId, receiver, networkAddress } as const
  const early = await refuseEarly(deps, allowed.value, session, request, now)
  if (!early.ok) return early
  const code = deps.secrets.newCode()
  const codeHash = await deps.secrets.hashCode(code)
  const expiresAt = now + limits.codeLifetime
  const what = { kind: 'email', label: maskAddress(address), secret: address } as const
  const method = unconfirmed(deps, session, what, now)
  return deps.store.transaction(async (tx) => {
    const begun = await beginAdding(allowed.value, tx, session, 'email', now)
    if (!begun.ok) return begun
    if (isOnFile(deps, begun.value.confirmed, address)) return err({ code: 'already_enrolled' })
    const wait = await reserveCodeOfAccount(tx, deps, request, now)
    if (wait > 0) return err({ code: 'too_many_codes', retryAfterSeconds: wait })
    await begin(tx, session, method, now)
    await tx.challenges.put({ subject: enrolmentSubject(method.id), codeHash, expiresAt })
    const validMinutes = Math.round(limits.codeLifetime / 60_000)
    const content = { template: 'confirm_address_code', code, validMinutes } as const
    await deps.outbox.put(tx, { to: [address], content, now, expiresAt })
    return ok({ methodId: method.id, expiresAt: new Date(expiresAt).toISOString() })
  })
}

/**
 * SECURITY: the mailbox that the lost password opens cannot help to get that password back, and for
 * whoever has stolen the password it is open. The directory is asked anew, for all its addresses.
 */
async function mayReceiveCodes(
  deps: ServerDependencies,
  session: SessionRecord,
  address: string,
): Promise<Result<CheckedAccount, AddEmailError>> {
  const account = await checkSession(deps, session)
  if (!account.ok) return account
  const { decision, mailboxes } = account.value
  if (decision.allowDirectoryMailbox) return account
  const own = [...mailboxes, ...(session.mail ? [session.mail] : [])]
  const isOwn = own.some((mailbox) => isSameMailbox(mailbox, address))
  return isOwn ? err({ code: 'address_not_allowed' }) : account
}

function isOnFile(
  deps: ServerDependencies,
  confirmed: readonly MethodRecord[],
  address: string,
): boolean {
  return confirmed
    .filter(({ kind }) => kind === 'email')
    .map((method) => deps.secrets.openMethodSecret(method))
    .some((known) => known !== null && isSameMailbox(known, address))
}
