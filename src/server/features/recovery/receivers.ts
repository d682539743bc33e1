import { isSentKind, type MethodKind } from '../../../contract/method-kinds.ts'
import type { ServerDependencies } from '../../domain/dependencies.ts'
import type { MethodRecord } from '../../domain/ports/methods.ts'
import type { ResolvedAccount } from '../../domain/ports/recoveries.ts'
import { isUsable } from './identify.ts'

/**
 * Where a code may be sent: read from what the user enrolled and from the directory, never from the
 * request. Empty for a stranger, for whoever cannot be reached that way, and for kinds that send none.
 */
export function receiversOf(
  { secrets, settings }: Pick<ServerDependencies, 'secrets' | 'settings'>,
  kind: MethodKind,
  account: ResolvedAccount | null,
  methods: readonly MethodRecord[],
): string[] {
  if (!isSentKind(kind)) return []
  const enrolled = methods
    .filter((method) => method.kind === kind && isUsable(method))
    .map((method) => secrets.openMethodSecret(method))
    .filter((address) => address !== null)
  const isMail = kind === 'email'
  if (isMail && settings.policy.allowDirectoryMailbox && account?.mail) enrolled.push(account.mail)
  return [...new Set(enrolled)]
}
