import { z } from 'zod'
import { methodKinds, methodStrength } from '../../contract/method-kinds.ts'
import { breachedRules } from '../../contract/password-checks.ts'
import {
  distinguishedName,
  filePath,
  flag,
  hostName,
  origin,
  port,
  seconds,
  shaped,
  text,
  whole,
} from './fields.ts'
import { sms } from './sms-schema.ts'

const listen = z
  .strictObject({ host: hostName.default('0.0.0.0'), port: port.default(8443) })
  .prefault({})

const network = shaped(
  /^[0-9a-fA-F.:]+(\/\d{1,3})?$/,
  'an IP address or network, e.g. 10.0.0.5 or 10.0.0.0/24',
).refine(isNarrow, {
  error:
    'the address or network of your proxies alone: whoever is in it may say what address a request ' +
    'comes from, so no network wider than /8 (IPv6: /32) is taken',
})

/** SECURITY: with the whole internet trusted, every limit that counts by address would be void. */
function isNarrow(value: string): boolean {
  const [address = '', length] = value.split('/')
  if (length === undefined) return true
  if (!address.includes(':')) return Number(length) >= 8
  // All of IPv4 is ::ffff:0:0/96 (RFC 4291 §2.5.5.2).
  const holdsIpv4 = /^0{0,4}:(0{0,4}:)/.test(address)
  return Number(length) >= (holdsIpv4 ? 96 + 8 : 32)
}

const server = z
  .strictObject({
    origin,
    listen,
    tls: z.strictObject({ certFile: filePath, keyFile: filePath }).optional(),
    trustedProxies: z.array(network, { error: 'a list of addresses or networks' }).default([]),
    portalFolder: filePath.optional(),
  })
  .refine(({ tls, trustedProxies }) => tls !== undefined || trustedProxies.length > 0, {
    path: ['tls'],
    error:
      'a certificate ({ "certFile", "keyFile" }), or "trustedProxies" when a proxy speaks HTTPS',
  })

const store = z.discriminatedUnion(
  'engine',
  [
    z.strictObject({ engine: z.literal('sqlite'), file: filePath }),
    z.strictObject({
      engine: z.literal('postgres'),
      host: text('a host name, or the folder of a Unix socket'),
      port: port.default(5432),
      database: text('the name of a database'),
      user: text('the name of a database user'),
      passwordFile: filePath.optional(),
      caFile: filePath.optional(),
      maxConnections: whole(1, 200, 'a number of connections, 1 to 200').default(10),
    }),
  ],
  { error: '{ "engine": "sqlite", "file": … } or { "engine": "postgres", "host": … }' },
)

const masterKeys = z
  .array(
    z.strictObject({
      id: shaped(/^[\w-]{1,32}$/, 'a short name of letters, digits, _ and -'),
      file: filePath,
    }),
    { error: 'a list of { "id", "file" }, the key for new values first' },
  )
  .default([])

const account = z.strictObject({
  name: shaped(
    /^([^\\@]+\\[^\\]+|[^\\]+@[^\\@]+)$/,
    'an account name with its domain: name@domain, or DOMAIN\\name',
  ),
  passwordFile: filePath.optional(),
})

/** SECURITY: plain LDAP would carry passwords in clear text. */
const ldapsPort = port
  .refine((value) => value !== 389 && value !== 3268, {
    error: '636 (LDAPS), or 3269 for a global catalogue: plain LDAP is never spoken',
  })
  .default(636)

const controller = z.strictObject({
  host: hostName,
  port: ldapsPort,
  address: hostName.optional(),
})

