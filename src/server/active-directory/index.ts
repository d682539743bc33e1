import { err, ok, type Result } from '../../contract/result.ts'
import {
  type DirectoryConnection,
  type DirectoryError,
  type PasswordRules,
  readPasswordRules,
  readPasswordState,
  setTemporaryPassword,
  unlock,
} from '../../directory/index.ts'
import type { Directory, DirectoryFault } from '../domain/ports/directory.ts'
import { changeAsAgent } from './change-password.ts'
import { readFault, writeFault } from './faults.ts'
import type { ActiveDirectoryOptions } from './options.ts'
import { createPoolHolder, type Pools } from './pools.ts'
import { readAccount } from './read-account.ts'
import { resolveAccount } from './resolve-account.ts'
import { createShortCache } from './short-cache.ts'
import { signInAs } from './sign-in.ts'

/** Employees and strangers alike: both answers are kept for as long. */
const resolveCache = { lifetime: 20_000, size: 20_000 }
const domainRulesCache = { lifetime: 60_000, size: 1 }
const controllersCache = { lifetime: 3_000, size: 1 }

type Work<T> = (connection: DirectoryConnection) => Promise<Result<T, DirectoryError>>

/** Active Directory as the features see it: the service account, and the agent for relay mode. */
export function createActiveDirectory(options: ActiveDirectoryOptions): Directory {
  const { now, baseDn } = options
  const holder = createPoolHolder(options)
  const kept = { now, keep: (answer: { ok: boolean }) => answer.ok }

  const withPools = async <T>(
    use: (pools: Pools) => Promise<Result<T, DirectoryFault>>,
  ): Promise<Result<T, DirectoryFault>> => {
    const pools = await holder.get()
    return pools.ok ? use(pools.value) : err(readFault(pools.error))
  }
  const read = <T>(work: Work<T>, controller?: string): Promise<Result<T, DirectoryFault>> =>
    withPools(async ({ service }) => {
      const done = await service.withConnection(
        work,
        controller === undefined ? {} : { controller },
      )
      return done.ok ? done : err(readFault(done.error))
    })
  const write = (work: Work<void>, controller: string): Promise<Result<void, DirectoryFault>> =>
    withPools(async ({ service }) => {
      const done = await service.withConnection(work, { controller })
      return done.ok ? done : err(writeFault(done.error))
    })

  const resolved = createShortCache({
    ...resolveCache,
    ...kept,
    load: (name) => read((connection) => resolveAccount(connection, name, options)),
  })
  const controllers = createShortCache({
    ...controllersCache,
    ...kept,
    load: () => withPools(async ({ service }) => ok(await service.available())),
  })
  const ruleCaches = createRuleCache(baseDn, now)
  const writableControllers = async () => {
    const available = await controllers.get('all')
    return available.ok ? available.value.map(withoutUndefined) : []
  }

  return {
    resolve: (accountTyped) => resolved.get(accountTyped.toLowerCase()),
    readAccount: (account) =>
      read((connection) =>
        readAccount(connection, account, { ...options, domainRules: ruleCaches }),
      ),
    writableControllers,
    readPasswordState: async (controller, dn) => {
      const state = await read((connection) => readPasswordState(connection, dn), controller)
      if (!state.ok) return state
      const { pwdLastSet, mustChange, uSNChanged } = state.value
      return ok({ pwdLastSet, mustChange, usn: uSNChanged })
    },
    setTemporaryPassword: (controller, dn, temporaryPassword) =>
      write((connection) => setTemporaryPassword(connection, dn, temporaryPassword), controller),
    changePassword: async (controller, account, temporary, chosen) => {
      const pools = await holder.get()
      if (!pools.ok) return err(readFault(pools.error))
      return changeAsAgent(pools.value.agent, controller, account, { temporary, chosen }, now())
    },
    unlock: (controller, dn) => write((connection) => unlock(connection, dn), controller),
    signIn: async (accountTyped, password) => {
      const account = await resolved.get(accountTyped.toLowerCase())
      if (!account.ok) return account
      return signInAs(account.value, password, await writableControllers(), options)
    },
    ping: () =>
      read(async (connection) => {
        const found = await connection.search({ base: '', attributes: ['dnsHostName'] })
        return found.ok ? ok(undefined) : found
      }),
    close: () => holder.close(),
  }
}

/** The domain's policy, read again every minute. */
function createRuleCache(baseDn: string, now: () => number) {
  let connectionNow: DirectoryConnection | undefined
  const cache = createShortCache<Result<PasswordRules, DirectoryError>>({
    ...domainRulesCache,
    now,
    keep: (answer) => answer.ok,
    load: async () => {
      if (connectionNow === undefined) throw new Error('the policy is read on a connection')
      return readPasswordRules(connectionNow, { resultantPso: null }, baseDn)
    },
  })
  return (connection: DirectoryConnection) => {
    connectionNow = connection
    return cache.get('domain')
  }
}

function withoutUndefined({
  host,
  port,
  address,
}: {
  host: string
  port: number
  address?: string | undefined
}) {
  return address === undefined ? { host, port } : { host, port, address }
}
