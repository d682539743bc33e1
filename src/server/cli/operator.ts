import { userInfo } from 'node:os'
import type { PassOperator } from '../domain/ports/passes.ts'
import type { OpenParts } from '../open-parts.ts'
import { complain } from './terminal.ts'

/**
 * Who gives this command. The user of this machine, behind `sudo` the one who called it; `named` says
 * which account of the directory that is, where the two are called differently.
 *
 * SECURITY: nobody is asked for a password here. Whoever may run commands on the server reads its master
 * key anyway; the record says which user of the machine it was, whatever `named` claims.
 *
 * @returns null when the directory knows no such account, which was said then
 */
export async function operatorFor(
  { dependencies: { directory } }: OpenParts,
  named: string | undefined,
): Promise<PassOperator | null> {
  const user = process.env.SUDO_USER ?? userInfo().username
  const name = named ?? user
  const found = await directory.resolve(name)
  if (!found.ok) {
    complain(`The directory cannot be asked: ${found.error.detail}`)
    return null
  }
  if (found.value === null) {
    complain(
      `Who are you? The directory knows no account ${name}. Name your own with --as ACCOUNT: nobody ` +
        'may issue a pass for themselves, or approve their own.',
    )
    return null
  }
  const { accountId, accountName } = found.value
  return { accountId, accountName, login: `cli:${user}` }
}
