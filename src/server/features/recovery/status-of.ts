import type { RecoveryStatus } from '../../../contract/recovery.ts'
import type { ServerDependencies } from '../../domain/dependencies.ts'
import { remainingProofs } from '../../domain/policy.ts'
import type { OfferRecord } from '../../domain/ports/offers.ts'
import type { RecoveryRecord } from '../../domain/ports/recoveries.ts'

/** Where a recovery stands, as the caller is told. */
export function statusOf(
  recovery: RecoveryRecord,
  offers: readonly OfferRecord[],
  { settings }: Pick<ServerDependencies, 'settings'>,
): RecoveryStatus {
  const proven = offers.filter(({ provenAt }) => provenAt !== null).map(({ kind }) => kind)
  return {
    recoveryId: recovery.id,
    purpose: recovery.purpose,
    state: recovery.state,
    expiresAt: new Date(recovery.expiresAt).toISOString(),
    required: recovery.required,
    remaining: remainingProofs(proven, recovery.required),
    attemptsLeft: Math.max(0, settings.limits.attemptsInRecovery - recovery.attempts),
    methods: offers.map(({ offerId, kind, provenAt }) => ({
      methodId: offerId,
      kind,
      proven: provenAt !== null,
    })),
  }
}

/**
 * Adds where the domain controllers are, for those who have proven enough: strangers do not learn
 * their names.
 */
export async function withDirectory(
  status: RecoveryStatus,
  { directory, settings }: Pick<ServerDependencies, 'directory' | 'settings'>,
): Promise<RecoveryStatus> {
  const writes = ['proven', 'planned', 'committing', 'committed'].includes(status.state)
  if (!writes || status.purpose !== 'reset') return status
  const caPem = settings.directoryCaPem
  const controllers = await directory.writableControllers()
  return { ...status, directory: { controllers, ...(caPem === null ? {} : { caPem }) } }
}
