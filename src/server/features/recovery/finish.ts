import type { CompleteResponse } from '../../../contract/recovery.ts'
import type { ServerDependencies } from '../../domain/dependencies.ts'
import { endSessions } from '../../domain/end-sessions.ts'
import type { StoreTransaction } from '../../domain/ports/store.ts'
import { transition } from '../../domain/recovery-machine.ts'
import type { Writer } from './write-intent.ts'

/**
 * Records that the domain controller shows the new password: state, journal, audit and the mails to
 * the user, all in one transaction.
 *
 * @param passwordLastSet - what the domain controller says, milliseconds since the epoch
 * @returns null when the recovery is not one that can be completed (any more)
 */
export async function finish(
  tx: StoreTransaction,
  deps: Pick<ServerDependencies, 'now' | 'outbox'>,
  { recovery, account }: Writer,
  mode: 'direct' | 'relay',
  passwordLastSet: number,
): Promise<CompleteResponse | null> {
  const now = deps.now()
  const { from, to } = transition('password_confirmed')
  if (!(await tx.recoveries.advance(recovery.id, from, to))) return null
  const { accountId, accountName } = account
  await tx.writes.close(accountId, recovery.id)
  const response = completed(passwordLastSet)
  const named = { recoveryId: recovery.id, accountId }
  const fields = { ...named, mode, passwordLastSet: response.passwordLastSet }
  await tx.audit({ event: 'recovery.completed', at: now, fields })
  await endSessions(tx, account, now)
  const content = { template: 'password_reset', accountName, at: now } as const
  await deps.outbox.tellEverywhere(tx, account, content, now)
  return response
}

export function completed(passwordLastSet: number): CompleteResponse {
  return { state: 'completed', passwordLastSet: new Date(passwordLastSet).toISOString() }
}
