import { readFileSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { z } from 'zod'
import type { DemoDomain } from './domain.ts'

const text = z.string().min(1)
const account = z.strictObject({ name: text, password: text })

const DomainFile = z.strictObject({
  domain: text,
  netbiosName: text,
  controllers: z
    .array(
      z.strictObject({
        host: text,
        port: z.int().min(1).max(65_535).default(636),
        address: text.optional(),
      }),
    )
    .min(1),
  caFile: text,
  enabledOus: z.array(text).min(1),
  serviceAccount: account,
  agentAccount: account,
  user: z.strictObject({
    name: text,
    userPrincipalName: text,
    password: text,
    dn: z.string().default(''),
  }),
})

/**
 * A test domain that the caller brings; see the demo's help for the file's form.
 *
 * @throws with a sentence for people that names everything that is wrong with the file
 */
export function describedDomain(file: string): DemoDomain {
  const parsed = DomainFile.safeParse(readJson(file))
  if (!parsed.success) {
    const faults = parsed.error.issues.map(
      ({ path, message }) => `  ${path.length > 0 ? `${path.join('.')}: ` : ''}${message}`,
    )
    throw new Error(
      `${file} does not describe a domain:\n${faults.join('\n')}\nIts form: npm run demo -- --help`,
    )
  }
  const { user, controllers, ...domain } = parsed.data
  const caFile = resolve(dirname(file), domain.caFile)
  const [first] = controllers as [(typeof controllers)[number]]
  return {
    forBackend: { ...domain, caFile, controllers: controllers.map(withoutUndefined) },
    user,
    isOwn: false,
    signIn: {
      host: first.host,
      port: first.port,
      address: first.address ?? first.host,
      caPem: read(caFile),
    },
    stop: async () => {},
  }
}

function withoutUndefined({
  host,
  port,
  address,
}: {
  host: string
  port: number
  address?: string | undefined
}) {
  return address === undefined ? { host, port } : { host, port, address }
}

function readJson(file: string): unknown {
  const content = read(file)
  try {
    return JSON.parse(content)
  } catch (error) {
    throw new Error(`${file} is not valid JSON: ${(error as Error).message}`)
  }
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    throw new Error(`${file} cannot be read (${(error as NodeJS.ErrnoException).code}).`)
  }
}
