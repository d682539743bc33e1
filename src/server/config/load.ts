import { readFileSync } from 'node:fs'
import { isIP } from 'node:net'
import { dirname, resolve } from 'node:path'
import type { z } from 'zod'
import { err, ok, type Result } from '../../contract/result.ts'
import { checkSms } from './check-sms.ts'
import { applyEnvironment } from './environment.ts'
import { checkFiles, forTheAccount, resolvePaths } from './files.ts'
import type { ConfigProblem } from './problem.ts'
import { ConfigFile } from './schema.ts'
import { type ConfigSecrets, readSecrets } from './secrets.ts'

export type ServerConfig = {
  readonly file: ConfigFile
  readonly secrets: ConfigSecrets
  /** What works, yet should be changed. */
  readonly warnings: readonly string[]
}

/**
 * Reads the configuration: one JSON file, `LATCHKEY_…` variables over it, secrets from files of their
 * own or the environment.
 *
 * @returns all problems at once, each with its path, so that one edit repairs them
 */
export function loadConfig(
  path: string,
  environment: NodeJS.ProcessEnv,
): Result<ServerConfig, ConfigProblem[]> {
  const absolute = resolve(path)
  const raw = readJson(absolute)
  if (!raw.ok) return err([raw.error])
  const { tree: merged, variables } = applyEnvironment(raw.value, environment)
  const tree = resolvePaths(merged, dirname(absolute))
  const { problems, warnings } = checkFiles(tree)
  const parsed = ConfigFile.safeParse(tree)
  if (!parsed.success)
    problems.unshift(...parsed.error.issues.flatMap(explainIssue(tree, variables)))
  if (!parsed.success || problems.length > 0) return err(problems)
  const read = readSecrets(parsed.data, environment)
  problems.push(...read.problems, ...checkMail(parsed.data), ...checkAccounts(parsed.data))
  problems.push(...checkSms(parsed.data, read.secrets))
  if (problems.length > 0) return err(problems)
  return ok({ file: parsed.data, secrets: read.secrets, warnings })
}

function readJson(path: string): Result<unknown, ConfigProblem> {
  let text: string
  try {
    text = readFileSync(path, 'utf8')
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'EACCES' || code === 'EPERM') {
      const expected = `a configuration file ${forTheAccount}`
      return err({ path, reason: 'cannot be read by this user', expected })
    }
    const reason = code === 'ENOENT' ? 'does not exist' : `cannot be read (${code})`
    return err({ path, reason, expected: 'a configuration file; name it with --config' })
  }
  try {
    return ok(JSON.parse(text))
  } catch (error) {
    // The parser's message may quote the text, which is not ours to print.
    const position = /position \d+( \(line \d+ column \d+\))?/.exec(String(error))?.[0]
    const reason = `is not JSON${position ? ` (at ${position})` : ''}`
    return err({ path, reason, expected: 'one JSON object' })
  }
}

function explainIssue(tree: unknown, variables: ReadonlyMap<string, string>) {
  const setBy = (path: string) => {
    const near = (set: string) =>
      `${set}.`.startsWith(`${path}.`) || `${path}.`.startsWith(`${set}.`)
    const names = [...variables].filter(([set]) => path !== '' && near(set)).map(([, name]) => name)
    return names.length === 0 ? '' : ` (set by the variable ${names.join(', ')})`
  }
  return (issue: z.core.$ZodIssue): ConfigProblem[] => {
    const path = issue.path.map(String)
    if (issue.code === 'unrecognized_keys') {
      return issue.keys.map((key) => {
        const unknown = [...path, key].join('.')
        const reason = `is not known${setBy(unknown)}`
        return { path: unknown, reason, expected: 'no such setting: check the spelling' }
      })
    }
    const value = path.reduce<unknown>((at, key) => (at as Record<string, unknown>)?.[key], tree)
    const missing = value === undefined
    const expected = issue.message.startsWith('Invalid input') ? 'an object' : issue.message
    const whole = path.join('.')
    const reason = missing ? whenMissing(issue) : `is not valid${setBy(whole)}`
    return [{ path: whole || '(whole file)', reason, expected }]
  }
}

/** A check of several settings may be about one that was not given: its default does not fit. */
function whenMissing(issue: z.core.$ZodIssue): string {
  const told = issue.code === 'custom' ? issue.params?.whenMissing : undefined
  return typeof told === 'string' ? told : 'is missing'
}

/**
 * SECURITY: the agent's password is handed to workstations: it must not be the one of an account with
 * rights. `doctor` looks at the rights themselves.
 */
function checkAccounts({ directory }: ConfigFile): ConfigProblem[] {
  const { serviceAccount, agentAccount, domain, netbiosName } = directory
  const own = [domain, netbiosName].map((name) => name.toLowerCase())
  const plain = (name: string) => {
    const [, before, after = ''] = /^(.*)[\\@](.*)$/.exec(name.toLowerCase()) ?? []
    const [account, place] = name.includes('\\') ? [after, before] : [before, after]
    return own.includes(place ?? '') ? account : name.toLowerCase()
  }
  if (plain(serviceAccount.name) !== plain(agentAccount.name)) return []
  const reason = 'is the same account as directory.serviceAccount'
  return [{ path: 'directory.agentAccount.name', reason, expected: 'another one, without rights' }]
}

/** SECURITY: codes travel by mail, so the way to the mail server is encrypted or inside this machine. */
function checkMail({ mail }: ConfigFile): ConfigProblem[] {
  const loopback =
    mail.host === 'localhost' ||
    mail.host === '::1' ||
    (isIP(mail.host) === 4 && mail.host.startsWith('127.'))
  if (mail.security !== 'none' || loopback) return []
  const expected = '"starttls" or "tls", unless the mail server is on this machine'
  return [{ path: 'mail.security', reason: 'would send codes unencrypted', expected }]
}
