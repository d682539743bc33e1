import { readFileSync } from 'node:fs'
import { isIP } from 'node:net'
import { dirname, resolve } from 'node:path'
import type { z } from 'zod'
import { err, ok, type Result } from '../../contract/result.ts'
import { applyEnvironment } from './environment.ts'
import { checkFiles, resolvePaths } from './files.ts'
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
  const tree = resolvePaths(applyEnvironment(raw.value, environment), dirname(absolute))
  const { problems, warnings } = checkFiles(tree)
  const parsed = ConfigFile.safeParse(tree)
  if (!parsed.success) problems.unshift(...parsed.error.issues.flatMap(explainIssue(tree)))
  if (!parsed.success || problems.length > 0) return err(problems)
  const read = readSecrets(parsed.data, environment)
  problems.push(...read.problems, ...checkMail(parsed.data))
  if (problems.length > 0) return err(problems)
  return ok({ file: parsed.data, secrets: read.secrets, warnings })
}

function readJson(path: string): Result<unknown, ConfigProblem> {
  let text: string
  try {
    text = readFileSync(path, 'utf8')
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    const reason = code === 'ENOENT' ? 'does not exist' : 'cannot be read by this user'
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

function explainIssue(tree: unknown) {
  return (issue: z.core.$ZodIssue): ConfigProblem[] => {
    const path = issue.path.map(String)
    if (issue.code === 'unrecognized_keys') {
      return issue.keys.map((key) => ({
        path: [...path, key].join('.'),
        reason: 'is not known',
        expected: 'no such setting: check the spelling',
      }))
    }
    const value = path.reduce<unknown>((at, key) => (at as Record<string, unknown>)?.[key], tree)
    const missing = value === undefined
    const expected = issue.message.startsWith('Invalid input') ? 'an object' : issue.message
    const reason = missing ? 'is missing' : 'is not valid'
    return [{ path: path.join('.') || '(whole file)', reason, expected }]
  }
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
