import { err, ok, type Result } from '../contract/result.ts'
import { type BindIdentity, type DirectoryConnection, openDirectory } from './connection.ts'
import { type DirectoryError, directoryError } from './errors.ts'
import { createPermits } from './permits.ts'
import type { DomainController } from './tls.ts'

export type PoolOptions = {
  /** Best first; the PDC emulator is moved to the front once it is known. */
  readonly controllers: readonly DomainController[]
  readonly bind: BindIdentity
  readonly caPem?: readonly string[] | undefined
  /** The most connections to one controller. */
  readonly size: number
  readonly connectTimeoutMs: number
  readonly operationTimeoutMs: number
  /** How long a controller that did not answer comes last. Default 30 seconds. */
  readonly retryAfterMs?: number
  /** How long an unused connection is kept. Default 4 minutes: Active Directory allows 15. */
  readonly maxIdleMs?: number
}

export type PoolState = {
  readonly host: string
  /** Connections that somebody uses now, and those that are kept for the next one. */
  readonly inUse: number
  readonly idle: number
  /** Callers that wait for one. */
  readonly waiting: number
}

/** The connections to one domain controller. */
export type ControllerPool = {
  readonly controller: DomainController
  /** Whether it did not answer lately. */
  readonly isDown: () => boolean
  readonly use: <T>(
    work: (connection: DirectoryConnection) => Promise<Result<T, DirectoryError>>,
  ) => Promise<Result<T, DirectoryError>>
  readonly state: () => PoolState
  readonly close: () => Promise<void>
}

const defaultRetryAfterMs = 30_000
const defaultMaxIdleMs = 4 * 60_000

/** Opens connections when they are asked for, up to `size`, and keeps them for the next caller. */
export function createControllerPool(
  controller: DomainController,
  options: PoolOptions,
): ControllerPool {
  const { retryAfterMs = defaultRetryAfterMs, maxIdleMs = defaultMaxIdleMs } = options
  const permits = createPermits(options.size)
  const idle: { connection: DirectoryConnection; since: number }[] = []
  let inUse = 0
  let failure: { error: DirectoryError; until: number } | undefined
  let closed = false

  const isFresh = (kept: (typeof idle)[number]) =>
    kept.connection.isOpen() && Date.now() - kept.since < maxIdleMs

  const connect = async (): Promise<Result<DirectoryConnection, DirectoryError>> => {
    for (let kept = idle.pop(); kept; kept = idle.pop()) {
      if (isFresh(kept)) return ok(kept.connection)
      void kept.connection.close()
    }
    // SECURITY: asking again and again with a wrong password would lock our own account.
    if (failure && isRefusal(failure.error) && Date.now() < failure.until) {
      return err(failure.error)
    }
    const opened = await openDirectory({ ...options, controller })
    failure = opened.ok ? undefined : { error: opened.error, until: Date.now() + retryAfterMs }
    return opened
  }

  const release = (connection: DirectoryConnection) => {
    if (closed || !connection.isOpen()) void connection.close()
    else idle.push({ connection, since: Date.now() })
  }

  return {
    controller,
    isDown: () => failure !== undefined && Date.now() < failure.until,
    use: async (work) => {
      if (!(await permits.take(options.operationTimeoutMs))) {
        const why = closed ? 'the pool is closed' : 'all connections are in use'
        return err(directoryError(closed ? 'unreachable' : 'timeout', why))
      }
      inUse += 1
      try {
        const connected = await connect()
        if (!connected.ok) return connected
        try {
          return await work(connected.value)
        } finally {
          release(connected.value)
        }
      } finally {
        inUse -= 1
        permits.giveBack()
      }
    },
    state: () => ({
      host: controller.host,
      inUse,
      idle: idle.filter(isFresh).length,
      waiting: permits.waiting(),
    }),
    close: async () => {
      closed = true
      permits.end()
      await Promise.all(idle.splice(0).map(({ connection }) => connection.close()))
    },
  }
}

/** Whether the controller did answer, if only with a no. */
function isRefusal(error: DirectoryError): boolean {
  return error.code === 'invalid_credentials' || error.code === 'empty_password'
}
