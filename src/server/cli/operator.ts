import { userInfo } from 'node:os'
import type { PassOperator } from '../domain/ports/passes.ts'
import type { OpenParts } from '../open-parts.ts'
import { complain } from './terminal.ts'

/** The user of this machine who gives a command: behind `sudo` the one who called it. */
export function loginName(): string {
  return process.env.SUDO_USER ?? userInfo().username
}

/**
 * Who gives this command: the user of this machine, behind `sudo` the one who called it. `named` says which
 * account of the directory that is, for users whom the directory does not know by that name.
 *
 * SECURITY: nobody is asked for a password here. So whoever the directory does know cannot be another one
 * by naming them; and whoever may be root here reads the master key anyway.
 *
 * @returns null when it is not clear who it is, which was said then
 */
export async function operatorFor(
  { dependencies: { directory } }: OpenParts,
  named: string | undefined,
): Promise<PassOperator | null> {
  const user = loginName()
  const own = await directory.resolve(user)
  const claimed = named === undefined ? own : await directory.resolve(named)
  if (!own.ok || !claimed.ok) {
    const fault = own.ok ? claimed : own
    complain(`The directory cannot be asked: ${fault.ok ? '' : fault.error.detail}`)
    return null
  }
  if (claimed.value === null) {
    complain(
      `Who are you? The directory knows no account ${named ?? user}. Name your own with --as ACCOUNT: ` +
        'nobody may issue a pass for themselves, or approve their own.',
    )
    return null
  }
  if (own.value !== null && own.value.accountId !== claimed.value.accountId) {
    complain(
      `You are ${own.value.accountName}: --as is for users whom the directory does not know.`,
    )
    return null
  }
  const { accountId, accountName } = claimed.value
  return { accountId, accountName, login: `cli:${user}` }
}
