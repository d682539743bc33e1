import type { RefusalReason } from '../../contract/problems.ts'
import { err, ok } from '../../contract/result.ts'
import {
  changePassword,
  type DirectoryConnection,
  type DirectoryError,
  explainRefusal,
  nameByGuid,
} from '../../directory/index.ts'
import type { AccountState, Agent } from '../domain/ports/directory.ts'
import { writeFault } from './faults.ts'

/** The agent account on a connection of its own. The directory applies its whole policy to it. */
export function agentOn(connection: DirectoryConnection, now: () => number): Agent {
  return {
    async changePassword(account, temporaryPassword, newPassword) {
      const dn = nameByGuid(account.accountId)
      const changed = await changePassword(connection, dn, temporaryPassword, newPassword)
      if (changed.ok) return ok(undefined)
      if (changed.error.code !== 'password_refused') return err(writeFault(changed.error))
      const reasons = reasonsOf(changed.error, account, newPassword, now())
      return err({ code: 'password_refused', reasons })
    },
  }
}

function reasonsOf(
  error: DirectoryError,
  account: AccountState,
  password: string,
  now: number,
): RefusalReason[] {
  return explainRefusal(error, account.rules, {
    password,
    sAMAccountName: account.accountName,
    displayName: account.displayName,
    // The temporary password must be changed, which lifts the minimum age.
    pwdLastSet: null,
    now,
  })
}
