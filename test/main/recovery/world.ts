import { hash } from 'node:crypto'
import type {
  JourneyError,
  JourneyResult,
  ProgressStep,
} from '../../../src/contract/journey-bridge.ts'
import type { PasswordRules } from '../../../src/contract/password-rules.ts'
import type { CommitResponse, Plan, RecoveryStatus } from '../../../src/contract/recovery.ts'
import { err, ok, type Result } from '../../../src/contract/result.ts'
import { directoryError } from '../../../src/directory/errors.ts'
import { explainRefusal } from '../../../src/directory/explain-refusal.ts'
import type { DirectoryConnection, DirectoryError } from '../../../src/directory/index.ts'
import type { RecoveryClient } from '../../../src/main/backend/recovery-client.ts'
import type { RecoveryPorts } from '../../../src/main/recovery/recovery.ts'
import { generateSealingKeyPair, open, seal, sealingKeyId } from '../../../src/sealing/hpke.ts'

export const agentPassword = 'agent password'
export const account = { accountId: 'guid-1', accountName: 'erika' }
const recoveryId = 'recovery-1'
const relayKeyId = 'relay-key-1'
const rules: PasswordRules = {
  ...{ minLength: 12, complexity: true, historyLength: 24, minAgeSeconds: 0 },
  nameParts: ['erika'],
}

/** What goes wrong, in the order in which the world is asked; `null` is a good day. */
export type Faults = {
  plan?: (JourneyError | null)[]
  commit?: (JourneyError | 'lost' | null)[]
  complete?: (JourneyError | null)[]
  relay?: (JourneyError | 'lost' | null)[]
  leaked?: (JourneyError | null)[]
  probe?: Record<string, DirectoryError['code']>
  connect?: (DirectoryError['code'] | null)[]
  /** `before`: the connection breaks before AD has changed the password, `after`: thereafter. */
  change?: ('before' | 'after' | DirectoryError['code'] | null)[]
}

/**
 * A domain controller and a backend in memory, just real enough for the order of events: passwords
 * that are really compared, values that are really sealed. The real ones are met in the end-to-end
 * tests.
 */
