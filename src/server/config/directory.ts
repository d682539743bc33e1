import { readFileSync } from 'node:fs'
import type { ServerConfig } from './load.ts'

/** What every connection to a domain controller needs, whoever opens it. */
export type DirectoryAccess = {
  /** The only authorities to trust, in PEM; undefined leaves it to Node.js. */
  readonly caPem: readonly string[] | undefined
  readonly connectTimeoutMs: number
  readonly operationTimeoutMs: number
  readonly serviceAccount: Credential
  readonly agentAccount: Credential
}

type Credential = { readonly name: string; readonly password: string }

/** How to connect to the directory that the configuration names, and as whom. */
export function directoryAccessFrom({ file, secrets }: ServerConfig): DirectoryAccess {
  const { caFile, connectSeconds, operationSeconds, ...directory } = file.directory
  return {
    caPem: caFile === undefined ? undefined : [readFileSync(caFile, 'utf8')],
    connectTimeoutMs: connectSeconds * 1000,
    operationTimeoutMs: operationSeconds * 1000,
    serviceAccount: { name: directory.serviceAccount.name, password: secrets.servicePassword },
    agentAccount: { name: directory.agentAccount.name, password: secrets.agentPassword },
  }
}
