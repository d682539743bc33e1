import {
  isAuthenticatorKind,
  type MethodKind,
  methodStrength,
} from '../../../contract/method-kinds.ts'
import { PolicyDocument, type PolicyRule, type ScopedRule } from '../../../contract/policy.ts'
import { reaches } from '../../../contract/proofs.ts'
import { err, ok, type Result } from '../../../contract/result.ts'
import { nameOf } from '../distinguished-name.ts'
import { everyoneId, privilegedFloor } from './decide.ts'
import { hoursProblem } from './hours.ts'
import { coversAll, networkProblem } from './networks.ts'

/** Something about a document, where, and in a sentence. */
export type Remark = {
  /** e.g. `rules.2.networks.0`; empty for the whole document. */
  readonly path: string
  readonly sentence: string
}

/** What this server can do at all. */
export type Abilities = {
  /** Kinds that are set up here: without a gateway nobody gets a text message. */
  readonly methods: readonly MethodKind[]
  /** Whether workstations can be registered with it. */
  readonly knowsDevices: boolean
  /** The proxies whose word for an address is taken. Left out: not known, and nothing is said of them. */
  readonly trustedProxies?: readonly string[]
}

export type Checked = { readonly problems: readonly Remark[]; readonly warnings: readonly Remark[] }

/** Reads a document from what a file holds. All problems of its shape at once. */
export function readPolicy(raw: unknown): Result<PolicyDocument, Remark[]> {
  const parsed = PolicyDocument.safeParse(raw)
  if (parsed.success) return ok(parsed.data)
  return err(
    parsed.error.issues.flatMap((issue) => {
      const path = issue.path.map(String)
      if (issue.code !== 'unrecognized_keys') {
        return [{ path: path.join('.'), sentence: `Expected ${expected(issue.message)}.` }]
      }
      return issue.keys.map((key) => ({
        path: [...path, key].join('.'),
        sentence: 'There is no such setting: check the spelling.',
      }))
    }),
  )
}

function expected(message: string): string {
  return message
    .replace(/^Invalid input: expected /, '')
    .replace(/^Invalid input$/, 'another value')
}

/**
 * What must not be applied: what would keep everybody out whom a rule is for, or let somebody in with
 * less than the floor; and what may be applied, yet should be looked at.
 */
export function checkPolicy(document: PolicyDocument, abilities: Abilities): Checked {
  const rules = rulesOf(document)
  const found = rules.map(({ path, rule }) => checkRule(path, rule, abilities))
  const problems = found.flatMap((one) => one.problems)
  const warnings = found.flatMap((one) => one.warnings)
  const isForNobody = (rule: ScopedRule) => rule.scope.groups.length + rule.scope.ous.length === 0
  const forSomebody = [document.everyone, ...document.rules.filter((rule) => !isForNobody(rule))]
  if (forSomebody.every((rule) => !rule.enabled)) {
    problems.push({
      path: '',
      sentence: 'Every rule that is for anybody is switched off, so nobody could recover.',
    })
  }
  return {
    problems: [...problems, ...duplicates(document.rules), ...emptyScopes(document.rules)],
    warnings: [...warnings, ...privilegedWarnings(document), ...laxerPasswords(document)],
  }
}

type Placed = { readonly path: string; readonly rule: PolicyRule }

function rulesOf({ everyone, rules }: PolicyDocument): Placed[] {
  return [
    { path: 'everyone', rule: everyone },
    ...rules.map((rule, index) => ({ path: `rules.${index}`, rule })),
  ]
}

function checkRule(path: string, rule: PolicyRule, abilities: Abilities) {
  const at = (field: string, sentence: string): Remark => ({ path: `${path}.${field}`, sentence })
  const hours = rule.hours === null ? null : hoursProblem(rule.hours)
  const aboutMethods = checkMethods(rule, abilities, at)
  const problems = [
    // A rule that is off keeps nobody out by its methods, until somebody switches it on.
    ...(rule.enabled ? aboutMethods : []),
    ...rule.networks.flatMap((network, index) => {
      const problem = networkProblem(network)
      return problem === null ? [] : [at(`networks.${index}`, `${capital(problem)}.`)]
    }),
    ...(hours === null ? [] : [at('hours', `${capital(hours)}.`)]),
  ]
  if (rule.enabled && rule.knownDevice && !abilities.knowsDevices) {
    const sentence =
      'No workstation can be registered with this server yet, so nobody whom the rule is for could recover.'
    problems.push(at('knownDevice', sentence))
  }
  const later = rule.enabled ? [] : aboutMethods.map(onceOn)
  return { problems, warnings: [...later, ...warningsOf(rule, abilities, at)] }
}

function onceOn({ path, sentence }: Remark): Remark {
  return { path, sentence: `Once the rule is switched on: ${sentence}` }
}

type At = (field: string, sentence: string) => Remark

function checkMethods(rule: PolicyRule, { methods: able }: Abilities, at: At): Remark[] {
  const problems: Remark[] = []
  const kinds = new Set(rule.methods)
  if (kinds.size < rule.methods.length) {
    problems.push(at('methods', 'A kind of method is named more than once.'))
  }
  // Nobody can set up a pass: it is issued to one person, once, and then it is gone.
  const available = [...kinds].filter((kind) => able.includes(kind) && kind !== 'temporaryPass')
  if (!reaches(available, rule.strength)) {
    const none = available.every((kind) => methodStrength[kind] === 'weak')
    problems.push(
      at(
        'methods',
        none
          ? 'There is no strong method among those that this server can check. Weak ones are never enough, alone or together, so nobody could recover.'
          : 'No method that resists phishing is among those that this server can check, so nobody could recover.',
      ),
    )
  }
  const most = available.length + (rule.passkeyCountsAsTwo && kinds.has('passkey') ? 1 : 0)
  if (rule.required > most) {
    const sentence = `${rule.required} different methods are asked for and ${most} can be had, so nobody could recover.`
    const pass = ' A temporary pass is not among them: nobody can set one up.'
    problems.push(at('required', kinds.has('temporaryPass') ? sentence + pass : sentence))
  }
  return problems
}

