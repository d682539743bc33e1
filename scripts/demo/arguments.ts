import { resolve } from 'node:path'
import { parseArgs } from 'node:util'

export interface DemoOptions {
  help: boolean
  /** The X display on which a person clicks; null when the demo walks by itself. */
  display: string | null
  /** Where the walk leaves its screenshots. */
  screenshots: string
  language: 'en' | 'de'
  /** Describes an existing test domain to use instead of one of our own. */
  domainFile: string | null
}

export const helpText = `
npm run demo -- [options]

  --headless          walk through by itself even when there is a display
  --screenshots DIR   where that walk leaves a picture of each step (default .latchkey/demo)
  --language en|de    language of the helper
  --domain FILE       use an existing test domain, described in JSON:
                      { "domain", "netbiosName", "controllers": [{ "host", "port" }], "caFile",
                        "enabledOus": [dn], "serviceAccount": { "name", "password" },
                        "agentAccount": { "name", "password" },
                        "user": { "name", "dn", "userPrincipalName", "password" } }
                      The user's password will be changed.

The demo starts a real Active Directory domain controller (Samba), a mail server, the backend and
the helper, all on this machine, and ends them again. It needs Linux and root for the domain
controller. Elsewhere: docker compose -f build/demo/compose.yaml up
`

/**
 * Reads the demo's options.
 *
 * @throws when an option is not known
 */
export function readArguments(args: string[], environment: NodeJS.ProcessEnv): DemoOptions {
  const { values } = parseArgs({
    args,
    options: {
      help: { type: 'boolean', short: 'h', default: false },
      headless: { type: 'boolean', default: false },
      screenshots: { type: 'string', default: '.latchkey/demo' },
      language: { type: 'string', default: 'en' },
      domain: { type: 'string' },
    },
  })
  if (values.language !== 'en' && values.language !== 'de') {
    throw new Error('--language takes en or de.')
  }
  const display = environment.DISPLAY || environment.WAYLAND_DISPLAY || null
  return {
    help: values.help,
    display: values.headless ? null : display,
    screenshots: resolve(values.screenshots),
    language: values.language,
    domainFile: values.domain ? resolve(values.domain) : null,
  }
}
