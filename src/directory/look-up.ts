import { ok, type Result } from '../contract/result.ts'
import { type AccountFacts, readAccountFacts } from './account-facts.ts'
import type { DirectoryConnection } from './connection.ts'
import type { DirectoryError } from './errors.ts'
import { type FindOptions, findUser } from './find-user.ts'
import { type PasswordRules, readPasswordRules } from './password-rules.ts'

export type LookUpOptions = FindOptions & {
  /** Distinguished name of the domain, which holds its password policy. */
  readonly domainDn: string
  /** An account that is always there, ours for one: read in place of one that does not exist. */
  readonly decoyDn: string
  /** Milliseconds since the epoch. */
  readonly now: number
}

export type LookedUp = { readonly facts: AccountFacts; readonly rules: PasswordRules }

/**
 * Everything about the account that a typed name means, or null when it means nobody or more than one.
 *
 * A stranger costs exactly what an employee costs: the same searches, in the same order (P6).
 */
export async function lookUp(
  connection: DirectoryConnection,
  name: string,
  options: LookUpOptions,
): Promise<Result<LookedUp | null, DirectoryError>> {
  const user = await findUser(connection, name, options)
  const miss = !user.ok && (user.error.code === 'not_found' || user.error.code === 'ambiguous')
  if (!user.ok && !miss) return user
  const dn = user.ok ? user.value.dn : options.decoyDn
  const facts = await readAccountFacts(connection, { dn }, options.now)
  if (!facts.ok) return facts
  const rules = await readPasswordRules(connection, facts.value, options.domainDn)
  if (!rules.ok) return rules
  return ok(miss ? null : { facts: facts.value, rules: rules.value })
}
