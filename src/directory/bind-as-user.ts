import { err, ok, type Result } from '../contract/result.ts'
import { openDirectory } from './connection.ts'
import { type DirectoryError, directoryError } from './errors.ts'
import type { DomainController } from './tls.ts'

export type BindAsUserOptions = {
  /** Asked in this order until one answers. */
  readonly controllers: readonly DomainController[]
  readonly caPem?: readonly string[] | undefined
  readonly connectTimeoutMs: number
  readonly operationTimeoutMs: number
}

/**
 * Checks a password by signing in with it, on a connection of its own that is closed again.
 *
 * @param name a user principal name, `DOMAIN\user` or a distinguished name
 * @returns `invalid_credentials`, with the `restriction` when Active Directory named one;
 *   `empty_password`; or why no controller could be asked
 */
export async function bindAsUser(
  options: BindAsUserOptions,
  name: string,
  password: string,
): Promise<Result<void, DirectoryError>> {
  let failure = directoryError('unreachable', 'no domain controller is configured')
  for (const controller of options.controllers) {
    const opened = await openDirectory({ ...options, controller, bind: { name, password } })
    if (opened.ok) {
      await opened.value.close()
      return ok(undefined)
    }
    failure = opened.error
    if (failure.code !== 'unreachable' && failure.code !== 'timeout') break
  }
  return err(failure)
}
