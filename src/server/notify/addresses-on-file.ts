import type { MethodRecord } from '../domain/ports/methods.ts'
import type { Secrets } from '../domain/ports/secrets.ts'

/**
 * Every address that is told about a change: the directory's, and each that was confirmed as a method
 * (NIST SP 800-63B-4 §4.6), each once.
 *
 * @param directoryMail - the account's `mail`
 * @param methods - unconfirmed ones are left out: whoever typed the address has not shown it is theirs
 */
export function addressesOnFile(
  secrets: Pick<Secrets, 'openMethodSecret'>,
  directoryMail: string | null,
  methods: readonly MethodRecord[],
): string[] {
  const confirmed = methods
    .filter(({ kind, confirmedAt }) => kind === 'email' && confirmedAt !== null)
    .map((method) => secrets.openMethodSecret(method))
  const byMailbox = new Map<string, string>()
  for (const address of [directoryMail, ...confirmed]) {
    if (address) byMailbox.set(address.toLowerCase(), address)
  }
  return [...byMailbox.values()]
}
