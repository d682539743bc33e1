import { err, ok, type Result } from '../../../contract/result.ts'
import type { ServerDependencies } from '../../domain/dependencies.ts'
import type { Refusal } from '../../domain/refusal.ts'

/**
 * Which hashes of leaked passwords begin with these five digits, in the form of haveibeenpwned.com.
 * Whoever asks compares on their own side. All answers are equally long, so that on the way nobody
 * learns from the length what was asked.
 *
 * @param prefix - five hexadecimal digits
 */
export async function lookUpBreached(
  { breachedList, log }: Pick<ServerDependencies, 'breachedList' | 'log'>,
  prefix: string,
): Promise<Result<string, Refusal>> {
  const found = await breachedList.bucket(prefix)
  if (!found.ok) {
    const { detail } = found.error
    log.error({ event: 'breached_list_unavailable', detail }, 'no password can be checked')
    return err({ code: 'breached_list_unavailable' })
  }
  const { suffixes, padding } = found.value
  const lines = [
    ...suffixes.map((suffix) => `${suffix}:1\r\n`),
    ...padding.map((suffix) => `${suffix}:0\r\n`),
  ]
  return ok(lines.sort().join(''))
}
