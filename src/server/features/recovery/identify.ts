import type { MethodKind } from '../../../contract/method-kinds.ts'
import { err, ok, type Result } from '../../../contract/result.ts'
import type { ServerDependencies } from '../../domain/dependencies.ts'
import { keepDecision, mayUse } from '../../domain/policy/kept-decision.ts'
import type { FoundAccount } from '../../domain/ports/directory.ts'
import type { MethodRecord } from '../../domain/ports/methods.ts'
import type { OfferRecord } from '../../domain/ports/offers.ts'
import type { RecoveringAccount, RecoveryRecord } from '../../domain/ports/recoveries.ts'
import type { Secrets } from '../../domain/ports/secrets.ts'
import type { StoreTransaction } from '../../domain/ports/store.ts'
import type { Refusal } from '../../domain/refusal.ts'
import { blindMailbox } from './own-mailbox.ts'

/** Who is meant by the typed name, as the directory knows it; null for nobody. */
export async function identify(
  deps: Pick<ServerDependencies, 'directory' | 'log' | 'policies' | 'secrets'>,
  recovery: RecoveryRecord,
): Promise<Result<RecoveringAccount | null, Refusal>> {
  if (recovery.resolved) return ok(recovery.account)
  const { directory, log, policies, secrets } = deps
  const typed = secrets.openTypedName(recovery.id, recovery.sealedName)
  // Only with another master key, or a row that was tampered with.
  if (typed === null) return ok(null)
  const resolved = await directory.resolve(typed)
  if (resolved.ok) {
    // Also for a stranger, so that both cost the same.
    const decision = keepDecision(await policies.current(), resolved.value ?? nobody)
    const known = resolved.value && closeContacts(secrets, recovery.id, resolved.value)
    return ok(known && { ...known, decision })
  }
  const { code, detail } = resolved.error
  log.warn({ event: 'resolve_failed', code, detail, recoveryId: recovery.id }, 'cannot resolve')
  return err({ code: 'directory_unavailable' })
}

const nobody = { sid: '', groupSids: [], dn: '' }

/**
 * SECURITY: telephone numbers and addresses do not lie open in the database, also not for the time of a
 * recovery. Addresses are only compared.
 */
function closeContacts(
  secrets: Pick<Secrets, 'blind' | 'sealDirectoryNumber'>,
  recoveryId: string,
  { mobile, mailboxes, ...account }: FoundAccount,
): RecoveringAccount {
  const ownMailboxes = mailboxes.map((address) => blindMailbox(secrets, address))
  const known = { ...account, ownMailboxes }
  if (mobile === null) return known
  return { ...known, sealedMobile: secrets.sealDirectoryNumber(recoveryId, mobile) }
}

/** Under which id things are looked up and counted; strangers have one too, with nothing behind it. */
export function accountKey(
  { secrets }: Pick<ServerDependencies, 'secrets'>,
  recovery: RecoveryRecord,
  account: RecoveringAccount | null,
): string {
  return account?.accountId ?? secrets.decoy(recovery.nameKey).accountId
}

/**
 * Keeps the directory's answer for the rest of the recovery. The first answer stays, also when two
 * requests asked at once.
 *
 * @returns whose recovery it is from here on: what was kept, not what was asked just now
 */
export async function rememberAccount(
  tx: StoreTransaction,
  recovery: RecoveryRecord,
  account: RecoveringAccount | null,
): Promise<RecoveringAccount | null> {
  if (recovery.resolved) return recovery.account
  if (await tx.recoveries.resolve(recovery.id, account)) return account
  return (await tx.recoveries.find(recovery.id))?.account ?? null
}

/** Those of somebody's methods that may prove anything for them. */
export function allowedOf(
  account: RecoveringAccount | null,
  methods: readonly MethodRecord[],
): MethodRecord[] {
  return methods.filter(({ kind }) => mayUse(account, kind))
}

/** A method that can prove something now: confirmed once, and not suspended since. */
export function isUsable(method: MethodRecord): boolean {
  return method.confirmedAt !== null && method.suspendedAt === null
}

/** What has been proven so far in one recovery. */
export function provenKinds(offers: readonly OfferRecord[]): MethodKind[] {
  return offers.filter(({ provenAt }) => provenAt !== null).map(({ kind }) => kind)
}
