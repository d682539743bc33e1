import { isAuthenticatorKind } from '../../../contract/method-kinds.ts'
import { err, ok, type Result } from '../../../contract/result.ts'
import { attachmentOf, type RegistrationResponse } from '../../../contract/web-authn.ts'
import { checkSession, type NotValid } from '../../domain/check-session.ts'
import type { ServerDependencies } from '../../domain/dependencies.ts'
import type { Decision } from '../../domain/policy/decide.ts'
import type { MethodRecord } from '../../domain/ports/methods.ts'
import type { SessionRecord } from '../../domain/ports/sessions.ts'
import type { NewCredential, WebAuthnFault } from '../../domain/ports/web-authn.ts'
import { recordMethodChange } from '../../domain/record-method-change.ts'
import { elevated } from '../../domain/session-rules.ts'
import { type Confirmed, enrolmentSubject } from './confirm-method.ts'
import { countIn } from './count-in.ts'
import { type NotOpen, openChanges } from './open-changes.ts'

type ConfirmError =
  | NotOpen
  | NotValid
  | {
      readonly code:
        | 'already_enrolled'
        | 'authenticator_not_allowed'
        | 'not_found'
        | 'proof_refused'
    }

/** Turns an authenticator that was begun with into one that counts. Its challenge is spent. */
export async function confirmAuthenticator(
  deps: ServerDependencies,
  session: SessionRecord,
  methodId: string,
  response: RegistrationResponse,
): Promise<Result<Confirmed, ConfirmError>> {
  const checked = await checkSession(deps, session)
  if (!checked.ok) return checked
  const now = deps.now()
  const subject = enrolmentSubject(methodId)
  const found = await deps.store.transaction(async (tx) => {
    const open = await openChanges(tx, session, now)
    if (!open.ok) return open
    const method = open.value.pending.find(({ id }) => id === methodId)
    const challenge = await tx.challenges.find(subject, now)
    const isBegun = method !== undefined && isAuthenticatorKind(method.kind) && challenge !== null
    return isBegun ? ok({ method, challenge }) : err({ code: 'not_found' } as const)
  })
  if (!found.ok) return found
  const { method, challenge } = found.value
  if (!isOfKind(method, response)) {
    deps.log.info({ event: 'authenticator_refused', code: 'attachment' }, 'not registered')
    return err({ code: 'proof_refused' })
  }
  const registered = await register(deps, response, challenge.codeHash, checked.value.decision)
  if (!registered.ok) return registered
  const credential = credentialOf(deps, method, registered.value)
  if (credential === null) return err({ code: 'not_found' })
  const token = deps.secrets.newToken()
  const next = elevated(session, deps.secrets.hashToken(token), now)
  return deps.store.transaction<Result<Confirmed, ConfirmError>>(async (tx) => {
    // Asked again: another session of the account may have changed something meanwhile.
    const open = await openChanges(tx, session, now)
    if (!open.ok) return open
    if (!open.value.pending.some(({ id }) => id === methodId)) return err({ code: 'not_found' })
    const isFirst = await tx.challenges.spend(subject, challenge.codeHash, now)
    if (!isFirst) return err({ code: 'not_found' })
    // WebAuthn L3 §7.1 step 26.
    if (!(await tx.credentials.insert(credential))) return err({ code: 'already_enrolled' })
    if (!(await countIn(tx, session, next, methodId, now))) return err({ code: 'session_required' })
    await recordMethodChange(deps, tx, 'added', session, method, now)
    return ok({ token, session: next })
  })
}

const aboutModels: readonly WebAuthnFault[] = [
  'attestation',
  'attestation_format',
  'model_not_allowed',
]

/**
 * SECURITY: what the browser tells of where an authenticator lives has to fit, lest one that was
 * registered by mistake under both kinds counts as two. Nobody signs that, so it holds back mistakes only.
 */
function isOfKind({ kind }: MethodRecord, { authenticatorAttachment: told }: RegistrationResponse) {
  return told === undefined || (isAuthenticatorKind(kind) && told === attachmentOf[kind])
}

async function register(
  { log, webAuthn }: ServerDependencies,
  response: RegistrationResponse,
  challengeHash: string,
  { allowedAaguids }: Decision,
): Promise<Result<NewCredential, ConfirmError>> {
  const verified = await webAuthn.verifyRegistration(response, challengeHash, allowedAaguids)
  if (verified.ok) return verified
  log.info({ event: 'authenticator_refused', code: verified.error }, 'not registered')
  const isAboutModel = allowedAaguids !== null && aboutModels.includes(verified.error)
  return err({ code: isAboutModel ? 'authenticator_not_allowed' : 'proof_refused' })
}

/** Null when the handle that was given out cannot be read any more: another master key. */
function credentialOf(
  { secrets }: ServerDependencies,
  method: MethodRecord,
  registered: NewCredential,
) {
  const userHandle = secrets.openMethodSecret(method)
  const { id: methodId, accountId } = method
  return userHandle === null ? null : { ...registered, methodId, accountId, userHandle }
}