function warningsOf(
  rule: PolicyRule,
  { methods: able, trustedProxies }: Abilities,
  at: At,
): Remark[] {
  const warnings: Remark[] = []
  const warn = (when: boolean, field: string, sentence: string) => {
    if (when) warnings.push(at(field, sentence))
  }
  const missing = rule.methods.filter((kind) => !able.includes(kind))
  const hasAuthenticator = rule.methods.some(isAuthenticatorKind)
  warn(
    rule.required === 1,
    'required',
    'One strong method is enough: whoever has stolen it is in. Two different ones are recommended.',
  )
  warn(
    missing.length > 0,
    'methods',
    `This server cannot check ${missing.join(', ')}: see its configuration.`,
  )
  warn(
    rule.allowDirectoryMailbox,
    'allowDirectoryMailbox',
    'Codes may go to a mailbox that opens with the very password that is lost.',
  )
  warn(
    rule.allowDirectoryMailbox && !rule.methods.includes('email'),
    'allowDirectoryMailbox',
    'It has no effect: email is not among the methods.',
  )
  warn(
    rule.allowDirectoryPhone && !rule.methods.includes('sms'),
    'allowDirectoryPhone',
    'It has no effect: sms is not among the methods.',
  )
  warn(
    rule.allowedAaguids !== null && !hasAuthenticator,
    'allowedAaguids',
    'It has no effect: neither passkey nor securityKey is among the methods.',
  )
  warn(
    rule.passkeyCountsAsTwo && !rule.methods.includes('passkey'),
    'passkeyCountsAsTwo',
    'It has no effect: passkey is not among the methods.',
  )
  warn(
    coversAll(rule.networks),
    'networks',
    'Networks that hold every address together are no restriction.',
  )
  warn(
    rule.networks.length > 0 && trustedProxies?.length === 0,
    'networks',
    'No trusted proxy is configured: behind a proxy or load balancer everybody would come from its address. See server.trustedProxies.',
  )
  return warnings
}

/** The one that counts would depend on the order alone, which nobody sees. */
function duplicates(rules: readonly ScopedRule[]): Remark[] {
  const seen = new Map<string, string>()
  const problems: Remark[] = [everyoneTaken(rules)].flat()
  const claim = (key: string, path: string, what: string) => {
    const other = seen.get(key)
    if (other === undefined) seen.set(key, path)
    else problems.push({ path, sentence: `${what} is named at ${other} already.` })
  }
  rules.forEach(({ id, name, scope }, index) => {
    const path = `rules.${index}`
    claim(`id ${id}`, `${path}.id`, `The id ${id}`)
    claim(`name ${name.toLowerCase()}`, `${path}.name`, `The name ${name}`)
    scope.groups.forEach(({ sid, name: group }, position) => {
      claim(`group ${sid}`, `${path}.scope.groups.${position}`, `The group ${group}`)
    })
    scope.ous.forEach((ou, position) => {
      claim(`ou ${nameOf(ou)}`, `${path}.scope.ous.${position}`, `The container ${ou}`)
    })
  })
  return problems
}

function everyoneTaken(rules: readonly ScopedRule[]): Remark[] {
  return rules.flatMap(({ id }, index) =>
    id.toLowerCase() === everyoneId
      ? [
          {
            path: `rules.${index}.id`,
            sentence: 'That is what the rule for everybody else is called.',
          },
        ]
      : [],
  )
}

function emptyScopes(rules: readonly ScopedRule[]): Remark[] {
  return rules.flatMap(({ scope }, index) =>
    scope.groups.length + scope.ous.length === 0
      ? [{ path: `rules.${index}.scope`, sentence: 'It names neither a group nor a container.' }]
      : [],
  )
}

function privilegedWarnings(document: PolicyDocument): Remark[] {
  if (document.privileged.groups.length === 0) return []
  return rulesOf(document)
    .filter(({ rule }) => rule.enabled && !canReachFloor(rule))
    .map(({ path }) => ({
      path: `${path}.methods`,
      sentence:
        'Privileged people whom this rule is for cannot recover: they need two methods, one of them resistant to phishing (passkey or securityKey).',
    }))
}

/** A rule without a part about passwords has the defaults, not what is said for everyone. */
function laxerPasswords({ everyone, rules }: PolicyDocument): Remark[] {
  const strictness = ['off', 'warn', 'refuse']
  const of = everyone.password
  return rules.flatMap(({ enabled, password }, index) => {
    const words = new Set(password.bannedWords)
    const laxer = [
      ...(password.minLength < of.minLength ? ['minLength'] : []),
      ...(of.bannedWords.some((word) => !words.has(word)) ? ['bannedWords'] : []),
      ...(strictness.indexOf(password.breached) < strictness.indexOf(of.breached)
        ? ['breached']
        : []),
    ]
    const sentence = `Less is asked of new passwords than by the rule for everyone (${laxer.join(', ')}): what is left out here has its default, not what is said there.`
    return enabled && laxer.length > 0 ? [{ path: `rules.${index}.password`, sentence }] : []
  })
}

function canReachFloor({ methods, required }: PolicyRule): boolean {
  const kinds = new Set(methods)
  const { strength, required: least } = privilegedFloor
  return reaches(kinds, strength) && kinds.size >= Math.max(required, least)
}

function capital(sentence: string): string {
  return `${sentence.charAt(0).toUpperCase()}${sentence.slice(1)}`
}
