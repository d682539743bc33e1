import { readFileSync } from 'node:fs'
import type { ServerConfig } from './load.ts'
import type { ConfigFile } from './schema.ts'

/** The way to a provider, as `notify/sms` wants to know it. */
export type SmsAccess =
  | {
      readonly adapter: 'twilio'
      readonly url: string
      readonly accountSid: string
      readonly keySid: string | null
      readonly secret: string
      readonly sender: { readonly from: string } | { readonly messagingServiceSid: string }
      readonly caPem: string | null
    }
  | {
      readonly adapter: 'webhook'
      readonly url: string
      readonly secret: string
      readonly caPem: string | null
    }
  | { readonly adapter: 'mail'; readonly address: string }

/** Null: the configuration names no way to send text messages. */
export function smsAccessFrom({ file, secrets }: ServerConfig): SmsAccess | null {
  const { sms } = file
  if (sms === undefined) return null
  if (sms.adapter === 'mail') return { adapter: 'mail', address: sms.address }
  const caPem = sms.caFile === undefined ? null : readFileSync(sms.caFile, 'utf8')
  const common = { url: sms.url, secret: secrets.smsSecret ?? '', caPem }
  if (sms.adapter === 'webhook') return { adapter: 'webhook', ...common }
  const { accountSid, keySid, from, messagingServiceSid } = sms
  const sender = from === undefined ? { messagingServiceSid: messagingServiceSid ?? '' } : { from }
  return { adapter: 'twilio', ...common, accountSid, keySid: keySid ?? null, sender }
}

/** Where text messages may go, and whose national numbers are understood. */
export function phoneCountriesFrom({ sms }: ConfigFile): {
  readonly defaultCountry: string | null
  readonly countries: readonly string[]
} {
  if (sms === undefined) return { defaultCountry: null, countries: [] }
  const { defaultCountry, countries } = sms
  return { defaultCountry, countries: countries ?? [defaultCountry] }
}
