import type { ChallengeResponse } from '../../../contract/recovery.ts'
import { err, ok, type Result } from '../../../contract/result.ts'
import type { ServerDependencies } from '../../domain/dependencies.ts'
import { recoverySubject } from '../../domain/end-recoveries.ts'
import { lockMethods } from '../../domain/lock-methods.ts'
import { mayUse } from '../../domain/policy/kept-decision.ts'
import type { RecoveringAccount, RecoveryRecord } from '../../domain/ports/recoveries.ts'
import type { StoreTransaction } from '../../domain/ports/store.ts'
import { type Asked, askPhones } from '../../domain/push/ask-phones.ts'
import { countPush, findFullPushCap, type PushAsker } from '../../domain/push/push-caps.ts'
import type { Refusal } from '../../domain/refusal.ts'
import { admit, type Credentials } from './admit.ts'
import { type ChallengeCall, findOffer, type Offered } from './challenge-offer.ts'
import { accountKey, identify, rememberAccount } from './identify.ts'

/** SECURITY: as for codes: what is full anyway costs no question to the directory. */
export function refusePushEarly(
  tx: StoreTransaction,
  deps: ServerDependencies,
  recovery: RecoveryRecord,
  { isAfterStrong }: Offered,
  { address }: ChallengeCall,
): Promise<Refusal | null> {
  const accountId = accountKey(deps, recovery, recovery.account)
  return findFullPushCap(tx, deps, askerOf(recovery, accountId, address, isAfterStrong), deps.now())
}

/**
 * Shows a number, and asks the account's phones for it. A stranger is shown one too, by the same steps;
 * nobody is asked for it.
 */
export async function askForPush(
  deps: ServerDependencies,
  recovery: RecoveryRecord,
  call: ChallengeCall,
  credentials: Credentials,
): Promise<Result<ChallengeResponse, Refusal>> {
  const account = await identify(deps, recovery)
  if (!account.ok) return account
  const asked = await deps.store.transaction(async (tx) => {
    const admitted = await admit(tx, deps, recovery.id, credentials)
    if (!admitted.ok) return admitted
    return ask(tx, deps, admitted.value, account.value, call)
  })
  if (!asked.ok) return asked
  const { number, phones } = asked.value
  const expiresAt = new Date(asked.value.expiresAt).toISOString()
  deps.push.knock(phones, { expiresAt })
  return ok({ kind: 'push', expiresAt, number })
}

async function ask(
  tx: StoreTransaction,
  deps: ServerDependencies,
  recovery: RecoveryRecord,
  resolved: RecoveringAccount | null,
  { offerId, address }: ChallengeCall,
): Promise<Result<Asked, Refusal>> {
  const now = deps.now()
  const offered = await findOffer(tx, recovery, offerId, now)
  if (!offered.ok) return offered
  const { kind, isAfterStrong } = offered.value
  if (kind !== 'push') return err({ code: 'wrong_state' })
  const account = await rememberAccount(tx, recovery, resolved)
  const accountId = accountKey(deps, recovery, account)
  await lockMethods(tx, accountId, now)
  const mayAsk = await countPush(
    tx,
    deps,
    askerOf(recovery, accountId, address, isAfterStrong),
    now,
  )
  if (!mayAsk.ok) return mayAsk
  const asked = await askPhones(
    tx,
    deps,
    {
      ...{ accountId, address, isAfterStrong, offerId, recoveryId: recovery.id },
      subject: recoverySubject(recovery.id, offerId),
      purpose: recovery.purpose,
      mayReach: mayUse(account, kind) && mayAsk.value,
      methods: await tx.methods.list(accountId),
    },
    now,
  )
  if (!asked.ok) return asked
  const fields = { recoveryId: recovery.id, accountId: account?.accountId ?? null, kind }
  await tx.audit({ event: 'recovery.challenged', at: now, fields })
  return asked
}

function askerOf(
  { id: recoveryId, nameKey }: RecoveryRecord,
  accountId: string,
  address: string,
  isAfterStrong: boolean,
): PushAsker {
  return { recoveryId, nameKey, accountId, address, isAfterStrong }
}
