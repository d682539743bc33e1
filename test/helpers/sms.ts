import { randomInt } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type SmsProvider, startSmsProvider } from '../../scripts/lab/sms-provider.ts'
import { type TestLab, uniqueName } from './lab.ts'

/** A provider of text messages, and what a configuration says about it. */
export interface SmsLab {
  provider: SmsProvider
  twilio: Record<string, unknown>
  webhook: Record<string, unknown>
}

export async function startSmsLab(lab: TestLab): Promise<SmsLab> {
  const provider = await startSmsProvider({ certificate: lab.serverCertificate })
  const secretFile = join(lab.folder, uniqueName('sms-secret'))
  writeFileSync(secretFile, provider.secret, { mode: 0o600 })
  const common = { defaultCountry: 'DE', countries: ['DE', 'AT'], secretFile, caFile: lab.caFile }
  const { url, accountSid } = provider
  return {
    provider,
    twilio: { ...common, adapter: 'twilio', url, accountSid, from: '+4915100000000' },
    webhook: { ...common, adapter: 'webhook', url: `${url}/hook` },
  }
}

/** A German mobile number that nobody else here has. */
export function newNumber(): string {
  return `+49170${randomInt(1_000_000, 10_000_000)}`
}

/**
 * The newest code that was sent to a number.
 *
 * @param since - milliseconds since the epoch; older ones do not count
 * @throws when none comes
 */
export async function textedCode(
  provider: SmsProvider,
  number: string,
  since = 0,
): Promise<string> {
  const { text } = await provider.waitFor(
    ({ to, receivedAt }) => to === number && receivedAt >= since,
    20_000,
  )
  return /\b\d{6}\b/.exec(text)?.[0] ?? ''
}
