import type { MethodKind } from '../../../contract/method-kinds.ts'
import { remainingProofs, wouldHelp } from '../../../contract/proofs.ts'
import type { RecoveryStatus } from '../../../contract/recovery.ts'
import type { ServerDependencies } from '../../domain/dependencies.ts'
import type { KeptDecision } from '../../domain/policy/kept-decision.ts'
import type { OfferRecord } from '../../domain/ports/offers.ts'
import type { RecoveryRecord } from '../../domain/ports/recoveries.ts'
import { provenKinds } from './identify.ts'

/**
 * Where a recovery stands, as the caller is told. Whoever has proven nothing is told what everybody is;
 * whoever has proven something is told what is asked of them, and what would help.
 */
export function statusOf(
  recovery: RecoveryRecord,
  offers: readonly OfferRecord[],
  { settings }: Pick<ServerDependencies, 'settings'>,
): RecoveryStatus {
  const proven = provenKinds(offers)
  const decision = proven.length === 0 ? undefined : recovery.account?.decision
  const remaining = decision ? remainingProofs(proven, decision) : recovery.required
  const isOffered = ({ kind, provenAt }: OfferRecord) =>
    decision === undefined || provenAt !== null || isUseful(kind, proven, decision, remaining)
  return {
    recoveryId: recovery.id,
    purpose: recovery.purpose,
    state: recovery.state,
    expiresAt: new Date(recovery.expiresAt).toISOString(),
    required: decision?.required ?? recovery.required,
    remaining,
    attemptsLeft: Math.max(0, settings.limits.attemptsInRecovery - recovery.attempts),
    methods: offers.filter(isOffered).map(({ offerId, kind, provenAt }) => ({
      methodId: offerId,
      kind,
      proven: provenAt !== null,
    })),
  }
}

/** Only a strong one may be missing: then another weak one would be proven in vain. */
function isUseful(
  kind: MethodKind,
  proven: readonly MethodKind[],
  decision: KeptDecision,
  remaining: number,
): boolean {
  if (!decision.methods.includes(kind)) return false
  return remaining === 0 || wouldHelp(kind, proven, decision)
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
