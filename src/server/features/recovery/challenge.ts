import { challengedKinds } from '../../../contract/methods.ts'
import type { ChallengeResponse } from '../../../contract/recovery.ts'
import { err, ok, type Result } from '../../../contract/result.ts'
import type { ServerDependencies } from '../../domain/dependencies.ts'
import type { RecoveryRecord, ResolvedAccount, StoreTransaction } from '../../domain/ports/store.ts'
import type { Refusal } from '../../domain/refusal.ts'
import { admit, type Credentials, checkOpen, recognise } from './admit.ts'
import { onAnswerGrid } from './answer-grid.ts'
import { countCode } from './code-caps.ts'
import { accountKey, identify, rememberAccount } from './identify.ts'
import { mailboxesOf } from './mailboxes.ts'

export type ChallengeCall = {
  readonly recoveryId: string
  readonly offerId: string
  /** Network address that asks, for the cap. */
  readonly address: string
}

/**
 * Sends a code. A stranger's goes nowhere, by the same steps: one hash, one challenge, one row in the
 * outbox.
 */
export function challenge(
  deps: ServerDependencies,
  call: ChallengeCall,
  credentials: Credentials,
): Promise<Result<ChallengeResponse, Refusal>> {
  return onAnswerGrid(deps.settings.limits.answerGrid, async () => {
    const { recoveryId } = call
    const known = await deps.store.transaction((tx) => recognise(tx, deps, recoveryId, credentials))
    if (!known.ok) return known
    const account = await identify(deps, known.value)
    if (!account.ok) return account
    const code = deps.secrets.newCode()
    const codeHash = await deps.secrets.hashCode(code)
    return deps.store.transaction(async (tx) => {
      const admitted = await admit(tx, deps, recoveryId, credentials)
      if (!admitted.ok) return admitted
      return send(tx, deps, admitted.value, account.value, call, { code, codeHash })
    })
  })
}

async function send(
  tx: StoreTransaction,
  deps: ServerDependencies,
  recovery: RecoveryRecord,
  account: ResolvedAccount | null,
  { offerId, address }: ChallengeCall,
  { code, codeHash }: { code: string; codeHash: string },
): Promise<Result<ChallengeResponse, Refusal>> {
  const now = deps.now()
  const closed = checkOpen(recovery, now)
  if (closed) return err(closed)
  if (recovery.state !== 'proving') return err({ code: 'wrong_state' })
  const offer = (await tx.offers.list(recovery.id)).find((one) => one.offerId === offerId)
  if (!offer) return err({ code: 'not_found' })
  const { kind } = offer
  if (offer.provenAt !== null || !challengedKinds.includes(kind)) {
    return err({ code: 'wrong_state' })
  }
  const accountId = accountKey(deps, recovery, account)
  const mailboxes = mailboxesOf(deps, account, await tx.methods.list(accountId))
  const counted = await countCode(tx, deps, { recovery, accountId, mailboxes, address }, now)
  await rememberAccount(tx, recovery, account)
  if (!counted.ok) return counted
  const expiresAt = now + deps.settings.limits.codeLifetime
  // A newer code kills the older one, also when the newer one goes nowhere.
  await tx.challenges.put({ subject: challengeSubject(recovery.id, offerId), codeHash, expiresAt })
  const validMinutes = Math.round(deps.settings.limits.codeLifetime / 60_000)
  const content = { template: 'recovery_code', code, validMinutes } as const
  await deps.outbox.put(tx, { to: counted.value, content, now, expiresAt })
  const fields = { recoveryId: recovery.id, accountId: account?.accountId ?? null, kind }
  await tx.audit({ event: 'recovery.challenged', at: now, fields })
  return ok({ kind, expiresAt: new Date(expiresAt).toISOString() })
}

/** A code is good for one method of one recovery, and nothing else. */
export function challengeSubject(recoveryId: string, offerId: string): string {
  return `recovery:${recoveryId}:${offerId}`
}
