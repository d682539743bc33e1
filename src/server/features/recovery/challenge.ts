import { challengedKinds, type MethodKind } from '../../../contract/methods.ts'
import type { ChallengeResponse } from '../../../contract/recovery.ts'
import { err, ok, type Result } from '../../../contract/result.ts'
import { onAnswerGrid } from '../../domain/answer-grid.ts'
import type { ServerDependencies } from '../../domain/dependencies.ts'
import { recoverySubject } from '../../domain/end-recoveries.ts'
import { lockMethods } from '../../domain/lock-methods.ts'
import { hasStrong } from '../../domain/policy.ts'
import type { RecoveryRecord, ResolvedAccount } from '../../domain/ports/recoveries.ts'
import type { StoreTransaction } from '../../domain/ports/store.ts'
import type { Refusal } from '../../domain/refusal.ts'
import { admit, type Credentials, checkOpen, recognise } from './admit.ts'
import { countCode, findFullCap } from './code-caps.ts'
import { accountKey, identify, provenKinds, rememberAccount } from './identify.ts'
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
    const known = await deps.store.transaction(async (tx) => {
      const recognised = await recognise(tx, deps, recoveryId, credentials)
      if (!recognised.ok) return recognised
      const refused = await refuseEarly(tx, deps, recognised.value, call)
      return refused === null ? recognised : err(refused)
    })
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

/**
 * SECURITY: whoever is refused for a reason that has nothing to do with an account costs no hash and
 * no question to the directory. Nothing is counted or spent here; what counts is asked again later.
 */
async function refuseEarly(
  tx: StoreTransaction,
  deps: ServerDependencies,
  recovery: RecoveryRecord,
  { offerId, address }: ChallengeCall,
): Promise<Refusal | null> {
  const now = deps.now()
  const offered = await findOffer(tx, recovery, offerId, now)
  if (!offered.ok) return offered.error
  const { isAfterStrong } = offered.value
  const accountId = accountKey(deps, recovery, recovery.account)
  return findFullCap(tx, deps, { recovery, accountId, address, isAfterStrong }, now)
}

async function send(
  tx: StoreTransaction,
  deps: ServerDependencies,
  recovery: RecoveryRecord,
  resolved: ResolvedAccount | null,
  { offerId, address }: ChallengeCall,
  { code, codeHash }: { code: string; codeHash: string },
): Promise<Result<ChallengeResponse, Refusal>> {
  const now = deps.now()
  const offered = await findOffer(tx, recovery, offerId, now)
  if (!offered.ok) return offered
  const { kind, isAfterStrong } = offered.value
  const account = await rememberAccount(tx, recovery, resolved)
  const accountId = accountKey(deps, recovery, account)
  // Held until the code is stored: whoever removes the mailbox meanwhile finds it there, and voids it.
  await lockMethods(tx, accountId, now)
  const mailboxes = mailboxesOf(deps, account, await tx.methods.list(accountId))
  const request = { recovery, accountId, mailboxes, address, isAfterStrong }
  const counted = await countCode(tx, deps, request, now)
  if (!counted.ok) return counted
  const expiresAt = now + deps.settings.limits.codeLifetime
  // A newer code kills the older one, also when the newer one goes nowhere.
  await tx.challenges.put({ subject: recoverySubject(recovery.id, offerId), codeHash, expiresAt })
  const validMinutes = Math.round(deps.settings.limits.codeLifetime / 60_000)
  const content = { template: 'recovery_code', code, validMinutes } as const
  await deps.outbox.put(tx, { to: counted.value, content, now, expiresAt })
  const fields = { recoveryId: recovery.id, accountId: account?.accountId ?? null, kind }
  await tx.audit({ event: 'recovery.challenged', at: now, fields })
  return ok({ kind, expiresAt: new Date(expiresAt).toISOString() })
}

/** The method that a code was asked for, when one can be sent for it now. */
async function findOffer(
  tx: StoreTransaction,
  recovery: RecoveryRecord,
  offerId: string,
  now: number,
): Promise<Result<{ kind: MethodKind; isAfterStrong: boolean }, Refusal>> {
  const closed = checkOpen(recovery, now)
  if (closed) return err(closed)
  if (recovery.state !== 'proving') return err({ code: 'wrong_state' })
  const offers = await tx.offers.list(recovery.id)
  const offer = offers.find((one) => one.offerId === offerId)
  if (!offer) return err({ code: 'not_found' })
  const { kind, provenAt } = offer
  if (provenAt !== null || !challengedKinds.includes(kind)) return err({ code: 'wrong_state' })
  return ok({ kind, isAfterStrong: hasStrong(provenKinds(offers)) })
}
