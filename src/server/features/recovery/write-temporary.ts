import { err, ok, type Result } from '../../../contract/result.ts'
import type { ServerDependencies } from '../../domain/dependencies.ts'
import type { DirectoryFault, PasswordState } from '../../domain/ports/directory.ts'
import type { StoreTransaction } from '../../domain/ports/store.ts'
import type { WriteRecord } from '../../domain/ports/writes.ts'
import { transition } from '../../domain/recovery-machine.ts'
import type { Refusal } from '../../domain/refusal.ts'
import { admit, type Credentials } from './admit.ts'
import {
  type Intent,
  openWriterOf,
  orLostRace,
  recordIntent,
  startsWithinMs,
  type Writer,
  writeLease,
} from './write-intent.ts'

export type TemporarySet = {
  readonly writer: Writer
  /** The journal entry, as it was opened for this write. */
  readonly entry: WriteRecord
  /** Kept nowhere: only in the memory of this one request. */
  readonly temporaryPassword: string
}

export type TemporaryCall = {
  readonly recoveryId: string
  readonly credentials: Credentials
  /** What must have been planned. */
  readonly mode: 'direct' | 'relay'
  readonly controller: string
  /** Read from that controller just now; null when it may not be read. */
  readonly before: PasswordState | null
  /** How often one recovery may do this. */
  readonly most: number
  /** More to be spent in the transaction that opens the journal. */
  readonly spend?: (tx: StoreTransaction) => Promise<Refusal | null>
}

/**
 * Sets a temporary password: journal first, then one modify on the planned controller, then what came
 * of it. The three steps are separate, so that whatever dies between them leaves a record.
 */
export async function setTemporary(
  deps: ServerDependencies,
  call: TemporaryCall,
): Promise<Result<TemporarySet, Refusal>> {
  const { recoveryId, credentials, before, controller } = call
  if (before === null) {
    // Without it nobody could tell afterwards whether anything was written.
    const fault = {
      code: 'refused',
      detail: `pwdLastSet may not be read on ${controller}`,
    } as const
    return err(readRefusal(deps, recoveryId, fault))
  }
  const lease = writeLease(deps.directory)
  const intended = await orLostRace(
    deps.store.transaction(async (tx) => {
      const now = deps.now()
      const writer = openWriterOf(await admit(tx, deps, recoveryId, credentials), now)
      if (!writer.ok) return writer
      const { mode } = writer.value.recovery
      // Planned anew meanwhile: what was read does not belong to it.
      if (mode !== call.mode || writer.value.controller !== controller) {
        return err({ code: 'wrong_state' })
      }
      const refused = await call.spend?.(tx)
      if (refused) return err(refused)
      return recordIntent(tx, writer.value, before, call.most, now, lease)
    }),
  )
  if (!intended.ok) return intended
  return write(deps, intended.value)
}

async function write(
  deps: ServerDependencies,
  intent: Intent,
): Promise<Result<TemporarySet, Refusal>> {
  const { entry, writer } = intent
  // A process that was stopped in between must not write what the sweeper has already judged.
  if (deps.now() > entry.startedAt + startsWithinMs) return err({ code: 'directory_unavailable' })
  const temporaryPassword = deps.secrets.newTemporaryPassword()
  const { controller, accountId } = entry
  const set = await deps.directory.setTemporaryPassword(controller, accountId, temporaryPassword)
  if (!set.ok) return err(await recordFailure(deps, intent, set.error))
  const recorded = await deps.store.transaction((tx) =>
    recordSet(tx, deps, intent, set.value.passwordWrite),
  )
  return recorded
    ? ok({ writer, entry: { ...entry, passwordWrite: set.value.passwordWrite }, temporaryPassword })
    : err({ code: 'wrong_state' })
}

/**
 * @returns false when the recovery was given up while the directory was being asked. Nobody gets the
 *   temporary password then, and the sweeper replaces it.
 */
