import { forbiddenNameParts, type PasswordRules } from '../../contract/password-rules.ts'
import { ok, type Result } from '../../contract/result.ts'
import {
  type AccountFacts,
  type DirectoryConnection,
  type DirectoryError,
  type PasswordRules as DirectoryRules,
  type PasswordState as DirectoryState,
  nameByGuid,
  readAccountFacts,
  readPasswordRules,
} from '../../directory/index.ts'
import type { AccountState, PasswordState } from '../domain/ports/directory.ts'
import type { ResolvedAccount } from '../domain/ports/recoveries.ts'
import { ineligibleReason } from './eligibility.ts'
import { mailboxesOf } from './mailboxes.ts'
import type { ActiveDirectoryOptions } from './options.ts'

export type ReadAccountOptions = Pick<
  ActiveDirectoryOptions,
  'baseDn' | 'domain' | 'enabledOus' | 'now'
> & {
  /** The domain's own policy, which may be some seconds old. */
  readonly domainRules: (
    connection: DirectoryConnection,
  ) => Promise<Result<DirectoryRules, DirectoryError>>
}

/**
 * Everything that decides about an account now, whatever was known of it before. Asked for by its GUID:
 * one that was moved is still found, and whoever took its place in the tree is not.
 */
export async function readAccount(
  connection: DirectoryConnection,
  account: ResolvedAccount,
  options: ReadAccountOptions,
): Promise<Result<AccountState, DirectoryError>> {
  const dnByGuid = nameByGuid(account.accountId)
  const facts = await readAccountFacts(connection, { dn: dnByGuid }, options.now())
  if (!facts.ok) return facts.error.code === 'not_found' ? ok(gone(account)) : facts
  // SECURITY: only the very account that has proven something, however the directory was asked.
  if (facts.value.objectGuid !== account.accountId) return ok(gone(account))
  const rules = await rulesFor(connection, facts.value, options)
  if (!rules.ok) return rules
  const { dn, sAMAccountName, displayName, mail, lockedOut, passwordState } = facts.value
  return ok({
    accountId: account.accountId,
    dn,
    accountName: sAMAccountName,
    displayName: displayName ?? sAMAccountName,
    mail,
    ...{ sid: facts.value.sid, groupSids: facts.value.groupSids },
    ineligible: ineligibleReason(facts.value, options.enabledOus),
    lockedOut,
    maySignIn: !(facts.value.disabled || facts.value.expired || facts.value.smartcardRequired),
    password: passwordState && portState(passwordState),
    rules: contractRules(rules.value, facts.value),
    mailboxes: mailboxesOf(facts.value, options.domain),
    mobile: facts.value.mobile,
  })
}

/** As the features know it. */
export function portState(state: DirectoryState): PasswordState {
  const { pwdLastSet, mustChange, uSNChanged } = state
  return { pwdLastSet, mustChange, usn: uSNChanged }
}

async function rulesFor(
  connection: DirectoryConnection,
  facts: AccountFacts,
  options: ReadAccountOptions,
): Promise<Result<DirectoryRules, DirectoryError>> {
  if (facts.resultantPso === null) return options.domainRules(connection)
  return readPasswordRules(connection, facts, options.baseDn)
}

function contractRules(rules: DirectoryRules, facts: AccountFacts): PasswordRules {
  const { minLength, complexity, historyLength, minAgeSeconds, certain } = rules
  const nameParts = forbiddenNameParts(facts.sAMAccountName, facts.displayName ?? '')
  const known = { minLength, complexity, historyLength, minAgeSeconds, nameParts }
  return certain ? known : { ...known, mayBeStricter: true }
}

function gone(account: ResolvedAccount): AccountState {
  const rules = { minLength: 0, complexity: false, historyLength: 0, minAgeSeconds: 0 }
  return {
    ...account,
    ...{ sid: '', groupSids: [] },
    ineligible: 'not_found',
    lockedOut: false,
    maySignIn: false,
    password: null,
    mailboxes: [],
    mobile: null,
    rules: { ...rules, nameParts: [] },
  }
}
