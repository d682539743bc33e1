import { z } from 'zod'
import { MethodKind } from './methods.ts'
import { Purpose } from './recovery.ts'

/**
 * Who may recover, with which proofs, when and from where: the file that IT writes and the body of each
 * stored version. What cannot be told from one field alone is checked by `domain/policy/check.ts`.
 */

/** How hard to steal the hardest of the proofs has to be. */
export const AskedStrength = z.enum(['strong', 'phishing-resistant'], {
  error: '"strong" or "phishing-resistant"',
})
export type AskedStrength = z.infer<typeof AskedStrength>

export const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const

const time = (expected: string, shape: RegExp) =>
  z.string({ error: expected }).regex(shape, { error: expected })

/** A span that ends before it begins goes on past midnight, and belongs to the day on which it began. */
export const Hours = z.strictObject({
  days: z.array(z.enum(weekdays, { error: `one of ${weekdays.join(', ')}` })).min(1),
  from: time('a time such as 07:30', /^([01]\d|2[0-3]):[0-5]\d$/),
  to: time('a time such as 19:00, at most 24:00', /^(([01]\d|2[0-3]):[0-5]\d|24:00)$/),
  /** A name of the IANA time zone database, e.g. `Europe/Berlin`. */
  timeZone: z.string({ error: 'a time zone such as Europe/Berlin' }).min(1).max(64),
})
export type Hours = z.infer<typeof Hours>

const aWord = 'a word of 4 to 64 characters: shorter ones are found in too many others'

/** What the organisation asks of a password, on top of what the directory asks. */
export const PasswordPolicy = z.strictObject({
  /** Raises the directory's own minimum length; never lowers it. */
  minLength: z
    .int({ error: 'a minimum length of 8 to 128; 15 is recommended' })
    .min(8, { error: 'a minimum length of 8 to 128; 15 is recommended' })
    .max(128, { error: 'a minimum length of 8 to 128; 15 is recommended' })
    .default(15),
  bannedWords: z
    .array(z.string({ error: aWord }).trim().min(4, { error: aWord }).max(64, { error: aWord }))
    .max(1000)
    .default([]),
  breached: z
    .enum(['refuse', 'warn', 'off'], { error: '"refuse", "warn" or "off"' })
    .default('refuse'),
})
export type PasswordPolicy = z.infer<typeof PasswordPolicy>

const days = z
  .int({ error: 'a number of days, 1 to 3650' })
  .min(1, { error: 'a number of days, 1 to 3650' })
  .max(3650, { error: 'a number of days, 1 to 3650' })
  .nullable()
  .default(null)
const flag = (fallback: boolean) => z.boolean({ error: 'true or false' }).default(fallback)
const howMany = 'how many different methods: 1 to 8'

const aModel = 'a list of AAGUIDs such as cb69481e-8ff7-4039-93ec-0a2729a154a8, or null'

const ruleFields = {
  enabled: flag(true),
  purposes: z
    .array(Purpose)
    .min(1, 'at least one purpose; "enabled": false to allow none')
    .default(['reset', 'unlock']),
  methods: z
    .array(MethodKind, { error: 'a list of kinds of methods' })
    .min(1, 'at least one kind of method'),
  required: z
    .int({ error: howMany })
    .min(1, { error: howMany })
    .max(8, { error: howMany })
    .default(2),
  strength: AskedStrength.default('strong'),
  /** SECURITY: a passkey is asked for with user verification always, so it is two factors in one. */
  passkeyCountsAsTwo: flag(false),
  /** Only from a workstation that is registered. */
  knownDevice: flag(false),
  /** Addresses and networks from which a recovery may be finished. Empty: from everywhere. */
  networks: z
    .array(z.string({ error: 'a network such as 10.0.0.0/8' }))
    .max(1000)
    .default([]),
  /** Null: always. */
  hours: Hours.nullable().default(null),
  /** Within how many days people are to have set their methods up. */
  enrolWithinDays: days,
  /** After how many days an address or a number is to be confirmed again. */
  reconfirmDays: days,
  /** Whether codes may go to the mail address in the directory: often the mailbox that is locked too. */
  allowDirectoryMailbox: flag(false),
  allowDirectoryPhone: flag(false),
  /**
   * Whether accounts whose password never expires may be reset. Must-change has no effect on them, so
   * whoever holds the temporary password could sign in with it until it is replaced.
   */
  allowNeverExpiring: flag(false),
  /** Models of authenticators that may be set up (WebAuthn L3 §6.5.2). Null: every model. */
  allowedAaguids: z
    .array(z.uuid({ error: aModel }).toLowerCase(), { error: aModel })
    .min(1, { error: 'at least one model; null for every model' })
    .max(1000)
    .nullable()
    .default(null),
  password: PasswordPolicy.prefault({}),
}

/** What holds for the people whom a rule is for. */
export const PolicyRule = z.strictObject(ruleFields)
export type PolicyRule = z.infer<typeof PolicyRule>

const aName = 'a name of 1 to 64 characters'

/** A group by its identifier, which stays when the group is renamed; the name is for people to read. */
export const PolicyGroup = z.strictObject({
  sid: z
    .string({ error: 'a security identifier such as S-1-5-21-1-2-3-1105' })
    .regex(/^S-1-\d+(-\d+){1,15}$/, { error: 'a security identifier such as S-1-5-21-1-2-3-1105' }),
  name: z.string({ error: aName }).min(1, { error: aName }).max(256),
})
export type PolicyGroup = z.infer<typeof PolicyGroup>

const groups = z.array(PolicyGroup, { error: 'a list of { "sid", "name" }' }).max(1000).default([])

export const ScopedRule = z.strictObject({
  id: z
    .string({ error: 'a short name of letters, digits, _ and -' })
    .regex(/^[\w-]{1,64}$/, { error: 'a short name of letters, digits, _ and -' }),
  name: z.string({ error: aName }).trim().min(1, { error: aName }).max(64, { error: aName }),
  scope: z.strictObject({
    /** Members, nested ones too. */
    groups,
    /** Distinguished names; everybody below one of them. */
    ous: z
      .array(
        z
          .string({ error: 'a distinguished name' })
          .regex(/^\s*[A-Za-z][\w-]*=.+/, {
            error: 'a distinguished name, e.g. OU=Staff,DC=corp,DC=example,DC=com',
          })
          .max(1024),
      )
      .max(1000)
      .default([]),
  }),
  ...ruleFields,
})
export type ScopedRule = z.infer<typeof ScopedRule>

export const PolicyDocument = z.strictObject({
  /** For whoever no other rule is for. */
  everyone: PolicyRule,
  /** The first one that names a group of the person; else the one that names the nearest OU. */
  rules: z.array(ScopedRule).max(1000).default([]),
  /** On top of whatever rule applies to them: two proofs, one of them phishing-resistant. */
  privileged: z.strictObject({ groups }).prefault({}),
})
export type PolicyDocument = z.infer<typeof PolicyDocument>