async function recordSet(
  tx: StoreTransaction,
  deps: ServerDependencies,
  { writer: { recovery, account, controller }, entry }: Intent,
  passwordWrite: string | null,
): Promise<boolean> {
  const now = deps.now()
  const recoveryId = recovery.id
  const { accountId } = account
  const { from, to } = transition('commit_confirmed')
  const isWanted = await tx.recoveries.advance(recoveryId, from, to)
  const leaseUntil = isWanted ? recovery.expiresAt : now
  const isOpen = await tx.writes.markSet(accountId, recoveryId, leaseUntil, passwordWrite)
  // Somebody judged the entry while this process was asleep: what it wrote since must be swept too.
  if (!isOpen) await tx.writes.open({ ...entry, step: 'set', leaseUntil, passwordWrite }, now)
  const fields = { recoveryId, accountId, controller }
  await tx.audit({ event: 'recovery.committed', at: now, fields })
  return isWanted
}

async function recordFailure(
  deps: ServerDependencies,
  intent: Intent,
  { code, detail }: DirectoryFault,
): Promise<Refusal> {
  const { recovery, account, controller } = intent.writer
  const recoveryId = recovery.id
  const lease = writeLease(deps.directory)
  deps.log.warn({ event: 'commit_failed', code, detail, controller, recoveryId }, 'commit failed')
  await deps.store.transaction(async (tx) => {
    const now = deps.now()
    const fields = { recoveryId, accountId: account.accountId, controller, code }
    await tx.audit({ event: 'recovery.commit_failed', at: now, fields })
    // Without an answer nobody knows: the entry stays open, and the sweeper finds out.
    if (code === 'unknown_outcome') await keepOpen(tx, intent.entry, now, lease)
    else await stepBack(tx, intent, now)
  })
  if (code === 'refused') return { code: 'directory_refused' }
  const retryAfterSeconds = code === 'unknown_outcome' ? Math.ceil(lease / 1000) : 5
  return { code: 'directory_unavailable', retryAfterSeconds }
}

/**
 * The lease was too short, or this process was stopped: somebody may have judged the entry before the
 * write arrived, or be about to. What they found out says nothing any more.
 */
async function keepOpen(
  tx: StoreTransaction,
  entry: WriteRecord,
  now: number,
  lease: number,
): Promise<void> {
  if (now < entry.leaseUntil) return
  const current = await tx.writes.find(entry.accountId)
  // A newer write of the account is judged with this one, at its own time.
  if (current !== null && current.startedAt !== entry.startedAt) return
  await tx.writes.open({ ...entry, leaseUntil: now + lease }, now, current?.leaseUntil)
}

/** The directory has plainly not written this time. An earlier write may still be in place. */
async function stepBack(
  tx: StoreTransaction,
  { writer: { recovery, account }, existing, entry }: Intent,
  now: number,
): Promise<void> {
  const { accountId } = account
  const passwordWrite = existing?.passwordWrite ?? null
  if (recovery.state === 'committed') {
    const { from, to } = transition('another_commit_refused')
    await tx.recoveries.advance(recovery.id, from, to)
    await tx.writes.markSet(accountId, recovery.id, recovery.expiresAt, passwordWrite)
    return
  }
  if (existing === null) await tx.writes.close(accountId, recovery.id)
  else await tx.writes.open({ ...entry, passwordWrite, leaseUntil: now }, now, entry.leaseUntil)
  if (recovery.state !== 'planned') return
  const { from, to } = transition('commit_refused')
  await tx.recoveries.advance(recovery.id, from, to)
}

/** What the caller is told when the state of the password could not be read. */
export function readRefusal(
  { log }: Pick<ServerDependencies, 'log'>,
  recoveryId: string,
  { code, detail }: DirectoryFault,
): Refusal {
  log.warn({ event: 'read_password_state_failed', code, detail, recoveryId }, 'cannot read')
  return { code: code === 'refused' ? 'directory_refused' : 'directory_unavailable' }
}
