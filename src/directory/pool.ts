import { err, ok, type Result } from '../contract/result.ts'
import type { DirectoryConnection } from './connection.ts'
import {
  type ControllerPool,
  createControllerPool,
  type PoolOptions,
  type PoolState,
} from './controller-pool.ts'
import { readPdcHost } from './domain.ts'
import { type DirectoryError, directoryError } from './errors.ts'
import type { DomainController } from './tls.ts'

export type UsePoolOptions = {
  /** Host name of the only controller to use. Without it: the best one that answers. */
  readonly controller?: string
}

export type DirectoryPool = {
  /**
   * Runs `use` on a signed-in connection.
   *
   * Without a `controller`, `use` is run again on the next controller when the connection breaks, so
   * it must only read. Writes name their controller, and are never repeated.
   */
  readonly withConnection: <T>(
    use: (connection: DirectoryConnection) => Promise<Result<T, DirectoryError>>,
    options?: UsePoolOptions,
  ) => Promise<Result<T, DirectoryError>>
  /** The controllers that answer now, best first. Those that did not a moment ago are not asked. */
  readonly available: () => Promise<DomainController[]>
  readonly state: () => PoolState[]
  /** Closes everything, connections in use when they come back. */
  readonly close: () => Promise<void>
}

/** The role moves rarely, and by an administrator's hand. */
const pdcReadAgainMs = 10 * 60_000

/**
 * Keeps connections of one account to the domain controllers of one domain. Opens them when they are
 * needed, forgets those that broke, and goes to the next controller when one does not answer.
 */
export function createDirectoryPool(options: PoolOptions): DirectoryPool {
  const pools = options.controllers.map((controller) => createControllerPool(controller, options))
  let pdc: { host: string | null; readAt: number } | undefined

  /** Those that answered lately before those that did not; the PDC emulator first among equals. */
  const inOrder = (): ControllerPool[] => {
    const rank = (pool: ControllerPool) =>
      (pool.isDown() ? 2 : 0) + (sameHost(pool.controller.host, pdc?.host) ? 0 : 1)
    return pools.toSorted((a, b) => rank(a) - rank(b))
  }

  const learnPdc = async () => {
    if (pools.length < 2 || (pdc && Date.now() - pdc.readAt < pdcReadAgainMs)) return
    for (const pool of inOrder()) {
      const read = await pool.use(async (connection) => ok(await readPdcHost(connection)))
      if (read.ok) {
        pdc = { host: read.value, readAt: Date.now() }
        return
      }
    }
  }

  return {
    withConnection: async (use, { controller } = {}) => {
      if (controller !== undefined) {
        const pinned = pools.find((pool) => sameHost(pool.controller.host, controller))
        return pinned ? pinned.use(use) : err(unknownController(controller))
      }
      await learnPdc()
      let last = err(directoryError('unreachable', 'no domain controller is configured'))
      for (const pool of inOrder()) {
        const result = await pool.use(use)
        if (result.ok || !isElsewhereBetter(result.error)) return result
        last = err(result.error)
      }
      return last
    },
    available: async () => {
      await learnPdc()
      const ordered = inOrder()
      const hopeful = ordered.filter((pool) => !pool.isDown())
      const asked = hopeful.length > 0 ? hopeful : ordered
      const answers = await Promise.all(asked.map((pool) => pool.use(ask)))
      return asked.filter((_, index) => answers[index]?.ok).map((pool) => pool.controller)
    },
    state: () => pools.map((pool) => pool.state()),
    close: async () => {
      await Promise.all(pools.map((pool) => pool.close()))
    },
  }
}

/** The cheapest question there is: one attribute of the root. */
async function ask(connection: DirectoryConnection): Promise<Result<unknown, DirectoryError>> {
  return connection.search({ base: '', attributes: ['dnsHostName'] })
}

/** Whether another controller may well give a better answer. */
function isElsewhereBetter(error: DirectoryError): boolean {
  return ['unreachable', 'timeout'].includes(error.code) || error.code.startsWith('certificate_')
}

function sameHost(host: string, other: string | null | undefined): boolean {
  return host.toLowerCase() === other?.toLowerCase()
}

function unknownController(host: string): DirectoryError {
  return directoryError('unreachable', `${host} is not one of the configured domain controllers`)
}
