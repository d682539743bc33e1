import type { ServerConfig } from '../config/load.ts'
import type { Log } from '../domain/ports/log.ts'
import type { ResolvedAccount } from '../domain/ports/store.ts'
import { type OpenParts, openParts } from '../open-parts.ts'
import { complain, type ExitCode, sentenceFor } from './terminal.ts'

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

/** The account that a name means, or a sentence why there is none. */
export async function accountFor(
  { dependencies: { directory } }: OpenParts,
  name: string,
): Promise<ResolvedAccount | null> {
  const resolved = await directory.resolve(name)
  if (!resolved.ok) {
    complain(`The directory cannot be asked: ${resolved.error.detail}`)
    return null
  }
  if (resolved.value === null) complain(`No account, or more than one, has the name ${name}.`)
  return resolved.value
}
