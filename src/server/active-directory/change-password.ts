import type { RefusalReason } from '../../contract/problems.ts'
import { err, ok, type Result } from '../../contract/result.ts'
import {
  changePassword,
  type DirectoryError,
  type DirectoryPool,
  explainRefusal,
  nameByGuid,
} from '../../directory/index.ts'
import type { AccountState, DirectoryFault } from '../domain/ports/directory.ts'
import { writeFault } from './faults.ts'

type Refused = { code: 'password_refused'; reasons: RefusalReason[] }

/** The user's own change, as the agent account: the directory applies its whole policy. */
export async function changeAsAgent(
  agent: DirectoryPool,
  controller: string,
  account: AccountState,
  passwords: { readonly temporary: string; readonly chosen: string },
  now: number,
): Promise<Result<void, DirectoryFault | Refused>> {
  const changed = await agent.withConnection(
    (connection) =>
      changePassword(
        connection,
        nameByGuid(account.accountId),
        passwords.temporary,
        passwords.chosen,
      ),
    { controller },
  )
  if (changed.ok) return ok(undefined)
  if (changed.error.code !== 'password_refused') return err(writeFault(changed.error))
  return err({
    code: 'password_refused',
    reasons: reasonsOf(changed.error, account, passwords, now),
  })
}

function reasonsOf(
  error: DirectoryError,
  account: AccountState,
  passwords: { readonly chosen: string },
  now: number,
): RefusalReason[] {
  return explainRefusal(error, account.rules, {
    password: passwords.chosen,
    sAMAccountName: account.accountName,
    displayName: account.displayName,
    // The temporary password must be changed, which lifts the minimum age.
    pwdLastSet: null,
    now,
  })
}
