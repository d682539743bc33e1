import type { SessionStatus } from '../../../contract/enrolment.ts'
import type { ServerDependencies } from '../../domain/dependencies.ts'
import { ownMethods } from '../../domain/own-methods.ts'
import type { SessionRecord } from '../../domain/ports/sessions.ts'
import { isElevated } from '../../domain/session-rules.ts'

/** What a page may know of its session. */
export async function sessionStatus(
  deps: ServerDependencies,
  session: SessionRecord,
): Promise<SessionStatus> {
  const methods = await deps.store.transaction((tx) =>
    ownMethods(tx, session.accountId, deps.now()),
  )
  const nothingYet = methods.every(({ confirmedAt }) => confirmedAt === null)
  return {
    displayName: session.displayName,
    accountName: session.accountName,
    expiresAt: new Date(session.expiresAt).toISOString(),
    steppedUp: nothingYet || isElevated(session, deps.now()),
  }
}
