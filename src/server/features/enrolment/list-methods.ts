import type { EnrolledMethod, EnrolledMethods } from '../../../contract/enrolment.ts'
import type { IneligibleReason } from '../../../contract/problems.ts'
import { isClosedMailbox } from '../../domain/closed-mailbox.ts'
import type { ServerDependencies } from '../../domain/dependencies.ts'
import { isLasting, type OwnMethod, ownMethods } from '../../domain/own-methods.ts'
import type { Decision } from '../../domain/policy/decide.ts'
import { couldRecover, isIneligible } from '../../domain/policy/standing.ts'
import type { SessionRecord } from '../../domain/ports/sessions.ts'
import { needsReconfirmation } from '../../domain/reconfirmation.ts'
import { textableNumber } from '../../domain/textable-number.ts'
import { withBackups } from './backups.ts'
import { ownDecision } from './own-decision.ts'

/** The user's own confirmed methods, and whether they would be enough today. */
export async function listMethods(
  deps: ServerDependencies,
  session: SessionRecord,
): Promise<EnrolledMethods> {
  const own = await ownDecision(deps, session)
  const { decision, ineligible, mail, mobile } = own
  const all = await deps.store.transaction((tx) => ownMethods(tx, session.accountId, deps.now()))
  const methods = all
    .filter(({ confirmedAt }) => confirmedAt !== null)
    .sort((one, other) => one.createdAt - other.createdAt)
  const usable = methods
    .filter((one) => isLasting(one) && !isClosedMailbox(deps.secrets, one, own))
    .map(({ kind }) => kind)
  const means = { kinds: usable, mail, mobile: textableNumber(deps, mobile) }
  const { required, reconfirmDays } = decision
  const described = methods.map((method) => describe(method, reconfirmDays, deps.now()))
  return {
    methods: await withBackups(deps, session, described),
    kinds: [...decision.methods],
    required,
    ...whatElseIsAsked(decision),
    ...whatStopsThem(decision, ineligible),
    recoverable: couldRecover(decision, means, ineligible),
  }
}

/** What is asked only of some. */
function whatElseIsAsked(decision: Decision): Partial<EnrolledMethods> {
  const { strength, passkeyCountsAsTwo, enrolWithinDays, reconfirmDays } = decision
  return {
    ...(strength === 'strong' ? {} : { strength }),
    ...(passkeyCountsAsTwo ? { passkeyCountsAsTwo } : {}),
    ...(enrolWithinDays === null ? {} : { enrolWithinDays }),
    ...(reconfirmDays === null ? {} : { reconfirmDays }),
  }
}

/** Nobody is told that they are ready whom the directory's part would refuse. */
function whatStopsThem(
  decision: Decision,
  ineligible: IneligibleReason | null,
): Partial<EnrolledMethods> {
  if (!decision.enabled || ineligible === 'not_enabled') return { switchedOff: true }
  return isIneligible(decision, ineligible) ? { switchedOff: true, keptOut: true } : {}
}

function describe(method: OwnMethod, reconfirmDays: number | null, now: number): EnrolledMethod {
  const { id: methodId, kind, label, createdAt, confirmedAt, suspendedAt, left, until } = method
  // The code that confirmed it was no use yet.
  const lastUsedAt = method.lastUsedAt === confirmedAt ? null : method.lastUsedAt
  return {
    ...{ methodId, kind, label },
    addedAt: new Date(createdAt).toISOString(),
    lastUsedAt: lastUsedAt === null ? null : new Date(lastUsedAt).toISOString(),
    suspended: suspendedAt !== null,
    reconfirm: needsReconfirmation(method, reconfirmDays, now),
    ...(kind === 'recoveryCode' && left !== null ? { left } : {}),
    ...(until === null ? {} : { until: new Date(until).toISOString() }),
  }
}
