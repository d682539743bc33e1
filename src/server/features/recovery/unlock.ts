import type { CommitResponse } from '../../../contract/recovery.ts'
import { err, ok, type Result } from '../../../contract/result.ts'
import type { ServerDependencies } from '../../domain/dependencies.ts'
import type { DirectoryFault } from '../../domain/ports/directory.ts'
import type { StoreTransaction } from '../../domain/ports/store.ts'
import { transition } from '../../domain/recovery-machine.ts'
import type { Refusal } from '../../domain/refusal.ts'
import { admit, type Credentials } from './admit.ts'
import { openWriterOf, type Writer } from './write-intent.ts'

/**
 * Lifts the lockout and changes no password. Doing it twice is like doing it once, so it needs no
 * journal: an intention without an outcome in the audit log says all there is to say.
 */
export async function unlock(
  deps: ServerDependencies,
  recoveryId: string,
  credentials: Credentials,
): Promise<Result<CommitResponse, Refusal>> {
  const { store, directory } = deps
  const intended = await store.transaction((tx) => intend(tx, deps, recoveryId, credentials))
  if (!intended.ok) return intended
  const { account, controller } = intended.value
  const unlocked = await directory.unlock(controller, account.accountId)
  if (!unlocked.ok) return err(await recordFailure(deps, intended.value, unlocked.error))
  return store.transaction((tx) => recordUnlocked(tx, deps, intended.value))
}

async function intend(
  tx: StoreTransaction,
  deps: ServerDependencies,
  recoveryId: string,
  credentials: Credentials,
): Promise<Result<Writer, Refusal>> {
  const now = deps.now()
  const writer = openWriterOf(await admit(tx, deps, recoveryId, credentials), now)
  if (!writer.ok) return writer
  const { recovery, account, controller } = writer.value
  const isResumed = recovery.state === 'committing'
  const { from, to } = transition(isResumed ? 'commit_resumed' : 'commit_intended')
  const patch = { commits: recovery.commits + 1 }
  if (!(await tx.recoveries.advance(recoveryId, from, to, patch, now))) {
    return err({ code: 'wrong_state' })
  }
  const fields = { recoveryId, accountId: account.accountId, controller }
  await tx.audit({ event: 'recovery.commit_intended', at: now, fields })
  return writer
}

async function recordUnlocked(
  tx: StoreTransaction,
  deps: ServerDependencies,
  { recovery, account, controller }: Writer,
): Promise<Result<CommitResponse, Refusal>> {
  const now = deps.now()
  const { accountId, accountName } = account
  const { from, to } = transition('unlocked')
  const isWanted = await tx.recoveries.advance(recovery.id, from, to)
  // Also when the recovery was given up meanwhile: the lockout is lifted all the same.
  const fields = { recoveryId: recovery.id, accountId, controller }
  await tx.audit({ event: 'recovery.unlocked', at: now, fields })
  const content = { template: 'account_unlocked', accountName, at: now } as const
  await deps.outbox.tellEverywhere(tx, account, content, now)
  if (!isWanted) return err({ code: 'wrong_state' })
  return ok({ mode: 'unlock', unlockedAt: new Date(now).toISOString() })
}

async function recordFailure(
  deps: ServerDependencies,
  { recovery, account, controller }: Writer,
  { code, detail }: DirectoryFault,
): Promise<Refusal> {
  const recoveryId = recovery.id
  deps.log.warn({ event: 'unlock_failed', code, detail, controller, recoveryId }, 'unlock failed')
  await deps.store.transaction(async (tx) => {
    const fields = { recoveryId, accountId: account.accountId, controller, code }
    await tx.audit({ event: 'recovery.commit_failed', at: deps.now(), fields })
    const { from, to } = transition('commit_refused')
    if (code !== 'unknown_outcome') await tx.recoveries.advance(recoveryId, from, to)
  })
  return { code: code === 'refused' ? 'directory_refused' : 'directory_unavailable' }
}
