import { onTestFinished } from 'vitest'
import type { Result } from '../../src/contract/result.ts'
import {
  type BindIdentity,
  type DirectoryConnection,
  type DirectoryError,
  type DomainController,
  openDirectory,
} from '../../src/directory/index.ts'

/** What is needed to reach a domain controller of the lab. */
export type Reachable = {
  host: string
  port: number
  address: string
  caPem: string
  serviceAccount: { userPrincipalName: string; password: string }
  agentAccount: { userPrincipalName: string; password: string }
}

export function controllerOf({ host, port, address }: Reachable): DomainController {
  return { host, port, address }
}

/** Options for everything that connects; what a test wants otherwise comes in `more`. */
export function connectTo(lab: Reachable, who: BindIdentity = service(lab)) {
  return {
    controller: controllerOf(lab),
    controllers: [controllerOf(lab)],
    caPem: [lab.caPem],
    connectTimeoutMs: 2000,
    operationTimeoutMs: 3000,
    bind: who,
  }
}

export function service({ serviceAccount }: Reachable): BindIdentity {
  return identity(serviceAccount)
}

export function agent({ agentAccount }: Reachable): BindIdentity {
  return identity(agentAccount)
}

export function identity(account: { userPrincipalName: string; password: string }): BindIdentity {
  return { name: account.userPrincipalName, password: account.password }
}

/** A connection that is closed when the test ends. */
export async function open(lab: Reachable, who?: BindIdentity): Promise<DirectoryConnection> {
  const connection = unwrap(await openDirectory(connectTo(lab, who)))
  onTestFinished(connection.close)
  return connection
}

export function unwrap<T>(result: Result<T, DirectoryError>): T {
  if (!result.ok) throw new Error(`${result.error.code}: ${result.error.detail}`)
  return result.value
}

/** The error's code, or `ok`. */
export function codeOf(result: Result<unknown, DirectoryError>): string {
  return result.ok ? 'ok' : result.error.code
}

/** A temporary password like those that the backend makes. */
export const temporary = `Tmp1#${'x'.repeat(115)}`
