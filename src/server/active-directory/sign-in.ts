import { err, ok, type Result } from '../../contract/result.ts'
import { bindAsUser, type DomainController } from '../../directory/index.ts'
import type { DirectoryFault } from '../domain/ports/directory.ts'
import type { ResolvedAccount } from '../domain/ports/recoveries.ts'
import { readFault } from './faults.ts'
import type { ActiveDirectoryOptions } from './options.ts'

type SignedIn = { account: ResolvedAccount; passwordMustChange: boolean }

/** Cannot be an account name: it holds characters that sAMAccountName must not ([MS-SAMR] 3.1.1.6). */
const nobody = '"no-such-account"'

/**
 * Checks a password by binding with it. For a stranger a bind as nobody is tried, so that both cost
 * the same (P6).
 */
export async function signInAs(
  account: ResolvedAccount | null,
  password: string,
  controllers: readonly DomainController[],
  options: ActiveDirectoryOptions,
): Promise<Result<SignedIn | null, DirectoryFault>> {
  // SECURITY: an empty password would be an unauthenticated bind (RFC 4513 §5.1.2).
  if (password === '') return ok(null)
  const { caPem, connectTimeoutMs, operationTimeoutMs, netbiosName } = options
  const name = `${netbiosName}\\${account?.accountName ?? nobody}`
  const bind = { controllers, caPem, connectTimeoutMs, operationTimeoutMs }
  const bound = await bindAsUser(bind, name, password)
  if (bound.ok) return ok(account && { account, passwordMustChange: false })
  if (bound.error.code !== 'invalid_credentials') return err(readFault(bound.error))
  const { restriction } = bound.error
  const mustChange = restriction === 'must_change' || restriction === 'password_expired'
  return ok(account && mustChange ? { account, passwordMustChange: true } : null)
}
