import type { ControllerAddress } from '../../contract/recovery.ts'
import { err, ok, type Result } from '../../contract/result.ts'
import {
  type DirectoryConnection,
  type DirectoryError,
  type DomainController,
  nameByGuid,
  type PasswordRules,
  readPasswordRules,
  readPasswordState,
  setTemporaryPassword,
  unlock,
} from '../../directory/index.ts'
import type { Directory, DirectoryFault, FoundAccount } from '../domain/ports/directory.ts'
import { agentOn } from './agent.ts'
import { readFault, writeFault } from './faults.ts'
import type { ActiveDirectoryOptions } from './options.ts'
import { createPoolHolder, type Pools } from './pools.ts'
import { portState, readAccount } from './read-account.ts'
import { resolveAccount } from './resolve-account.ts'
import { createShortCache } from './short-cache.ts'
import { signInAs } from './sign-in.ts'

/** Employees and strangers alike: both answers are kept for as long. */
const resolveCache = { lifetime: 20_000, size: 20_000 }
/** The domain's own policy: it changes by an administrator's hand. */
const domainRulesCache = { lifetime: 60_000, size: 1 }
const controllersCache = { lifetime: 3_000, size: 1 }

/** At most: to wait for a free connection, to sign in on a new one, to write, and to read back. */
const operationsInCall = 4

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
  const write = <T>(work: Work<T>, controller: string): Promise<Result<T, DirectoryFault>> =>
    withPools(async ({ service }) => {
      const done = await service.withConnection(work, { controller })
      return done.ok ? done : err(writeFault(done.error))
    })

  const resolved = createShortCache<Result<FoundAccount | null, DirectoryFault>>({
    ...resolveCache,
    ...kept,
  })
  const resolve = (accountTyped: string) => {
    const name = accountTyped.toLowerCase()
    return resolved.get(name, () => read((connection) => resolveAccount(connection, name, options)))
  }
  const rules = createShortCache<Result<PasswordRules, DirectoryError>>({
    ...domainRulesCache,
    ...kept,
  })
  const domainRules = (connection: DirectoryConnection) =>
    rules.get('domain', () => readPasswordRules(connection, { resultantPso: null }, baseDn))
  const controllers = createShortCache<Result<ControllerAddress[], DirectoryFault>>({
    ...controllersCache,
    ...kept,
  })
  const writableControllers = async () => {
    const available = await controllers.get('all', () =>
      withPools(async ({ service }) => ok((await service.available()).map(addressOf))),
    )
    return available.ok ? available.value : []
  }

  return {
    longestCall: options.connectTimeoutMs + operationsInCall * options.operationTimeoutMs,
    resolve,
    readAccount: (account, controller) =>
      read(
        (connection) => readAccount(connection, account, { ...options, domainRules }),
        controller,
      ),
    writableControllers,
    readPasswordState: async (controller, accountId) => {
      const dn = nameByGuid(accountId)
      const state = await read((connection) => readPasswordState(connection, dn), controller)
      if (!state.ok) return state
      return ok({ ...portState(state.value), passwordWrite: state.value.passwordWrite })
    },
    setTemporaryPassword: (controller, accountId, temporaryPassword) =>
      write(async (connection) => {
        const dn = nameByGuid(accountId)
        const set = await setTemporaryPassword(connection, dn, temporaryPassword)
        if (!set.ok) return set
        const state = await readPasswordState(connection, dn)
        return ok({ passwordWrite: state.ok ? state.value.passwordWrite : null })
      }, controller),
    asAgent: (controller, use) =>
      withPools(async ({ agent }) => {
        const done = await agent.withConnection(
          async (connection) => ok(await use(agentOn(connection, now))),
          { controller },
        )
        return done.ok ? done : err(readFault(done.error))
      }),
    unlock: (controller, accountId) =>
      write((connection) => unlock(connection, nameByGuid(accountId)), controller),
    signIn: async (accountTyped, password) => {
      const account = await resolve(accountTyped)
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

/** Without an `address` that is undefined, which the contract does not know. */
function addressOf({ host, port, address }: DomainController): ControllerAddress {
  return address === undefined ? { host, port } : { host, port, address }
}
