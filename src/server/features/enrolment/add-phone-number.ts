import type { SmsEnrolment } from '../../../contract/enrolment.ts'
import { err, ok, type Result } from '../../../contract/result.ts'
import { checkSession, type NotValid } from '../../domain/check-session.ts'
import { reserveCodeOfAccount } from '../../domain/code-caps.ts'
import type { ServerDependencies } from '../../domain/dependencies.ts'
import type { MethodRecord } from '../../domain/ports/methods.ts'
import type { SessionRecord } from '../../domain/ports/sessions.ts'
import { type AddError, begin, beginAdding, refuseEarly, unconfirmed } from './add-method.ts'
import { enrolmentSubject } from './confirm-method.ts'

export type AddPhoneNumberError =
  | AddError
  | NotValid
  | { readonly code: 'invalid_request'; readonly fields: readonly string[] }
  | { readonly code: 'number_not_allowed' }
  | { readonly code: 'too_many_codes'; readonly retryAfterSeconds: number }

/** Begins with a telephone number: a code is on its way to it, and it counts when that has come back. */
export async function addPhoneNumber(
  deps: ServerDependencies,
  session: SessionRecord,
  typed: string,
  networkAddress: string,
): Promise<Result<SmsEnrolment, AddPhoneNumberError>> {
  const checked = await checkSession(deps, session)
  if (!checked.ok) return checked
  const read = deps.phoneNumbers.read(typed)
  if (!read.ok) return err(refusals[read.error.code])
  const { e164, prefix, readable } = read.value
  const now = deps.now()
  const { codeLifetime } = deps.settings.limits
  const receiver = { to: e164, prefix }
  const request = { kind: 'sms', accountId: session.accountId, receiver, networkAddress } as const
  const early = await refuseEarly(deps, checked.value, session, request, now)
  if (!early.ok) return early
  const code = deps.secrets.newCode()
  const codeHash = await deps.secrets.hashCode(code)
  const expiresAt = now + codeLifetime
  const label = deps.phoneNumbers.mask(read.value)
  const method = unconfirmed(deps, session, { kind: 'sms', label, secret: e164 }, now)
  return deps.store.transaction(async (tx) => {
    const begun = await beginAdding(checked.value, tx, session, 'sms', now)
    if (!begun.ok) return begun
    if (isOnFile(deps, begun.value.confirmed, e164)) return err({ code: 'already_enrolled' })
    const wait = await reserveCodeOfAccount(tx, deps, request, now)
    if (wait > 0) return err({ code: 'too_many_codes', retryAfterSeconds: wait })
    await begin(tx, session, method, now)
    await tx.challenges.put({ subject: enrolmentSubject(method.id), codeHash, expiresAt })
    const validMinutes = Math.round(codeLifetime / 60_000)
    const content = { template: 'confirm_address_code', code, validMinutes } as const
    await deps.outbox.put(tx, { to: [e164], channel: 'sms', content, now, expiresAt })
    const until = new Date(expiresAt).toISOString()
    return ok({ methodId: method.id, number: readable, expiresAt: until })
  })
}

const refusals = {
  malformed: { code: 'invalid_request', fields: ['number'] },
  not_allowed: { code: 'number_not_allowed' },
} as const

function isOnFile(
  deps: ServerDependencies,
  confirmed: readonly MethodRecord[],
  e164: string,
): boolean {
  return confirmed
    .filter(({ kind }) => kind === 'sms')
    .some((method) => deps.secrets.openMethodSecret(method) === e164)
}
