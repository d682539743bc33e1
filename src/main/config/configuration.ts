import { X509Certificate } from 'node:crypto'
// The small build of zod: this file is on the way to the first screen.
import * as z from 'zod/mini'
import { err, ok, type Result } from '../../contract/result.ts'
import { certificatesIn } from '../pem.ts'

/** What IT has set for this workstation, checked. */
export type Configuration = {
  /** Scheme, host and port of the backend; nothing after it. */
  readonly backendOrigin: string
  /** The only authorities whose certificates the backend may show; null leaves it to the machine. */
  readonly pinnedCaPem: string | null
  readonly organisation: string
  readonly helpdesk: string
  readonly language: 'en' | 'de' | null
}

export type ConfigurationError = {
  readonly code: 'missing' | 'unreadable' | 'invalid'
  /** One sentence for each thing that is wrong. Values are not repeated. */
  readonly problems: readonly string[]
}

// SECURITY: https only. A configuration that names http is refused, not upgraded in silence.
const BackendUrl = z.pipe(
  z.string().check(
    z.refine((text) => URL.canParse(text) && new URL(text).protocol === 'https:', {
      error: 'must be an https:// address',
      abort: true,
    }),
    z.refine((text) => new URL(text).href === `${new URL(text).origin}/`, {
      error: 'must be the bare address of the server: no path, no query, no user name',
    }),
  ),
  z.transform((text: string) => new URL(text).origin),
)

const ConfigurationFile = z.strictObject({
  backendUrl: BackendUrl,
  caFile: z.optional(z.string().check(z.startsWith('/', 'must be an absolute path'))),
  organisation: z._default(z.string().check(z.maxLength(100)), ''),
  helpdesk: z._default(z.string().check(z.maxLength(200)), ''),
  language: z.optional(z.enum(['en', 'de'])),
})

/**
 * Checks the text of the configuration and of the CA file that it names.
 *
 * @param text - JSON as found in the managed store
 * @param readFile - reads the CA file
 * @returns the configuration, or everything that is wrong with it at once
 */
export function parseConfiguration(
  text: string,
  readFile: (path: string) => Result<string, ConfigurationError>,
): Result<Configuration, ConfigurationError> {
  const json = parseJson(text)
  if (!json.ok) return json
  const parsed = ConfigurationFile.safeParse(json.value)
  if (!parsed.success) return invalid(parsed.error.issues.map(describe))
  const { backendUrl, caFile, organisation, helpdesk, language } = parsed.data
  const pinned = caFile === undefined ? ok(null) : readAuthorities(caFile, readFile)
  if (!pinned.ok) return pinned
  const pinnedCaPem = pinned.value
  const common = { pinnedCaPem, organisation, helpdesk, language: language ?? null }
  return ok({ backendOrigin: backendUrl, ...common })
}

function parseJson(text: string): Result<unknown, ConfigurationError> {
  try {
    return ok(JSON.parse(text))
  } catch {
    return invalid(['The configuration is not valid JSON.'])
  }
}

function readAuthorities(
  path: string,
  readFile: (path: string) => Result<string, ConfigurationError>,
): Result<string, ConfigurationError> {
  const read = readFile(path)
  if (!read.ok) return invalid(read.error.problems.map((problem) => `caFile: ${problem}`))
  const blocks = certificatesIn(read.value)
  if (blocks.length === 0) return invalid(['caFile: holds no certificate in PEM form'])
  for (const block of blocks) {
    if (!isAuthority(block)) return invalid(['caFile: holds a certificate that is no authority'])
  }
  return ok(blocks.join('\n'))
}

function isAuthority(pem: string): boolean {
  try {
    return new X509Certificate(pem).ca
  } catch {
    return false
  }
}

function describe(issue: z.core.$ZodIssue): string {
  if (issue.code === 'unrecognized_keys') return `${issue.keys.join(', ')}: not a known setting`
  const path = issue.path.join('.')
  return path === '' ? 'The configuration must be one JSON object.' : `${path}: ${issue.message}`
}

function invalid(problems: readonly string[]) {
  return err({ code: 'invalid', problems } as const)
}
