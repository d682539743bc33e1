import { normaliseWritten } from '../../../src/contract/written-code.ts'
import type { PassOperator } from '../../../src/server/domain/ports/passes.ts'
import type { SessionRecord } from '../../../src/server/domain/ports/sessions.ts'
import { addRecoveryCodes } from '../../../src/server/features/enrolment/add-recovery-codes.ts'
import { confirmMethod } from '../../../src/server/features/enrolment/confirm-method.ts'
import { type IssueRequest, issuePass } from '../../../src/server/features/pass/issue.ts'
import type { Harness, Person } from './harness.ts'

// What a person gets in the portal and from the helpdesk, by the features themselves.

export const agent: PassOperator = {
  accountId: 'id-of-an-agent',
  accountName: 'agent.one',
  login: 'cli:agent.one',
}

/** Ten codes that count. A set that the person has had is void then. */
export async function giveCodes(
  harness: Harness,
  person: Person,
): Promise<{ methodId: string; codes: string[] }> {
  const { dependencies } = harness.parts
  const session = await openSession(harness, person)
  const begun = await addRecoveryCodes(dependencies, session)
  if (!begun.ok) throw new Error(begun.error.code)
  const codes = begun.value.codes.map(normaliseWritten)
  const { methodId } = begun.value
  const confirmed = await confirmMethod(dependencies, session, methodId, codes[9] ?? '')
  if (!confirmed.ok) throw new Error(confirmed.error.code)
  return { methodId, codes }
}

/** Signed in, and with a proof that opens changes. */
async function openSession(harness: Harness, person: Person): Promise<SessionRecord> {
  const { dependencies } = harness.parts
  const now = harness.now()
  const session = {
    ...{
      tokenHash: dependencies.secrets.hashToken(dependencies.secrets.newToken()),
      dn: person.dn,
    },
    ...{ accountId: person.accountId, accountName: person.account, displayName: person.account },
    ...{ mail: `${person.account}@corp.example.com`, createdAt: now, lastSeenAt: now },
    ...{ expiresAt: now + 3_600_000, steppedUpAt: now },
  }
  await dependencies.store.transaction((tx) => tx.sessions.insert(session))
  return session
}

/** A pass, read out by the helpdesk unless it is mailed. @throws when it is refused or waits */
export async function givePass(
  harness: Harness,
  person: Person,
  change: Partial<IssueRequest> = {},
): Promise<{ passId: string; code: string }> {
  const { dependencies } = harness.parts
  const account = await dependencies.directory.resolve(person.account)
  if (!account.ok || account.value === null) throw new Error('nobody has that name')
  const issued = await issuePass(dependencies, agent, {
    ...{ account: account.value, reason: 'INC-4711, phone lost', minutes: 60 },
    ...{ printReason: 'called from a known number', ...change },
  })
  if (!issued.ok || issued.value.waiting !== null) throw new Error(JSON.stringify(issued))
  return {
    passId: issued.value.pass.id,
    code: normaliseWritten(issued.value.code ?? ''),
  }
}
