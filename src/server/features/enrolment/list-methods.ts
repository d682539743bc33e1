import type { EnrolledMethod, EnrolledMethods } from '../../../contract/enrolment.ts'
import type { ServerDependencies } from '../../domain/dependencies.ts'
import { remainingProofs } from '../../domain/policy.ts'
import type { MethodRecord } from '../../domain/ports/methods.ts'
import type { SessionRecord } from '../../domain/ports/sessions.ts'

/** The user's own confirmed methods, and whether they would be enough today. */
export async function listMethods(
  deps: ServerDependencies,
  session: SessionRecord,
): Promise<EnrolledMethods> {
  const { required, methods: kinds } = deps.settings.policy
  const all = await deps.store.transaction((tx) => tx.methods.list(session.accountId))
  const methods = all
    .filter(({ confirmedAt }) => confirmedAt !== null)
    .sort((one, other) => one.createdAt - other.createdAt)
  const usable = methods
    .filter(({ kind, suspendedAt }) => suspendedAt === null && kinds.includes(kind))
    .map(({ kind }) => kind)
  const recoverable = remainingProofs(usable, required) === 0
  return { methods: methods.map(describe), kinds: [...kinds], required, recoverable }
}

function describe(method: MethodRecord): EnrolledMethod {
  const { id: methodId, kind, label, createdAt, confirmedAt, suspendedAt } = method
  // The code that confirmed it was no use yet.
  const lastUsedAt = method.lastUsedAt === confirmedAt ? null : method.lastUsedAt
  return {
    ...{ methodId, kind, label },
    addedAt: new Date(createdAt).toISOString(),
    lastUsedAt: lastUsedAt === null ? null : new Date(lastUsedAt).toISOString(),
    suspended: suspendedAt !== null,
  }
}
