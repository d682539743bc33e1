import { err, ok, type Result } from '../../../contract/result.ts'
import { secondsUntil } from '../../domain/limits.ts'
import type { Directory, PasswordState } from '../../domain/ports/directory.ts'
import type { RecoveryRecord, ResolvedAccount } from '../../domain/ports/recoveries.ts'
import type { StoreTransaction } from '../../domain/ports/store.ts'
import type { WriteRecord } from '../../domain/ports/writes.ts'
import { transition } from '../../domain/recovery-machine.ts'
import type { Refusal } from '../../domain/refusal.ts'
import { unknownUsn } from '../../domain/settle.ts'
import { checkOpen } from './admit.ts'

/** How long after its intention was recorded a write may begin; a process may be stopped in between. */
export const startsWithinMs = 5_000

/**
 * How long a write may take until somebody else may look what became of it (milliseconds). Longer than
 * every timeout on the way to the directory together, so that nothing is judged while it can still
 * happen.
 */
export function writeLease({ longestCall }: Pick<Directory, 'longestCall'>): number {
  return startsWithinMs + longestCall
}

/** A recovery that may write: planned, its account and controller known. */
export type Writer = {
  readonly recovery: RecoveryRecord
  readonly account: ResolvedAccount
  readonly controller: string
}

/** An open journal entry. */
export type Intent = {
  readonly writer: Writer
  readonly entry: WriteRecord
  /** What it replaced: an earlier write of this recovery, or of one that was given up. */
  readonly existing: WriteRecord | null
}

/** The parts that a write needs, or a refusal: the plan comes first. */
export function writerOf(recovery: RecoveryRecord): Result<Writer, Refusal> {
  const { account, controller } = recovery
  if (account === null || controller === null) return err({ code: 'wrong_state' })
  return ok({ recovery, account, controller })
}

/**
 * The writer, while the recovery is open. Closed is told first: whoever comes too late must start
 * again, whatever was or was not planned.
 *
 * @param known - what `admit` or `recognise` said
 */
export function openWriterOf(
  known: Result<RecoveryRecord, Refusal>,
  now: number,
): Result<Writer, Refusal> {
  if (!known.ok) return known
  const closed = checkOpen(known.value, now)
  return closed ? err(closed) : writerOf(known.value)
}

/**
 * Opens the journal before the directory is asked, in one transaction with the state and the audit
 * entry: whatever happens afterwards can be explained, and settled.
 *
 * @param before - read from the controller just now
 * @param most - how often one recovery may do this
 * @param lease - see `writeLease`
 */
export async function recordIntent(
  tx: StoreTransaction,
  writer: Writer,
  before: PasswordState,
  most: number,
  now: number,
  lease: number,
): Promise<Result<Intent, Refusal>> {
  const { recovery, account, controller } = writer
  const { accountId, accountName } = account
  const recoveryId = recovery.id
  if (recovery.commits >= most) return err({ code: 'too_many_attempts' })
  const existing = await tx.writes.find(accountId)
  const leaseUntil = now + lease
  const busy = err({
    code: 'write_in_progress',
    retryAfterSeconds: secondsUntil(existing?.leaseUntil ?? now, now),
  } as const)
  const isResumed = recovery.state === 'committing'
  if (existing !== null && existing.recoveryId !== recoveryId && existing.step === 'set') {
    await supersede(tx, existing, now)
  }
  const entry: WriteRecord = {
    ...{ accountId, recoveryId, accountName, controller },
    step: 'intended',
    ...marksBefore(existing, controller, before),
    passwordWrite: null,
    startedAt: now,
    leaseUntil,
  }
  // A temporary password of this recovery may be replaced at once. Any other lease is of somebody at
  // work: a commit without answer, or a sweeper.
  const heldUntil = recovery.state === 'committed' ? recovery.expiresAt : undefined
  if (!(await tx.writes.open(entry, now, heldUntil))) return busy
  const { from, to } = transition(isResumed ? 'commit_resumed' : 'commit_intended')
  const patch = { commits: recovery.commits + 1 }
  if (!(await tx.recoveries.advance(recoveryId, from, to, patch, now))) {
    // Another request of this recovery was faster; rolling back keeps its journal entry as it is.
    throw new LostRaceError()
  }
  const fields = { recoveryId, accountId, controller }
  await tx.audit({ event: 'recovery.commit_intended', at: now, fields })
  return ok({ writer, entry, existing })
}

/** Marks of the first write stay: what it left behind must not be taken for the state before it. */
function marksBefore(
  existing: WriteRecord | null,
  controller: string,
  before: PasswordState,
): Pick<WriteRecord, 'usnBefore' | 'pwdLastSetBefore'> {
  if (existing === null) return { usnBefore: before.usn, pwdLastSetBefore: before.pwdLastSet }
  const { pwdLastSetBefore } = existing
  const usnBefore = existing.controller === controller ? existing.usnBefore : unknownUsn
  return { usnBefore, pwdLastSetBefore }
}

/** Undoes a transaction that turned out to come second. */
export class LostRaceError extends Error {}

/** Runs a transaction whose loss of a race is an answer like any other. */
export async function orLostRace<T>(
  work: Promise<Result<T, Refusal>>,
): Promise<Result<T, Refusal>> {
  try {
    return await work
  } catch (error) {
    if (error instanceof LostRaceError) return err({ code: 'wrong_state' })
    throw error
  }
}

/**
 * The same person has proven everything anew while an older recovery has a temporary password in
 * place: the newer one goes on, and the older one is given up.
 */
async function supersede(tx: StoreTransaction, older: WriteRecord, now: number): Promise<void> {
  const { accountId, recoveryId } = older
  const { from, to } = transition('abandon')
  if (await tx.recoveries.advance(recoveryId, from, to)) {
    await tx.audit({ event: 'recovery.abandoned', at: now, fields: { recoveryId, accountId } })
  }
  // Not when its time is over and a sweeper is at work on it.
  const expiresAt = (await tx.recoveries.find(recoveryId))?.expiresAt
  if (expiresAt !== undefined) await tx.writes.release(accountId, recoveryId, now, expiresAt)
}
