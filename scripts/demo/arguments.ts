import { resolve } from 'node:path'
import { parseArgs } from 'node:util'

export interface DemoOptions {
  help: boolean
  /** Brings everything onto the machine, and starts nothing. */
  prepareOnly: boolean
  /** A person clicks; otherwise the demo walks by itself. */
  hasDisplay: boolean
  /** Where the walk leaves its screenshots. */
  screenshots: string
  language: 'en' | 'de'
  /** Describes an existing test domain to use instead of one of our own. */
  directoryFile: string | null
}

export const helpText = `
npm run demo -- [options]

  --headless          walk through by itself even when there is a display
  --screenshots DIR   where that walk leaves a picture of each step (default .latchkey/demo)
  --language en|de    language of the helper for a person who clicks
  --directory FILE    use an existing test domain, described in JSON:
                      { "domain", "netbiosName", "controllers": [{ "host", "port" }], "caFile",
                        "enabledOus": [dn], "serviceAccount": { "name", "password" },
                        "agentAccount": { "name", "password" },
                        "user": { "name", "userPrincipalName", "password" } }
                      The user's account will be locked and its password changed.
  --prepare-only      fetch and build everything, start nothing

The demo starts a real Active Directory domain controller (Samba), a mail server, the backend and
the helper, all on this machine, and ends them again. It needs Linux and root for the domain
controller. Elsewhere: docker compose -f build/demo/compose.yaml up --build
`

/**
 * Reads the demo's options.
 *
 * @throws with a sentence for people when an option is not known
 */
export function readArguments(
  args: string[],
  environment: NodeJS.ProcessEnv,
  platform: NodeJS.Platform,
): DemoOptions {
  const values = parse(args)
  if (values.language !== 'en' && values.language !== 'de') {
    throw new Error('--language takes en or de.')
  }
  const hasDisplay =
    platform !== 'linux' || Boolean(environment.DISPLAY || environment.WAYLAND_DISPLAY)
  return {
    help: values.help,
    prepareOnly: values['prepare-only'],
    hasDisplay: hasDisplay && !values.headless,
    screenshots: resolve(values.screenshots),
    language: values.language,
    directoryFile: values.directory ? resolve(values.directory) : null,
  }
}

function parse(args: string[]) {
  try {
    const { values } = parseArgs({
      args,
      options: {
        help: { type: 'boolean', short: 'h', default: false },
        'prepare-only': { type: 'boolean', default: false },
        headless: { type: 'boolean', default: false },
        screenshots: { type: 'string', default: '.latchkey/demo' },
        language: { type: 'string', default: 'en' },
        directory: { type: 'string' },
      },
    })
    return values
  } catch (error) {
    const [sentence] = String((error as Error).message).split('. ')
    throw new Error(`${sentence}. All options: npm run demo -- --help`)
  }
}
