import type { PhoneRequest, PhoneStatus } from '../../../contract/push.ts'
import { ok, type Result } from '../../../contract/result.ts'
import type { ServerDependencies } from '../../domain/dependencies.ts'
import type { PushRequestRecord } from '../../domain/ports/push-requests.ts'
import type { StoreTransaction } from '../../domain/ports/store.ts'
import {
  admitPhone,
  findPhone,
  type Phone,
  type PhoneProof,
} from '../../domain/push/admit-phone.ts'
import { askingSession } from '../../domain/push/answer-in-session.ts'
import { isClosed } from '../../domain/recovery-machine.ts'
import type { Refusal } from '../../domain/refusal.ts'

/** What a phone shows now. */
export async function readPhone(
  deps: ServerDependencies,
  proof: PhoneProof,
): Promise<Result<PhoneStatus, Refusal>> {
  const pushKey = await deps.push.publicKey()
  return deps.store.transaction(async (tx) => {
    const admitted = await admitPhone(tx, proof, deps.now())
    return admitted.ok ? ok(await statusOf(tx, deps, admitted.value, pushKey)) : admitted
  })
}

/** The same, later, for a phone that was let in before and is still listening. */
export async function readPhoneAgain(
  deps: ServerDependencies,
  proof: PhoneProof,
): Promise<Result<PhoneStatus, Refusal>> {
  const pushKey = await deps.push.publicKey()
  return deps.store.transaction(async (tx) => {
    const known = await findPhone(tx, proof)
    return known.ok ? ok(await statusOf(tx, deps, known.value, pushKey)) : known
  })
}

export async function statusOf(
  tx: StoreTransaction,
  { now, settings }: Pick<ServerDependencies, 'now' | 'settings'>,
  { device, method }: Phone,
  pushKey: string,
): Promise<PhoneStatus> {
  const isReady = method.confirmedAt !== null
  const pending = isReady ? await tx.pushRequests.pending(device.accountId, now()) : null
  const account = pending === null ? null : await askedAbout(tx, pending, now())
  return {
    organisation: settings.organisation,
    helpdesk: settings.helpdesk,
    label: method.label,
    pairingNumber: isReady ? null : device.number,
    pushKey,
    request: pending === null || account === null ? null : describe(pending, account),
  }
}

/**
 * The name of the account that a question is about, as long as that goes on, also when it was proven by
 * other means. Null: it is over.
 */
async function askedAbout(
  tx: StoreTransaction,
  request: PushRequestRecord,
  now: number,
): Promise<string | null> {
  if (request.recoveryId === null) {
    return (await askingSession(tx, request, now))?.accountName ?? null
  }
  const recovery = await tx.recoveries.find(request.recoveryId)
  const isOver = recovery === null || isClosed(recovery.state)
  return isOver ? null : (recovery.account?.accountName ?? null)
}

/** SECURITY: without the number, which is for the phone's owner to read from the other screen. */
function describe(request: PushRequestRecord, account: string): PhoneRequest {
  return {
    requestId: request.id,
    purpose: request.purpose,
    account,
    place: request.place,
    askedAt: new Date(request.createdAt).toISOString(),
    expiresAt: new Date(request.expiresAt).toISOString(),
  }
}
