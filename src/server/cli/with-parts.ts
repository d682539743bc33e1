import type { ServerConfig } from '../config/load.ts'
import type { Log } from '../domain/ports/log.ts'
import type { ResolvedAccount } from '../domain/ports/recoveries.ts'
import { type OpenParts, openParts } from '../open-parts.ts'
import { complain, configFor, type ExitCode, sentenceFor } from './terminal.ts'
import { whyNoAccount } from './why-no-account.ts'

/** At a terminal only what went wrong is said, in words. */
const terminalLog: Log = {
  info: () => {},
  warn: ({ detail }, message) => complain(detail === undefined ? message : `${message}: ${detail}`),
  error: ({ detail }, message) =>
    complain(detail === undefined ? message : `${message}: ${detail}`),
}

/** Opens the parts of the server for one command, and closes them after it. */
export async function withParts(
  config: ServerConfig,
  work: (parts: OpenParts) => Promise<ExitCode>,
): Promise<ExitCode> {
  let parts: OpenParts
  try {
    parts = await openParts(config, terminalLog)
  } catch (error) {
    complain(sentenceFor(error))
    return 1
  }
  try {
    return await work(parts)
  } catch (error) {
    complain(sentenceFor(error))
    return 1
  } finally {
    await parts.close()
  }
}

/** Runs a command that needs the server's parts and no account. */
export async function withServer(
  { config: path }: { readonly config?: string },
  work: (parts: OpenParts) => Promise<ExitCode>,
): Promise<ExitCode> {
  const config = configFor(path)
  return config === null ? 1 : withParts(config, work)
}

/**
 * Runs a command of the form `latchkey-server COMMAND VERB NAME` on the account that NAME means.
 *
 * @param verb - the only one that the command has
 */
export async function withAccount(
  { verb, usage }: { readonly verb: string; readonly usage: string },
  {
    positionals,
    config: path,
  }: { readonly positionals: readonly string[]; readonly config?: string },
  work: (parts: OpenParts, account: ResolvedAccount) => Promise<ExitCode>,
): Promise<ExitCode> {
  const [given, name] = positionals
  if (given !== verb || name === undefined) {
    complain(`Usage: ${usage}`)
    return 2
  }
  if (name.trim() === '') {
    complain('NAME is empty: give the name of an account, e.g. jdoe or jdoe@example.com.')
    return 2
  }
  const config = configFor(path)
  if (config === null) return 1
  return withParts(config, async (parts) => {
    const account = await accountFor(parts, name)
    return account === null ? 1 : work(parts, account)
  })
}

/** The account that a name means, or a sentence why there is none. */
async function accountFor(
  { config, dependencies: { directory } }: OpenParts,
  name: string,
): Promise<ResolvedAccount | null> {
  const resolved = await directory.resolve(name)
  if (!resolved.ok) {
    complain(`The directory cannot be asked: ${resolved.error.detail}`)
    return null
  }
  if (resolved.value === null) complain(await whyNoAccount(config, name))
  return resolved.value
}
