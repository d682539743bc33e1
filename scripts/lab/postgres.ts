import { existsSync, readdirSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { Client } from 'pg'
import { runCommand } from '../setup/run-command.ts'
import { freePort } from './free-port.ts'
import { commandAs, type RunningProcess, startProcess } from './process.ts'
import { temporaryFolder } from './temporary-folder.ts'

export interface PostgresServer {
  host: string
  port: number
  /** The folder of its Unix socket. */
  socketFolder: string
  /** The connection URL of the database `postgres`. */
  url: string
  /** Creates an empty database and gives its connection URL. */
  createDatabase(name: string): Promise<string>
  dropDatabase(name: string): Promise<void>
  /** Ends the server as a power cut would; the data stays for `start`. */
  crash(): Promise<void>
  /** Starts it again on the same port and data after `crash`. */
  start(): Promise<void>
  stop(): Promise<void>
}

export interface PostgresOptions {
  /** Server settings such as `{ fsync: 'off' }`; the default is a fully durable server. */
  settings?: Record<string, string>
}

const USER = 'latchkey'
const NOBODY = { name: 'nobody', group: 'nogroup' }
const INIT_TIMEOUT_MS = 60_000
const START_TIMEOUT_MS = 20_000

/**
 * Starts a PostgreSQL of its own on a free port of 127.0.0.1, in a folder of its own.
 * It refuses to run as root and then runs as `nobody`.
 *
 * @throws with a sentence for people when it is not installed or does not start in time
 */
export async function startPostgres(options: PostgresOptions = {}): Promise<PostgresServer> {
  const folder = temporaryFolder('postgres')
  const dataFolder = join(folder.path, 'data')
  const programs = programFolder()
  await giveToNobody(folder.path)
  await initialise(programs, folder.path, dataFolder)

  const host = '127.0.0.1'
  const port = await freePort(host)
  const url = (database: string) => `postgres://${USER}@${host}:${port}/${database}`
  const settings = {
    listen_addresses: host,
    port: String(port),
    unix_socket_directories: folder.path,
    max_connections: '200',
    ...options.settings,
  }
  const args = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])
  let server: RunningProcess | undefined

  const start = async () => {
    server = await startProcess({
      name: 'PostgreSQL',
      command: join(programs, 'postgres'),
      args: ['-D', dataFolder, ...args],
      cwd: folder.path,
      user: NOBODY,
      // "Fast shutdown": open sessions are ended, nothing is lost.
      stopSignal: 'SIGINT',
      logFile: join(folder.path, 'postgres.log'),
    })
    await server.waitForOutput(/ready to accept connections/, START_TIMEOUT_MS)
  }
  await start()

  return {
    host,
    port,
    socketFolder: folder.path,
    url: url('postgres'),
    createDatabase: (name) => createDatabase(url('postgres'), name),
    dropDatabase: (name) => dropDatabase(url('postgres'), name),
    async crash() {
      server?.signal('SIGKILL')
      await server?.exited
      // The killed server's shared memory is released when its last process is gone.
      await pause(100)
    },
    start,
    async stop() {
      await server?.stop()
      folder.remove()
    },
  }
}

/** Creates an empty database on the server of `serverUrl` and gives its connection URL. */
export async function createDatabase(serverUrl: string, name: string): Promise<string> {
  await statement(serverUrl, `CREATE DATABASE ${quoted(name)}`)
  const url = new URL(serverUrl)
  url.pathname = `/${encodeURIComponent(name)}`
  return url.href
}

/** Removes a database and ends its sessions. */
export async function dropDatabase(serverUrl: string, name: string): Promise<void> {
  await statement(serverUrl, `DROP DATABASE IF EXISTS ${quoted(name)} WITH (FORCE)`)
}

/** Where `initdb` and `postgres` are: the newest of Debian's versions, else PATH. */
function programFolder(): string {
  const debian = '/usr/lib/postgresql'
  const versions = existsSync(debian) ? readdirSync(debian) : []
  const candidates = [
    ...versions
      .sort((a, b) => Number(b) - Number(a))
      .map((version) => join(debian, version, 'bin')),
    ...(process.env.PATH ?? '').split(delimiter),
  ]
  const found = candidates.find((path) => path !== '' && existsSync(join(path, 'initdb')))
  if (found) return found
  throw new Error('PostgreSQL is not installed: "apt-get install postgresql" on Debian.')
}

async function initialise(programs: string, folder: string, dataFolder: string): Promise<void> {
  const options = ['-A', 'trust', '-U', USER, '-E', 'UTF8', '--locale=C', '--no-sync']
  const { command, args } = commandAs(NOBODY, join(programs, 'initdb'), [
    '-D',
    dataFolder,
    ...options,
  ])
  const result = await runCommand(command, args, { cwd: folder, timeoutMs: INIT_TIMEOUT_MS })
  if (result.code !== 0) throw new Error(`PostgreSQL's initdb failed: ${result.stderr.trim()}`)
}

async function giveToNobody(folder: string): Promise<void> {
  if (process.getuid?.() !== 0) return
  const result = await runCommand('chown', [`${NOBODY.name}:${NOBODY.group}`, folder])
  if (result.code !== 0) throw new Error(`PostgreSQL: ${result.stderr.trim()}`)
}

async function statement(url: string, sql: string): Promise<void> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 10_000 })
  await client.connect()
  try {
    await client.query(sql)
  } finally {
    await client.end()
  }
}

function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`
}