export async function createWorld(faults: Faults = {}, hosts = ['dc1', 'dc2']) {
  const relayKeys = await generateSealingKeyPair()
  const world = {
    password: 'the old password',
    history: ['Used before 123'],
    /** On the list of leaked passwords. */
    leaked: ['Leaked in 2019!'],
    /** What the list was asked about. */
    prefixes: [] as string[],
    rules,
    state: 'proven' as RecoveryStatus['state'],
    commits: 0,
    temporary: '',
    /** Everything that the backend was given, as text. */
    received: [] as string[],
    events: [] as string[],
    progress: [] as ProgressStep[],
    openConnections: 0,
    abandoned: 0,
    lifetimeMs: 600_000,
    purpose: 'reset' as RecoveryStatus['purpose'],
    breakConnection: () => {},
    /** Awaited while the agent signs in. */
    whileConnecting: async () => {},
  }
  let sealingKey = ''

  const status = (): RecoveryStatus => ({
    ...{ recoveryId, purpose: world.purpose, state: world.state },
    expiresAt: new Date(world.lifetimeMs).toISOString(),
    ...{ required: 2, remaining: 0, attemptsLeft: 5, methods: [] },
    directory: { controllers: hosts.map((host) => ({ host, port: 636 })), caPem: 'lab' },
  })
  const sealFor = async (use: 'agent-password' | 'temporary-password', text: string) => {
    const keyId = await sealingKeyId(sealingKey)
    return seal(sealingKey, text, { use, recoveryId, accountId: account.accountId, keyId })
  }
  const next = <T>(list: T[] | undefined): T | null => list?.shift() ?? null
  const receive = (what: string, body: unknown = '') => {
    world.events.push(what)
    world.received.push(JSON.stringify(body))
  }

  const client: RecoveryClient = {
    recoveryId,
    status: async () => ok(status()),
    challenge: async () => ok({ kind: 'email', expiresAt: status().expiresAt }),
    verify: async () => ok(status()),
    listen: async () => ok(null),
    async plan(request): Promise<JourneyResult<Plan>> {
      receive('plan', request)
      const fault = next(faults.plan)
      if (fault) return err(fault)
      if (world.state !== 'proven') return err({ code: 'wrong_state' })
      sealingKey = request.sealingKey
      if (world.purpose === 'unlock') return ok({ mode: 'unlock', ...account })
      const host = request.reachable[0]
      const relayKey = { keyId: relayKeyId, publicKey: relayKeys.publicKey }
      if (host === undefined) return ok({ mode: 'relay', ...account, rules: world.rules, relayKey })
      const password = await sealFor('agent-password', agentPassword)
      const agent = { name: 'agent@corp.example.com', password }
      const controller = { host, port: 636 }
      return ok({
        mode: 'direct',
        ...account,
        userDn: 'CN=Erika',
        controller,
        rules: world.rules,
        agent,
      })
    },
    async commit(): Promise<JourneyResult<CommitResponse>> {
      receive('commit')
      const fault = next(faults.commit)
      if (fault && fault !== 'lost') return err(fault)
      if (world.purpose === 'unlock') {
        world.state = 'completed'
        if (fault === 'lost') return err({ code: 'backend_unreachable' })
        return ok({ mode: 'unlock', unlockedAt: status().expiresAt })
      }
      world.commits += 1
      world.temporary = `Temporary,password,${world.commits}`
      world.password = world.temporary
      world.state = 'committed'
      if (fault === 'lost') return err({ code: 'backend_unreachable' })
      const temporaryPassword = await sealFor('temporary-password', world.temporary)
      return ok({ mode: 'direct', temporaryPassword })
    },
    async relay({ keyId, sealed }) {
      receive('relay', sealed)
      const fault = next(faults.relay)
      if (fault && fault !== 'lost') return err(fault)
      const context = {
        use: 'new-password',
        recoveryId,
        accountId: account.accountId,
        keyId,
      } as const
      const opened = await open(relayKeys.privateKey, sealed, context)
      if (!opened.ok) return err({ code: 'invalid_request' })
      world.password = new TextDecoder().decode(opened.value)
      world.state = 'completed'
      if (fault === 'lost') return err({ code: 'backend_unreachable' })
      return ok({ state: 'completed', passwordLastSet: status().expiresAt })
    },
    async complete() {
      receive('complete')
      const fault = next(faults.complete)
      if (fault) return err(fault)
      // As the backend's own order of states has it.
      if (world.state === 'proven') return err({ code: 'wrong_state' })
      if (world.password === world.temporary) return err({ code: 'not_confirmed' })
      world.state = 'completed'
      return ok({ state: 'completed', passwordLastSet: status().expiresAt })
    },
    async abandon() {
      world.abandoned += 1
    },
  }

  const connect = (host: string): DirectoryConnection => {
    let isOpen = true
    world.openConnections += 1
    const close = () => {
      if (isOpen) world.openConnections -= 1
      isOpen = false
    }
    world.breakConnection = close
    return {
      controller: { host, port: 636 },
      isOpen: () => isOpen,
      close: async () => close(),
    } as DirectoryConnection
  }
  const change = (before: string, after: string): Result<void, DirectoryError> => {
    if (before !== world.password) return err(directoryError('old_password_wrong', 'x'))
    if (world.history.includes(after)) {
      return err(directoryError('password_refused', 'password was already used (in history)'))
    }
    world.password = after
    return ok(undefined)
  }

  const ports: RecoveryPorts = {
    start: async () => ok({ client, status: status() }),
    async leaked(prefix) {
      world.prefixes.push(prefix)
      const fault = next(faults.leaked)
      if (fault) return err(fault)
      const hashes = world.leaked.map((password) => hash('sha1', password).toUpperCase())
      const alike = hashes.filter((digest) => digest.startsWith(prefix))
      return ok(new Set(alike.map((digest) => digest.slice(prefix.length))))
    },
    directory: async () => ({
      async probeController({ host }) {
        const fault = faults.probe?.[host]
        return fault ? err(directoryError(fault, 'x')) : ok({ tlsMs: 1 })
      },
      async openDirectory({ controller, bind }) {
        world.events.push(`connect ${controller.host}`)
        await world.whileConnecting()
        if (bind.password !== agentPassword) return err(directoryError('invalid_credentials', 'x'))
        const fault = next(faults.connect)
        return fault ? err(directoryError(fault, 'x')) : ok(connect(controller.host))
      },
      async changePassword(connection, _dn, before, after) {
        world.events.push('change')
        if (!connection.isOpen()) return err(directoryError('unreachable', 'x'))
        const fault = next(faults.change)
        if (fault === 'before' || fault === 'after') {
          if (fault === 'after') change(before, after)
          await connection.close()
          return err(directoryError('outcome_unknown', 'x'))
        }
        return fault ? err(directoryError(fault, 'x')) : change(before, after)
      },
      explainRefusal,
    }),
    fallbackCaPem: null,
    now: () => 0,
    wait: async () => {},
    onProgress: (step) => world.progress.push(step),
    log: () => {},
  }
  return { world, ports }
}
