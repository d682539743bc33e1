import type { ServerDependencies } from '../../domain/dependencies.ts'
import type { MethodRecord } from '../../domain/ports/methods.ts'
import type { ResolvedAccount } from '../../domain/ports/recoveries.ts'
import { isUsable } from './identify.ts'

/**
 * Where a code may be sent: read from what the user enrolled and from the directory, never from the
 * request. Empty for a stranger, and for whoever has no mailbox to be reached at.
 */
export function mailboxesOf(
  { secrets, settings }: Pick<ServerDependencies, 'secrets' | 'settings'>,
  account: ResolvedAccount | null,
  methods: readonly MethodRecord[],
): string[] {
  const enrolled = methods
    .filter((method) => method.kind === 'email' && isUsable(method))
    .map((method) => secrets.openMethodSecret(method))
    .filter((address) => address !== null)
  if (settings.policy.allowDirectoryMailbox && account?.mail) enrolled.push(account.mail)
  return [...new Set(enrolled)]
}
