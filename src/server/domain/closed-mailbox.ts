import { isSameMailbox } from './mailbox.ts'
import type { MethodRecord } from './ports/methods.ts'
import type { Secrets } from './ports/secrets.ts'

/** What is known of somebody's own mailbox, and whether it may serve them. */
export type OwnMailbox = {
  readonly decision: { readonly allowDirectoryMailbox: boolean }
  readonly mail: string | null
  readonly mailboxes: readonly string[]
}

/**
 * SECURITY: whether a method is the mailbox that the lost password opens, and the policy does not let it
 * serve. It may have been enrolled while the policy did.
 */
export function isClosedMailbox(
  secrets: Pick<Secrets, 'openMethodSecret'>,
  method: MethodRecord,
  { decision, mail, mailboxes }: OwnMailbox,
): boolean {
  if (method.kind !== 'email' || decision.allowDirectoryMailbox) return false
  const address = secrets.openMethodSecret(method)
  if (address === null) return false
  return [...mailboxes, ...(mail ? [mail] : [])].some((own) => isSameMailbox(own, address))
}
