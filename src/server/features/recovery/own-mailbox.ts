import { mailboxOf } from '../../domain/mailbox.ts'
import type { RecoveringAccount } from '../../domain/ports/recoveries.ts'
import type { Secrets } from '../../domain/ports/secrets.ts'

/** Equal for any two addresses that are spelled for the same mailbox; says nothing else. */
export function blindMailbox(secrets: Pick<Secrets, 'blind'>, address: string): string {
  return secrets.blind('mailbox', mailboxOf(address))
}

/**
 * SECURITY: whether an address is closed to codes: the mailbox that the lost password opens, unless the
 * policy says that it may be used. It may have been enrolled while the policy said so.
 */
export function isClosedMailbox(
  secrets: Pick<Secrets, 'blind'>,
  account: RecoveringAccount | null,
  address: string,
): boolean {
  if (account?.decision?.allowDirectoryMailbox === true) return false
  const own = new Set(account?.ownMailboxes)
  // Also of a recovery that was begun by an older version.
  if (account?.mail) own.add(blindMailbox(secrets, account.mail))
  return own.has(blindMailbox(secrets, address))
}
