import { err, ok, type Result } from '../../contract/result.ts'
import type { ServerDependencies } from './dependencies.ts'
import { type Decision, decide } from './policy/decide.ts'
import type { AccountState } from './ports/directory.ts'
import type { SessionRecord } from './ports/sessions.ts'

export type NotValid = { readonly code: 'session_required' | 'directory_unavailable' }

/** How an account stands now, and what the policy says of it. */
export type CheckedAccount = AccountState & { readonly decision: Decision }

/**
 * SECURITY: a session outlives the sign-in by hours. Before anything is changed the directory is asked
 * anew whether the account may still sign in, and with the password that it was opened with; if not,
 * the session is over.
 */
export async function checkSession(
  deps: ServerDependencies,
  session: SessionRecord,
): Promise<Result<CheckedAccount, NotValid>> {
  const read = await deps.directory.readAccount(session)
  if (!read.ok) {
    const { code, detail } = read.error
    deps.log.warn({ event: 'read_account_failed', code, detail }, 'a session cannot be checked')
    return err({ code: 'directory_unavailable' })
  }
  const reason = whyOver(session, read.value)
  if (reason === null) {
    const { document } = await deps.policies.latest()
    return ok({ ...read.value, decision: decide(document, read.value) })
  }
  const { accountId, accountName, tokenHash } = session
  await deps.store.transaction(async (tx) => {
    if (!(await tx.sessions.remove(tokenHash))) return
    const fields = { accountId, accountName, reason }
    await tx.audit({ event: 'session.ended', at: deps.now(), fields })
  })
  return err({ code: 'session_required' })
}

function whyOver(
  { createdAt }: SessionRecord,
  { maySignIn, password }: AccountState,
): 'not_allowed' | 'password_changed' | null {
  if (!maySignIn) return 'not_allowed'
  // Set anew, or to be set anew (0, or not readable): by whom, the directory does not say.
  const isSame = !password?.mustChange && (password?.pwdLastSet ?? createdAt + 1) <= createdAt
  return isSame ? null : 'password_changed'
}
