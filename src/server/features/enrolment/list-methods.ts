import type { EnrolledMethod, EnrolledMethods } from '../../../contract/enrolment.ts'
import type { ServerDependencies } from '../../domain/dependencies.ts'
import { isLasting, type OwnMethod, ownMethods } from '../../domain/own-methods.ts'
import { remainingProofs } from '../../domain/policy.ts'
import type { SessionRecord } from '../../domain/ports/sessions.ts'
import { needsReconfirmation } from '../../domain/reconfirmation.ts'
import { withBackups } from './backups.ts'

/** The user's own confirmed methods, and whether they would be enough today. */
export async function listMethods(
  deps: ServerDependencies,
  session: SessionRecord,
): Promise<EnrolledMethods> {
  const { required, methods: kinds } = deps.settings.policy
  const all = await deps.store.transaction((tx) => ownMethods(tx, session.accountId, deps.now()))
  const methods = all
    .filter(({ confirmedAt }) => confirmedAt !== null)
    .sort((one, other) => one.createdAt - other.createdAt)
  const usable = methods
    .filter((method) => isLasting(method) && kinds.includes(method.kind))
    .map(({ kind }) => kind)
  const recoverable = remainingProofs(usable, required) === 0
  // No policy says yet after how many days.
  const described = methods.map((method) => describe(method, null, deps.now()))
  return { methods: await withBackups(deps, session, described), kinds: [...kinds], required, recoverable }
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
