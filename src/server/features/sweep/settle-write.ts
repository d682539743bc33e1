import type { ServerDependencies } from '../../domain/dependencies.ts'
import { endSessions } from '../../domain/end-sessions.ts'
import type { DirectoryFault, PasswordState } from '../../domain/ports/directory.ts'
import type { RecoveryRecord } from '../../domain/ports/recoveries.ts'
import type { StoreTransaction } from '../../domain/ports/store.ts'
import type { WriteRecord } from '../../domain/ports/writes.ts'
import { transition } from '../../domain/recovery-machine.ts'
import { judgeWrite } from '../../domain/settle.ts'

type Ended =
  | { readonly event: 'sweep.scrambled'; readonly template: 'start_again' }
  | { readonly event: 'sweep.replaced'; readonly template: 'replaced_by_other' }

/** How long a process may be stopped between reading and writing (milliseconds). */
const startsWithinMs = 5_000

export type Settled = 'not_applied' | 'confirmed' | 'replaced' | 'scrambled' | 'later' | 'taken'

/**
 * Finds out what became of a write that nobody is at work on any more, and puts it right: the user is
 * never left with a password that somebody else might know, and every end is recorded.
 *
 * @returns `later` when the domain controller cannot be asked now: the entry stays open
 */
export async function settleWrite(deps: ServerDependencies, lapsed: WriteRecord): Promise<Settled> {
  const { directory, store } = deps
  const { accountId, recoveryId, controller } = lapsed
  // While one replica settles an entry, by a read and a write, the others leave it alone.
  const leaseUntil = deps.now() + 2 * directory.longestCall + startsWithinMs
  const isOurs = await store.transaction((tx) =>
    tx.writes.claim(accountId, recoveryId, deps.now(), leaseUntil),
  )
  if (!isOurs) return 'taken'
  const entry = { ...lapsed, leaseUntil }
  const after = await directory.readPasswordState(controller, accountId)
  if (!after.ok) {
    // Nothing was sent, so nobody has to wait: the owner may start again on another controller.
    await store.transaction((tx) =>
      tx.writes.release(accountId, recoveryId, deps.now(), leaseUntil),
    )
    return postpone(deps, entry, after.error)
  }
  const verdict = judgeWrite(entry, after.value)
  if (verdict === 'not_applied') return recordNotApplied(deps, entry)
  if (verdict === 'replaced') return recordReplaced(deps, entry)
  if (verdict === 'changed') return recordConfirmed(deps, entry, after.value)
  // A process that was stopped in between must not write over what somebody has chosen since.
  if (deps.now() > leaseUntil - directory.longestCall) return 'later'
  // SECURITY: nobody learns this value; it only takes the place of one that somebody was told.
  const another = deps.secrets.newTemporaryPassword()
  const scrambled = await directory.setTemporaryPassword(controller, accountId, another)
  if (!scrambled.ok) return postpone(deps, entry, scrambled.error)
  return recordScrambled(deps, entry)
}

function postpone(
  { log }: ServerDependencies,
  { controller, recoveryId }: WriteRecord,
  { code, detail }: DirectoryFault,
): Settled {
  const fields = { event: 'sweep_postponed', code, detail, controller, recoveryId }
  log.warn(fields, 'a journal entry cannot be settled now; it stays open and is tried again')
  return 'later'
}

async function recordNotApplied(deps: ServerDependencies, entry: WriteRecord): Promise<Settled> {
  return settle(deps, entry, 'not_applied', async (tx, now, named) => {
    const { controller, recoveryId } = entry
    await tx.audit({ event: 'sweep.not_applied', at: now, fields: { ...named, controller } })
    // Still alive: the helper may commit again.
    const { from, to } = transition('commit_refused')
    await tx.recoveries.advance(recoveryId, from, to)
  })
}

async function recordConfirmed(
  deps: ServerDependencies,
  entry: WriteRecord,
  { pwdLastSet }: PasswordState,
): Promise<Settled> {
  return settle(deps, entry, 'confirmed', async (tx, now, named) => {
    const { accountId, accountName, controller, recoveryId } = entry
    const passwordLastSet = new Date(pwdLastSet ?? now).toISOString()
    const fields = { ...named, controller, passwordLastSet }
    await tx.audit({ event: 'sweep.confirmed', at: now, fields })
    await endSessions(tx, entry, now)
    const { from, to } = transition('password_confirmed')
    await tx.recoveries.advance(recoveryId, from, to)
    const content = { template: 'password_reset', accountName, at: now } as const
    const mail = mailOf(await tx.recoveries.find(recoveryId))
    await deps.outbox.tellEverywhere(tx, { accountId, mail }, content, now)
  })
}

async function recordReplaced(deps: ServerDependencies, entry: WriteRecord): Promise<Settled> {
  const ended = { event: 'sweep.replaced', template: 'replaced_by_other' } as const
  return settle(deps, entry, 'replaced', (tx) => recordEnded(tx, deps, entry, ended))
}

async function recordScrambled(deps: ServerDependencies, entry: WriteRecord): Promise<Settled> {
  const ended = { event: 'sweep.scrambled', template: 'start_again' } as const
  return settle(deps, entry, 'scrambled', (tx) => recordEnded(tx, deps, entry, ended))
}

/** The temporary password is gone: replaced by us, or by somebody else. */
async function recordEnded(
  tx: StoreTransaction,
  { now, outbox }: ServerDependencies,
  { accountId, accountName, controller, recoveryId }: WriteRecord,
  { event, template }: Ended,
): Promise<void> {
  const at = now()
  await tx.audit({ event, at, fields: { recoveryId, accountId, controller } })
  // A recovery that is still alive plans anew; a temporary password of it is of no use any more.
  const { from, to } = transition('commit_refused')
  await tx.recoveries.advance(recoveryId, from, to)
  const mail = mailOf(await tx.recoveries.find(recoveryId))
  await outbox.tellEverywhere(tx, { accountId, mail }, { template, accountName, at }, at)
}

/**
 * Closes the entry and records why, in one transaction; `taken` when somebody else was faster, or has
 * taken the entry over since it was claimed: what was found out says nothing about that write.
 */
async function settle(
  deps: ServerDependencies,
  { accountId, recoveryId, leaseUntil }: WriteRecord,
  outcome: Settled,
  record: (
    tx: StoreTransaction,
    now: number,
    named: { recoveryId: string; accountId: string },
  ) => Promise<void>,
): Promise<Settled> {
  return deps.store.transaction(async (tx) => {
    if (!(await tx.writes.close(accountId, recoveryId, leaseUntil))) return 'taken'
    await record(tx, deps.now(), { recoveryId, accountId })
    return outcome
  })
}

function mailOf(recovery: RecoveryRecord | null): string | null {
  return recovery?.account?.mail ?? null
}
