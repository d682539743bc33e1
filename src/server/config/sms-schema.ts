import { isSupportedCountry } from 'libphonenumber-js/max'
import { z } from 'zod'
import { filePath, shaped, text } from './fields.ts'

const country = text('a country by its two letters (ISO 3166-1), e.g. DE').refine(
  (value) => isSupportedCountry(value),
  { error: 'a country by its two capital letters (ISO 3166-1), e.g. DE; GB, not UK' },
)

/** SECURITY: codes travel there, and whoever reads the configuration should not find a password in it. */
const httpsAddress = text('an address such as https://api.example.com').refine(isHttpsAddress, {
  error: 'an address with https, without a user name, a password or a part after #',
})

function isHttpsAddress(value: string): boolean {
  if (!URL.canParse(value)) return false
  const { protocol, username, password, hash } = new URL(value)
  return protocol === 'https:' && username === '' && password === '' && hash === ''
}

const sid = shaped(/^[\w-]{1,64}$/, 'an identifier of letters and digits, as the provider shows it')

const everywhere = {
  defaultCountry: country,
  /** SECURITY: what is not listed is neither enrolled nor sent to: calls abroad are how fraud is paid. */
  countries: z
    .array(country, { error: 'a list of countries' })
    .min(1, { error: 'at least one country; leave it out for the default country alone' })
    .optional(),
}

const overHttps = { secretFile: filePath.optional(), caFile: filePath.optional() }

const twilio = z
  .strictObject({
    adapter: z.literal('twilio'),
    ...everywhere,
    ...overHttps,
    url: httpsAddress.default('https://api.twilio.com'),
    accountSid: sid,
    keySid: sid.optional(),
    from: shaped(
      /^(\+[1-9]\d{6,14}|\d{3,8}|(?=.*[A-Za-z])[A-Za-z0-9 ]{1,11})$/,
      'a number such as +491701234567, a short code, or a name of up to 11 letters and digits',
    ).optional(),
    messagingServiceSid: sid.optional(),
  })
  .refine(
    ({ from, messagingServiceSid }) => (from === undefined) !== (messagingServiceSid === undefined),
    {
      path: ['from'],
      error: 'either "from" or "messagingServiceSid", and not both',
    },
  )

const webhook = z.strictObject({
  adapter: z.literal('webhook'),
  ...everywhere,
  ...overHttps,
  url: httpsAddress,
})

const mail = z.strictObject({
  adapter: z.literal('mail'),
  ...everywhere,
  address: shaped(
    /^[\w.+-]*\{(number|digits)\}[\w.+-]*@[A-Za-z0-9.-]+$/,
    'an address such as {number}@sms.example.com; {digits} stands for the number without its +',
  ),
})

/** How text messages are sent. Without it none are, and nobody can set a number up. */
export const sms = z.discriminatedUnion('adapter', [twilio, webhook, mail], {
  error: '{ "adapter": "twilio" }, { "adapter": "webhook" } or { "adapter": "mail" }, and so on',
})
