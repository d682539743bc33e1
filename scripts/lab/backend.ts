import { randomBytes } from 'node:crypto'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { Certificate } from './certificates.ts'
import type { LabDomainController } from './domain-controller/index.ts'
import { freePort } from './free-port.ts'
import { type RunningProcess, startProcess } from './process.ts'

const CLI = resolve(import.meta.dirname, '../../src/server/cli.ts')
const START_TIMEOUT_MS = 30_000

/** What the backend must know of the domain; a lab's domain controller and a real one both fit. */
export interface BackendDirectory {
  domain: string
  netbiosName: string
  controllers: { host: string; port: number; address?: string }[]
  caFile: string
  enabledOus: string[]
  serviceAccount: { name: string; password: string }
  agentAccount: { name: string; password: string }
}

type DomainFacts = Pick<
  LabDomainController,
  | 'realm'
  | 'netbiosName'
  | 'host'
  | 'port'
  | 'address'
  | 'caFile'
  | 'usersOu'
  | 'serviceAccount'
  | 'agentAccount'
>

/** What a backend's configuration says about a domain controller of the lab. */
export function backendDirectory(directory: DomainFacts): BackendDirectory {
  return {
    domain: directory.realm.toLowerCase(),
    netbiosName: directory.netbiosName,
    controllers: [{ host: directory.host, port: directory.port, address: directory.address }],
    caFile: directory.caFile,
    enabledOus: [directory.usersOu],
    serviceAccount: {
      name: directory.serviceAccount.userPrincipalName,
      password: directory.serviceAccount.password,
    },
    agentAccount: {
      name: directory.agentAccount.userPrincipalName,
      password: directory.agentAccount.password,
    },
  }
}

export interface BackendOptions {
  /** Configuration, secrets and the embedded store live here. */
  folder: string
  /** For `localhost`; what helpers and browsers are told to trust is its issuer. */
  certificate: Certificate
  caFile: string
  directory: BackendDirectory
  mail: { host: string; port: number }
  /** Default: SQLite in `folder`. */
  store?: Record<string, unknown>
  /** Default: a free one. */
  port?: number
  /** Laid over the configuration, section by section. */
  sections?: Record<string, Record<string, unknown>>
  env?: NodeJS.ProcessEnv
}

export interface LabBackend {
  /** e.g. `https://localhost:8443`, and where it listens. */
  origin: string
  port: number
  configFile: string
  logFile: string
  pid(): number
  isRunning(): boolean
  output(): string
  /** Runs `latchkey-server` with this configuration and answers what it printed. */
  cli(...args: string[]): Promise<{ code: number | null; output: string }>
  /** The same, given by another user of the machine through `sudo`. */
  cliAs(user: string, ...args: string[]): Promise<{ code: number | null; output: string }>
  /** Ends it as a power cut would. */
  kill(): Promise<void>
  /** Starts it again after `kill` or `stop`, on the same port and store. */
  start(): Promise<void>
  stop(): Promise<void>
}

/** Starts the product's backend as a process of its own, configured by a file as IT would. */
export async function startBackend(options: BackendOptions): Promise<LabBackend> {
  const port = options.port ?? (await freePort())
  const origin = `https://localhost:${port}`
  const configFile = writeConfiguration(options, origin, port)
  const logFile = join(options.folder, 'backend.log')
  const env = { ...process.env, ...options.env }
  const run = (name: string, args: string[], log: boolean, as: NodeJS.ProcessEnv = {}) =>
    startProcess({
      ...{ name, command: process.execPath, args: [CLI, ...args, '--config', configFile] },
      env: { ...env, ...as },
      ...(log ? { logFile } : {}),
      stopTimeoutMs: 12_000,
    })
  const command = async (args: string[], as: NodeJS.ProcessEnv = {}) => {
    const running = await run(`latchkey-server ${args[0]}`, args, false, as)
    const { code } = await running.exited
    return { code, output: running.output() }
  }
  let server: RunningProcess
  const start = async () => {
    server = await run('The backend', ['serve'], true)
    try {
      await server.waitForOutput(/listening/i, START_TIMEOUT_MS)
    } catch (error) {
      await server.stop()
      throw error
    }
  }
  await start()
  return {
    ...{ origin, port, configFile, logFile, start },
    pid: () => server.pid,
    isRunning: () => server.isRunning(),
    output: () => server.output(),
    cli: (...args) => command(args),
    cliAs: (user, ...args) => command(args, { SUDO_USER: user }),
    async kill() {
      server.signal('SIGKILL')
      await server.exited
    },
    stop: () => server.stop(),
  }
}

function writeConfiguration(options: BackendOptions, origin: string, port: number): string {
  const { folder, certificate, directory, mail } = options
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const secret = (name: string, value: string) => {
    const file = join(folder, name)
    writeFileSync(file, value, { mode: 0o600 })
    return file
  }
  const account = (file: string, { name, password }: { name: string; password: string }) => ({
    name,
    passwordFile: secret(file, password),
  })
  const base: Record<string, unknown> = {
    organisation: 'Example Corporation',
    helpdesk: 'Helpdesk: +49 30 1234 567, every day from 7 to 20 o’clock',
    server: {
      origin,
      listen: { host: '127.0.0.1', port },
      tls: { certFile: certificate.certFile, keyFile: certificate.keyFile },
    },
    store: options.store ?? { engine: 'sqlite', file: join(folder, 'latchkey.sqlite') },
    masterKeys: [{ id: 'first', file: secret('master-key', randomBytes(32).toString('base64')) }],
    directory: {
      ...directory,
      serviceAccount: account('service-password', directory.serviceAccount),
      agentAccount: account('agent-password', directory.agentAccount),
    },
    mail: {
      host: mail.host,
      port: mail.port,
      security: 'starttls',
      caFile: options.caFile,
      from: 'Latchkey <latchkey@example.com>',
    },
    audit: { checkpointFile: join(folder, 'checkpoints.jsonl') },
    // What the people of the lab set up; whoever wants more names it.
    policy: { methods: ['totp', 'email'] },
  }
  for (const [name, section] of Object.entries(options.sections ?? {})) {
    base[name] = { ...(base[name] as object | undefined), ...section }
  }
  const file = join(folder, 'latchkey.json')
  writeFileSync(file, JSON.stringify(base, null, 2), { mode: 0o600 })
  return file
}
