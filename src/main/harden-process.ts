/**
 * Switches that a packaged helper accepts. Chromium has hundreds more, among them ones that open a
 * debugging port, trust any certificate or write the TLS keys to a file; fuses do not stop those.
 */
const acceptedSwitches: readonly string[] = [
  'disable-gpu',
  'force-color-profile',
  'force-device-scale-factor',
  'force-high-contrast',
  'force-prefers-reduced-motion',
  'lang',
  'ozone-platform',
  'ozone-platform-hint',
]

/** Environment variables that would weaken or spy on TLS in this process or in Chromium's. */
const refusedVariables: readonly string[] = ['NODE_TLS_REJECT_UNAUTHORIZED', 'SSLKEYLOGFILE']

/**
 * SECURITY: looks at how this process was started, before anything else happens.
 *
 * @param options.argv - the command line without the executable
 * @param options.uid - undefined where there are no user ids
 * @returns why a packaged helper must not go on, or null
 */
export function findStartRefusal(options: {
  isPackaged: boolean
  argv: readonly string[]
  uid: number | undefined
}): string | null {
  if (!options.isPackaged) return null
  if (options.uid === 0) return 'Latchkey does not run as root. Start it as an ordinary user.'
  const refused = options.argv.find((argument) => !isAccepted(argument))
  return refused === undefined ? null : `Latchkey does not accept ${nameOf(refused)}.`
}

/** Removes what the environment must not decide. */
export function cleanEnvironment(environment: NodeJS.ProcessEnv): void {
  for (const name of refusedVariables) delete environment[name]
}

/** The fuse keeps Node from opening its debugger on SIGUSR1; unheard, the signal would end the helper. */
export function ignoreDebugSignal(): void {
  if (process.platform !== 'win32') process.on('SIGUSR1', () => {})
}

function isAccepted(argument: string): boolean {
  return acceptedSwitches.some((name) => nameOf(argument) === `--${name}`)
}

function nameOf(argument: string): string {
  return argument.split('=', 1)[0] ?? argument
}
