import type { ServerDependencies } from '../../domain/dependencies.ts'
import { type Decision, decide } from '../../domain/policy/decide.ts'
import type { AccountState } from '../../domain/ports/directory.ts'
import type { SessionRecord } from '../../domain/ports/sessions.ts'

/**
 * What the policy asks of a signed-in user, to be shown. With no domain controller in reach their groups
 * are not known: then it is what holds for everybody at their place in the tree, since nothing is
 * decided by it.
 */
export async function ownDecision(
  { directory, log, policies }: Pick<ServerDependencies, 'directory' | 'log' | 'policies'>,
  session: SessionRecord,
): Promise<
  { readonly decision: Decision } & Pick<
    AccountState,
    'ineligible' | 'mail' | 'mailboxes' | 'mobile'
  >
> {
  const { document } = await policies.current()
  const read = await directory.readAccount(session)
  if (read.ok) {
    const { ineligible, mail, mailboxes, mobile } = read.value
    return { decision: decide(document, read.value), ineligible, mail, mailboxes, mobile }
  }
  const { code, detail } = read.error
  log.warn({ event: 'read_account_failed', code, detail }, 'the groups of a user are not known')
  const { dn, mail } = session
  const decision = decide(document, { sid: '', groupSids: [], dn })
  return { decision, ineligible: null, mail, mailboxes: [], mobile: null }
}
