import { err, ok, type Result } from '../../../contract/result.ts'
import type { ServerDependencies } from '../../domain/dependencies.ts'
import type {
  MethodRecord,
  RecoveryRecord,
  ResolvedAccount,
  StoreTransaction,
} from '../../domain/ports/store.ts'
import type { Refusal } from '../../domain/refusal.ts'

/** Who is meant by the typed name, as the directory knows it; null for nobody. */
export async function identify(
  { directory, log, secrets }: Pick<ServerDependencies, 'directory' | 'log' | 'secrets'>,
  recovery: RecoveryRecord,
): Promise<Result<ResolvedAccount | null, Refusal>> {
  if (recovery.resolved) return ok(recovery.account)
  const typed = secrets.openTypedName(recovery.id, recovery.sealedName)
  // Only with another master key, or a row that was tampered with.
  if (typed === null) return ok(null)
  const resolved = await directory.resolve(typed)
  if (resolved.ok) return ok(resolved.value)
  const { code, detail } = resolved.error
  log.warn({ event: 'resolve_failed', code, detail, recoveryId: recovery.id }, 'cannot resolve')
  return err({ code: 'directory_unavailable' })
}

/** Under which id things are looked up and counted; strangers have one too, with nothing behind it. */
export function accountKey(
  { secrets }: Pick<ServerDependencies, 'secrets'>,
  recovery: RecoveryRecord,
  account: ResolvedAccount | null,
): string {
  return account?.accountId ?? secrets.decoy(recovery.nameKey).accountId
}

/** Keeps the directory's answer for the rest of the recovery. The first answer stays. */
export async function rememberAccount(
  tx: StoreTransaction,
  recovery: RecoveryRecord,
  account: ResolvedAccount | null,
): Promise<void> {
  if (!recovery.resolved) await tx.recoveries.resolve(recovery.id, account)
}

/** A method that can prove something now: confirmed once, and not suspended since. */
export function isUsable(method: MethodRecord): boolean {
  return method.confirmedAt !== null && method.suspendedAt === null
}
