import type { ConfigProblem } from './problem.ts'
import type { ConfigFile } from './schema.ts'
import type { ConfigSecrets } from './secrets.ts'

/** 32 characters of base64 are 192 bits. */
const shortestKey = 32

/** What fits together only with the rest of the configuration. */
export function checkSms(
  { sms, policy }: ConfigFile,
  { smsSecret }: Pick<ConfigSecrets, 'smsSecret'>,
): ConfigProblem[] {
  const problems: ConfigProblem[] = []
  if (sms === undefined && policy.methods.includes('sms')) {
    const reason = 'names sms, and there is no section "sms" that says how to send'
    const expected = 'that section, or methods without sms'
    problems.push({ path: 'policy.methods', reason, expected })
  }
  if (sms?.adapter === 'webhook' && smsSecret !== null && smsSecret.length < shortestKey) {
    const expected = 'at least 32 characters, e.g. from: openssl rand -base64 32'
    problems.push({ path: 'sms.secretFile', reason: 'is too short to sign with', expected })
  }
  return problems
}
