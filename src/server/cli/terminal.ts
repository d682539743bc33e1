import { MasterKeyError } from '../check-master-keys.ts'
import { loadConfig, type ServerConfig } from '../config/load.ts'
import { describeProblem } from '../config/problem.ts'
import { describeError } from '../describe-error.ts'
import { StoreUnavailableError } from '../domain/ports/store-unavailable.ts'

/** 0: done. 1: it did not work, or something is wrong. 2: the command line is wrong. */
export type ExitCode = 0 | 1 | 2

export type Command = {
  /** One line for the overview. */
  readonly summary: string
  readonly usage: string
  readonly run: (args: readonly string[]) => Promise<ExitCode>
}

/** What was asked for, on standard output. */
export function say(text: string): void {
  process.stdout.write(`${text}\n`)
}

/** What went wrong, on standard error. */
export function complain(text: string): void {
  process.stderr.write(`${text}\n`)
}

/** Reads the configuration, or says everything that is wrong with it. */
export function configFor(path: string | undefined): ServerConfig | null {
  const file = path ?? process.env.LATCHKEY_CONFIG
  if (file === undefined) {
    complain('Which configuration? Name it with --config FILE, or in LATCHKEY_CONFIG.')
    return null
  }
  const loaded = loadConfig(file, process.env)
  if (loaded.ok) {
    for (const warning of loaded.value.warnings) complain(`Warning: ${warning}.`)
    return loaded.value
  }
  const count = loaded.error.length
  complain(`The configuration ${file} has ${count === 1 ? 'an error' : `${count} errors`}:`)
  for (const problem of loaded.error) complain(`  ${describeProblem(problem)}`)
  return null
}

/** What somebody at a terminal can do something about. */
export function sentenceFor(error: unknown): string {
  if (error instanceof StoreUnavailableError || error instanceof MasterKeyError) {
    return error.message
  }
  const { code, address, port, syscall } = error as NodeJS.ErrnoException & {
    address?: string
    port?: number
  }
  if (syscall === 'listen') return listenSentence(code, `${address}:${port}`)
  if (code?.startsWith('ERR_OSSL') || code?.startsWith('ERR_SSL')) {
    return `The certificate and its key do not fit together or cannot be read (${code}). Check server.tls.`
  }
  return `Unexpected: ${describeError(error)}`
}

function listenSentence(code: string | undefined, where: string): string {
  if (code === 'EADDRINUSE') {
    return `Another program listens on ${where} already. End it, or change server.listen.`
  }
  if (code === 'EACCES') {
    return `This user may not listen on ${where}. Take a port above 1023 in server.listen, or grant CAP_NET_BIND_SERVICE.`
  }
  return `Cannot listen on ${where} (${code}). server.listen.host must be an address of this machine.`
}