const directory = z.strictObject({
  domain: shaped(/^[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+$/, 'the DNS name of the domain'),
  netbiosName: shaped(/^[A-Za-z0-9._-]{1,15}$/, 'the NetBIOS name of the domain'),
  baseDn: distinguishedName.optional(),
  controllers: z.array(controller).min(1, { error: 'at least one domain controller' }).optional(),
  caFile: filePath.optional(),
  serviceAccount: account,
  agentAccount: account,
  enabledOus: z
    .array(distinguishedName, { error: 'a list of distinguished names' })
    .min(1, { error: 'at least one OU whose users may recover' }),
  connectSeconds: seconds(1, 30).default(3),
  operationSeconds: seconds(1, 30).default(8),
})

const mail = z.strictObject({
  host: hostName,
  port,
  security: z.enum(['starttls', 'tls', 'none'], {
    error: '"starttls" or "tls"; "none" only for a server on this machine',
  }),
  user: text('a user name').optional(),
  passwordFile: filePath.optional(),
  from: shaped(/^[^\r\n]*@[^\r\n]+$/, 'a sender, e.g. Latchkey <latchkey@example.com>'),
  caFile: filePath.optional(),
  language: z.enum(['en', 'de'], { error: '"en" or "de"' }).default('en'),
})

/**
 * SECURITY: where messages for phones may be posted to. The vendors of the usual browsers by default; a
 * name more, and whoever has a phone could let the backend call on it.
 */
const push = z
  .strictObject({
    services: z
      .array(
        shaped(
          /^(\*\.)?[a-z0-9-]+(\.[a-z0-9-]+)*(:\d{1,5})?$/i,
          'a host, e.g. push.example.com, or *.push.example.com for every host below it',
        ),
        { error: 'a list of hosts; empty: phones are not knocked at' },
      )
      .default([
        'fcm.googleapis.com',
        'updates.push.services.mozilla.com',
        '*.push.apple.com',
        '*.notify.windows.com',
      ]),
    caFile: filePath.optional(),
  })
  .prefault({})

const usualRequired = 2
/** Text messages cost money and prove little: only where somebody asks for them. */
const usualMethods = methodKinds.filter((kind) => kind !== 'sms')

const uuid = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/

const bannedWord = text('a word of 4 to 64 characters: shorter ones are found in too many others')
  .min(4, { error: 'a word of 4 to 64 characters: shorter ones are found in too many others' })
  .max(64, { error: 'a word of 4 to 64 characters' })

const policy = z
  .strictObject({
    required: whole(1, methodKinds.length, `1 to ${methodKinds.length}`).default(usualRequired),
    methods: z
      .array(z.enum(methodKinds, { error: `one of ${methodKinds.join(', ')}` }))
      .default([...usualMethods]),
    allowDirectoryMailbox: flag.default(false),
    allowDirectoryPhone: flag.default(false),
    allowNeverExpiring: flag.default(false),
    allowedAaguids: z
      .array(shaped(uuid, 'the AAGUID of a model, as a UUID in lower case'))
      .min(1, { error: 'at least one AAGUID; leave it out to allow any model' })
      .nullable()
      .default(null),
    minLength: whole(8, 128, 'a minimum length of 8 to 128; 15 is recommended').default(15),
    bannedWords: z
      .array(bannedWord, { error: 'a list of words that no password may contain' })
      .max(1000, { error: 'at most 1,000 words' })
      .default([]),
    breached: z.enum(breachedRules, { error: '"refuse", "warn" or "off"' }).default('refuse'),
  })
  .refine(({ required, methods }) => required <= new Set(methods).size, {
    path: ['required'],
    error: 'no more than there are methods: otherwise nobody could recover',
    params: {
      whenMissing: `is missing, and its default of ${usualRequired} is more than the methods given`,
    },
  })
  .refine(({ methods }) => methods.some((kind) => methodStrength[kind] !== 'weak'), {
    path: ['methods'],
    error: 'at least one strong method (totp): weak ones alone never suffice',
  })
  .prefault({})

const count = (most: number) => whole(1, most, `1 to ${most}`)

/** The recommended values by default; bounds keep a typing error from opening the door. */
const limits = z
  .strictObject({
    recoverySeconds: seconds(120, 1800).default(600),
    codeSeconds: seconds(120, 600).default(600),
    attemptsInRecovery: count(10).default(5),
    failures: count(20).default(10),
    failureWindowSeconds: seconds(300, 86_400).default(900),
    firstDelaySeconds: seconds(10, 3600).default(30),
    longestDelaySeconds: seconds(60, 86_400).default(3600),
    failuresInRow: whole(10, 100, '10 to 100').default(100),
    codesInRecovery: count(10).default(3),
    codesForAccount: count(50).default(6),
    codesForMailbox: count(50).default(6),
    codesFromAddress: count(10_000).default(60),
    codesInAll: count(1_000_000).default(5_000),
    smsForAccount: count(50).default(6),
    smsForNumber: count(50).default(6),
    smsFromAddress: count(10_000).default(30),
    smsInAll: count(1_000_000).default(1_000),
    smsToPrefix: count(1_000_000).default(500),
    smsInDay: count(1_000_000).default(2_000),
    requestsFromAddress: count(1_000_000).default(300),
    signInTries: count(10).default(3),
    signInPauseSeconds: seconds(60, 86_400).default(1800),
  })
  .prefault({})

const passwords = z.strictObject({ breachedIndex: filePath.optional() }).prefault({})

const audit = z.strictObject({ checkpointFile: filePath.optional() }).prefault({})

/** The configuration file. Everything that is not listed here is refused. */
export const ConfigFile = z.strictObject({
  organisation: text('the name of the organisation').max(100),
  helpdesk: z.string({ error: 'one line of text' }).max(200).default(''),
  server,
  store,
  masterKeys,
  directory,
  mail,
  sms: sms.optional(),
  push,
  policy,
  limits,
  passwords,
  audit,
})
export type ConfigFile = z.output<typeof ConfigFile>
