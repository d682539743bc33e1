import type { Hours, PolicyRule } from '../../../contract/policy.ts'

/** A rule without what says for whom it is. */
type Described = Omit<PolicyRule, 'methods'> & { readonly methods: readonly string[] }
type Field = keyof Described

/** What each part of a rule says, in a sentence. A part that asks for nothing says so. */
const sentences: { readonly [Name in Field]: (value: Described[Name]) => string } = {
  enabled: (on) => (on ? 'Recovery is switched on' : 'Recovery is switched off'),
  purposes: (purposes) => `For: ${list(purposes)}`,
  methods: (methods) => `Methods: ${list(methods)}`,
  required: (count) =>
    count === 1 ? 'One method is enough' : `${count} different methods have to be proven`,
  strength: (strength) =>
    strength === 'strong'
      ? 'At least one of them is strong'
      : 'At least one of them is resistant to phishing',
  passkeyCountsAsTwo: (on) => (on ? 'A passkey counts as two' : 'A passkey counts as one'),
  knownDevice: (on) =>
    on ? 'From a registered workstation alone' : 'From workstations that are not registered too',
  networks: (networks) =>
    networks.length === 0 ? 'From every network' : `From these networks alone: ${list(networks)}`,
  hours: (hours) => (hours === null ? 'At every hour' : hoursSentence(hours)),
  enrolWithinDays: (days) =>
    days === null ? 'No time is set for setting methods up' : `To be set up within ${inDays(days)}`,
  reconfirmDays: (days) =>
    days === null
      ? 'Addresses and numbers are never confirmed again'
      : `Addresses and numbers are confirmed again after ${inDays(days)}`,
  allowDirectoryMailbox: (on) =>
    on
      ? 'Codes may go to the mail address in the directory'
      : 'No code goes to the mail address in the directory',
  allowDirectoryPhone: (on) =>
    on
      ? 'Codes may go to the telephone number in the directory'
      : 'No code goes to the telephone number in the directory',
  allowNeverExpiring: (on) =>
    on
      ? 'Accounts whose password never expires may be reset'
      : 'Accounts whose password never expires are not reset',
  allowedAaguids: (models) =>
    models === null
      ? 'Every model of authenticator'
      : `These models of authenticators alone: ${list(models)}`,
  password: ({ minLength, bannedWords, breached }) =>
    [
      `A new password has at least ${minLength} characters`,
      bannedWords.length === 0 ? null : `holds none of these words: ${list(bannedWords)}`,
      breachedWords[breached],
    ]
      .filter((part) => part !== null)
      .join('; '),
}

const breachedWords = {
  refuse: 'is in no list of known passwords',
  warn: 'is warned about when it is in a list of known passwords',
  off: 'is looked up in no list of known passwords',
} as const

export const ruleFields = Object.keys(sentences) as readonly Field[]

/** One part of a rule in words. */
export function describeField<Name extends Field>(rule: Described, name: Name): string {
  return sentences[name](rule[name])
}

/** What a rule asks, a line for each part that is not as it would be anyway. */
export function describeRule(rule: Described): string[] {
  return ruleFields
    .filter((name) => !saysNothing(rule, name))
    .map((name) => `${describeField(rule, name)}.`)
}

function saysNothing(rule: Described, name: Field): boolean {
  const value = rule[name]
  if (name === 'enabled') return value === true
  return value === null || value === false || (Array.isArray(value) && value.length === 0)
}

function hoursSentence({ days, from, to, timeZone }: Hours): string {
  return `From ${from} to ${to} (${timeZone}) on ${list(days)}`
}

function inDays(days: number): string {
  return days === 1 ? 'one day' : `${days} days`
}

function list(items: readonly string[]): string {
  return items.join(', ')
}
