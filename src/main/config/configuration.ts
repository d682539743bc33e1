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
  z.string('must be an https:// address').check(
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

const Line = (most: number) =>
  z._default(
    z.string('must be text').check(z.maxLength(most, `must have at most ${most} characters`)),
    '',
  )

const languages = ['en', 'de'] as const

const ConfigurationFile = z.strictObject({
  backendUrl: BackendUrl,
  caFile: z.optional(z.string('must be text').check(z.startsWith('/', 'must be an absolute path'))),
  organisation: Line(100),
  helpdesk: Line(200),
  language: z.optional(z.enum(languages, { error: `must be one of ${languages.join(', ')}` })),
})

/**
 * Checks the text of the configuration and of the CA file that it names.
 *
 * @param text - JSON as found in the managed store
 * @param source - what the text is called where it was found, for whoever has to mend it
 * @param readFile - reads the CA file
 * @returns the configuration, or everything that is wrong with it at once
 */
export function parseConfiguration(
  text: string,
  source: string,
  readFile: (path: string) => Result<string, ConfigurationError>,
): Result<Configuration, ConfigurationError> {
  const json = parseJson(text, source)
  if (!json.ok) return json
  const parsed = ConfigurationFile.safeParse(json.value)
  if (!parsed.success) return invalid(parsed.error.issues.map((one) => describe(one, json.value)))
  const { backendUrl, caFile, organisation, helpdesk, language } = parsed.data
  const pinned = caFile === undefined ? ok(null) : readAuthorities(caFile, readFile)
  if (!pinned.ok) return pinned
  const pinnedCaPem = pinned.value
  const common = { pinnedCaPem, organisation, helpdesk, language: language ?? null }
  return ok({ backendOrigin: backendUrl, ...common })
}

function parseJson(text: string, source: string): Result<unknown, ConfigurationError> {
  try {
    return ok(JSON.parse(text))
  } catch (error) {
    return invalid([`${source} is not valid JSON${placeOf(error, text)}`])
  }
}

/** Where the parser stopped, if it tells. What else it says quotes the file, and values are not repeated. */
function placeOf(error: unknown, text: string): string {
  if (text.trim() === '') return ': it is empty'
  const { message } = error as Error
  const [, position] = /^[^.]+ at position (\d+)/.exec(message) ?? []
  if (!position && !message.startsWith('Unexpected end')) return ''
  const before = text.slice(0, position ? Number(position) : text.length).split('\n')
  return ` (line ${before.length}, column ${(before.at(-1)?.length ?? 0) + 1})`
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

function describe(issue: z.core.$ZodIssue, json: unknown): string {
  if (issue.code === 'unrecognized_keys') return `${issue.keys.join(', ')}: not a known setting`
  const path = issue.path.join('.')
  if (path === '') return 'The configuration must be one JSON object.'
  // Settings have one level, so what is not there by its name is not there at all.
  const isMissing = !Object.hasOwn(json as object, path)
  return `${path}: ${isMissing ? 'is missing' : issue.message}`
}

function invalid(problems: readonly string[]) {
  return err({ code: 'invalid', problems } as const)
}
