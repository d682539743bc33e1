import { ok, type Result } from '../../contract/result.ts'
import {
  createDirectoryPool,
  type DirectoryError,
  type DirectoryPool,
  discoverControllers,
} from '../../directory/index.ts'
import type { ActiveDirectoryOptions } from './options.ts'

export type Pools = { readonly service: DirectoryPool; readonly agent: DirectoryPool }

/** Reads and writes of many requests share these; each is used for milliseconds. */
const serviceConnections = 12
/** Only relay mode needs the agent here, and keeps it for both of its writes. */
const agentConnections = 12

/** Connections of both accounts, made once the domain controllers are known. */
export type PoolHolder = {
  readonly get: () => Promise<Result<Pools, DirectoryError>>
  readonly close: () => Promise<void>
}

/** When DNS does not name the controllers now, the next caller asks again: nothing has to restart. */
export function createPoolHolder(options: ActiveDirectoryOptions): PoolHolder {
  let pools: Pools | undefined
  let finding: Promise<Result<Pools, DirectoryError>> | undefined

  const find = async (): Promise<Result<Pools, DirectoryError>> => {
    const found = options.controllers
      ? ok([...options.controllers])
      : await discoverControllers(options.domain)
    if (!found.ok) return found
    const { caPem, connectTimeoutMs, operationTimeoutMs, serviceAccount, agentAccount } = options
    const common = { controllers: found.value, caPem, connectTimeoutMs, operationTimeoutMs }
    pools = {
      service: createDirectoryPool({ ...common, bind: serviceAccount, size: serviceConnections }),
      agent: createDirectoryPool({ ...common, bind: agentAccount, size: agentConnections }),
    }
    return ok(pools)
  }

  return {
    async get() {
      if (pools) return ok(pools)
      finding ??= find().finally(() => {
        finding = undefined
      })
      return finding
    },
    async close() {
      await Promise.all([pools?.service.close(), pools?.agent.close()])
    },
  }
}
