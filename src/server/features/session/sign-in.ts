import { err, ok, type Result } from '../../../contract/result.ts'
import type { ServerDependencies } from '../../domain/dependencies.ts'
import type { ResolvedAccount } from '../../domain/ports/recoveries.ts'
import type { StoreTransaction } from '../../domain/ports/store.ts'
import { sessionTimes } from '../../domain/session-rules.ts'
import type { OpenedSession } from './opened-session.ts'
import { type Admission, admit, refund, settle } from './sign-in-admission.ts'

export type SignInRequest = {
  readonly account: string
  readonly password: string
  /** Network address of the browser. */
  readonly address: string
  /** The session that the browser has so far, which ends with this one's beginning. */
  readonly replaces: string | null
}

export type SignInError =
  | { readonly code: 'sign_in_refused' | 'password_must_change' | 'directory_unavailable' }
  | { readonly code: 'too_many_attempts'; readonly retryAfterSeconds: number }

/**
 * Opens a session for whoever knows the directory password.
 *
 * Every try is counted before the directory is asked, by the name as typed and by the account that it
 * means. The first limit is told; the second is not, since only accounts that exist have one.
 */
export async function signIn(
  deps: ServerDependencies,
  request: SignInRequest,
): Promise<Result<OpenedSession, SignInError>> {
  // SECURITY: an empty password is an anonymous bind, which succeeds (RFC 4513 §5.1.2).
  if (request.password === '') return err({ code: 'sign_in_refused' })
  const resolved = await deps.directory.resolve(request.account)
  if (!resolved.ok) return unavailable(deps, resolved.error.detail)
  const admission = await admit(deps, request, resolved.value)
  if (!admission.ok) return admission
  const name = admission.value.asksDirectory ? request.account : nobody(deps)
  const answer = await deps.directory.signIn(name, request.password)
  if (!answer.ok) {
    await refund(deps, admission.value)
    return unavailable(deps, answer.error.detail)
  }
  const known = admission.value.asksDirectory ? answer.value : null
  if (known === null) return refuse(deps, request, resolved.value)
  if (known.passwordMustChange) {
    await deps.store.transaction(async (tx) => {
      await settle(tx, admission.value, deps.now())
      await recordRefusal(tx, deps, request, known.account.accountName, 'password_must_change')
    })
    return err({ code: 'password_must_change' })
  }
  return ok(await open(deps, request, known.account, admission.value))
}

/**
 * A name that no account has: the refusal takes as long as a real one, and counts nowhere in AD. Always
 * the same, since the directory's answer to a name is kept for a while.
 */
function nobody(deps: ServerDependencies): string {
  return deps.secrets.decoy('nobody').accountId
}

function unavailable(deps: ServerDependencies, detail: string) {
  deps.log.warn({ event: 'session.directory_unavailable', detail }, 'Nobody can sign in just now.')
  return err({ code: 'directory_unavailable' } as const)
}

async function refuse(
  deps: ServerDependencies,
  request: SignInRequest,
  resolved: ResolvedAccount | null,
) {
  // SECURITY: what was typed is recorded only when it is an account: people type passwords there too.
  const accountTyped = resolved === null ? '' : request.account
  const reason = resolved === null ? 'unknown_account' : 'refused'
  await deps.store.transaction((tx) => recordRefusal(tx, deps, request, accountTyped, reason))
  return err({ code: 'sign_in_refused' } as const)
}

/** The session that the browser had so far, perhaps somebody else's. */
async function close(tx: StoreTransaction, tokenHash: string, now: number): Promise<void> {
  const session = await tx.sessions.find(tokenHash)
  if (session === null || !(await tx.sessions.remove(tokenHash))) return
  const { accountId, accountName } = session
  await tx.audit({ event: 'session.closed', at: now, fields: { accountId, accountName } })
}

async function recordRefusal(
  tx: StoreTransaction,
  deps: ServerDependencies,
  { address }: SignInRequest,
  accountTyped: string,
  reason: 'unknown_account' | 'refused' | 'password_must_change',
): Promise<void> {
  const fields = { accountTyped, address, reason }
  await tx.audit({ event: 'session.refused', at: deps.now(), fields })
}

async function open(
  deps: ServerDependencies,
  request: SignInRequest,
  account: ResolvedAccount,
  admission: Admission,
): Promise<OpenedSession> {
  const now = deps.now()
  const token = deps.secrets.newToken()
  const session = {
    ...account,
    tokenHash: deps.secrets.hashToken(token),
    ...{ createdAt: now, lastSeenAt: now, expiresAt: now + sessionTimes.lifetime },
    steppedUpAt: null,
  }
  await deps.store.transaction(async (tx) => {
    await settle(tx, admission, now)
    if (request.replaces !== null) await close(tx, request.replaces, now)
    await tx.sessions.insert(session)
    const { accountId, accountName } = account
    const fields = { accountId, accountName, address: request.address }
    await tx.audit({ event: 'session.opened', at: now, fields })
  })
  return { token, session }
}
