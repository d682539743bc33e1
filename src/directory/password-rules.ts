import { err, ok, type Result } from '../contract/result.ts'
import type { DirectoryConnection } from './connection.ts'
import { type Entry, textOf } from './entry.ts'
import { type DirectoryError, directoryError } from './errors.ts'
import { intervalToSeconds, parseInteger } from './filetime.ts'

/** The rules that Active Directory applies to one account's password. */
export type PasswordRules = {
  readonly minLength: number
  readonly complexity: boolean
  readonly historyLength: number
  readonly minAgeSeconds: number
  /** Null: passwords do not grow too old. */
  readonly maxAgeSeconds: number | null
  /** 0: never locked out. */
  readonly lockoutThreshold: number
  /** Null: until somebody unlocks the account. */
  readonly lockoutDurationSeconds: number | null
  /** The domain's policy, or a fine-grained one (PSO). */
  readonly source: 'domain' | 'pso'
  /** False when a fine-grained policy applies but may not be read: these are the domain's rules then. */
  readonly certain: boolean
}

const domainAttributes = {
  minLength: 'minPwdLength',
  historyLength: 'pwdHistoryLength',
  minAge: 'minPwdAge',
  maxAge: 'maxPwdAge',
  threshold: 'lockoutThreshold',
  duration: 'lockoutDuration',
  complexity: 'pwdProperties',
} as const

const psoAttributes = {
  minLength: 'msDS-MinimumPasswordLength',
  historyLength: 'msDS-PasswordHistoryLength',
  minAge: 'msDS-MinimumPasswordAge',
  maxAge: 'msDS-MaximumPasswordAge',
  threshold: 'msDS-LockoutThreshold',
  duration: 'msDS-LockoutDuration',
  complexity: 'msDS-PasswordComplexityEnabled',
} as const

type Names = Record<keyof typeof domainAttributes, string>

/**
 * Reads the password rules for one account: its resultant fine-grained policy, else the domain's.
 * Always two searches, whatever applies (P6).
 *
 * Who may read a fine-grained policy is for the domain to say; by default it is administrators only.
 *
 * @param user the account's facts: the policy that applies is one of them
 * @param baseDn the domain
 */
export async function readPasswordRules(
  connection: DirectoryConnection,
  user: { readonly resultantPso: string | null },
  baseDn: string,
): Promise<Result<PasswordRules, DirectoryError>> {
  const [domain, pso] = await Promise.all([
    readPolicy(connection, baseDn, domainAttributes, 'domain'),
    readPolicy(connection, user.resultantPso ?? baseDn, psoAttributes, 'pso'),
  ])
  if (pso.ok && pso.value) return ok(pso.value)
  // What we may not see does not exist for us: Active Directory says "no such object" for both.
  if (!pso.ok && pso.error.code !== 'not_found' && pso.error.code !== 'insufficient_access') {
    return pso
  }
  if (!domain.ok) return domain
  if (!domain.value) {
    return err(directoryError('insufficient_access', `the password policy at ${baseDn}`))
  }
  return ok({ ...domain.value, certain: user.resultantPso === null })
}

async function readPolicy(
  connection: DirectoryConnection,
  dn: string,
  names: Names,
  source: PasswordRules['source'],
): Promise<Result<PasswordRules | undefined, DirectoryError>> {
  const found = await connection.search({ base: dn, attributes: Object.values(names) })
  if (!found.ok) return found
  const entry = found.value[0]
  return ok(entry && policyOf(entry, names, source))
}

function policyOf(
  entry: Entry,
  names: Names,
  source: PasswordRules['source'],
): PasswordRules | undefined {
  const minLength = parseInteger(textOf(entry, names.minLength))
  const complexity = textOf(entry, names.complexity)
  if (minLength === null || complexity === undefined) return undefined
  const maxAge = intervalToSeconds(textOf(entry, names.maxAge))
  return {
    minLength: Number(minLength),
    // DOMAIN_PASSWORD_COMPLEX is the lowest bit of pwdProperties; a PSO has a boolean.
    complexity: complexity === 'TRUE' || ((parseInteger(complexity) ?? 0n) & 1n) === 1n,
    historyLength: Number(parseInteger(textOf(entry, names.historyLength)) ?? 0n),
    minAgeSeconds: intervalToSeconds(textOf(entry, names.minAge)) ?? 0,
    maxAgeSeconds: maxAge === 0 ? null : maxAge,
    lockoutThreshold: Number(parseInteger(textOf(entry, names.threshold)) ?? 0n),
    lockoutDurationSeconds: intervalToSeconds(textOf(entry, names.duration)),
    source,
    certain: true,
  }
}
