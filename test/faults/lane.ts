import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { setTimeout as pause } from 'node:timers/promises'
import pg from 'pg'
import { backendDirectory, type LabBackend, startBackend } from '../../scripts/lab/backend.ts'
import { type Employee, enrol } from '../../scripts/lab/employee.ts'
import { freePort } from '../../scripts/lab/free-port.ts'
import { startTcpProxy, type TcpProxy } from '../../scripts/lab/tcp-proxy.ts'
import { createTestDatabase, openLab, type TestLab, uniqueName } from '../helpers/lab.ts'
import type { HelperOptions } from './helper.ts'
import { createWatch, keyOf, type Point, type Watch } from './points.ts'
import { nameHttp, nameLdap, namePostgres, watchWire } from './wires.ts'

export const legs = {
  https: 'helper to backend',
  helperLdaps: 'helper to controller',
  backendLdaps: 'backend to controller',
  postgres: 'backend to database',
  /** Commits inside the backend, which are on no wire. */
  store: 'store',
} as const

/** One backend of its own on a store of its own, with a watch on each of its wires. */
export interface Lane {
  lab: TestLab
  backend: LabBackend
  watch: Watch
  /** What went from the backend to the domain controller, in clear text. */
  ldaps: TcpProxy
  helperLdaps: TcpProxy
  https: TcpProxy
  /** To the second name of the domain controller. */
  spare: TcpProxy
  helperOptions(): HelperOptions
  hire(): Promise<Staff>
  /** The time of day in this lane: real time and what was skipped. */
  now(): number
  /** Lets time pass for the running backend. */
  skip(ms: number): Promise<void>
  /** Starts the backend again after it died, so much later. */
  restart(skippedMs: number): Promise<void>
  /** Kills the backend at the first point of these legs that is not among `known`. */
  armBackend(on: readonly string[], known: ReadonlySet<string>): void
  /** Ends the round. @returns where the backend was killed, or null when there was nothing new */
  disarm(): Promise<Point | null>
  query(sql: string): Promise<Record<string, unknown>[]>
  stop(): Promise<void>
}

/** An employee whose authenticator never shows the same code twice. */
export type Staff = Employee & { nextCode(): Promise<string> }

const stepMs = 30_000

export type LaneOptions = {
  engine: 'sqlite' | 'postgres'
  /** A second name and port of the same domain controller, which stays when the first one goes. */
  spare?: boolean
}

export async function openLane({ engine, spare = false }: LaneOptions): Promise<Lane> {
  const lab = await openLab()
  const folder = join(lab.folder, uniqueName('lane'))
  const faults = join(folder, 'faults')
  mkdirSync(faults, { recursive: true, mode: 0o700 })
  writeFileSync(join(faults, 'clock'), '0')
  const watch = createWatch()
  const port = await freePort()
  const wires = await openWires(lab, port, watch)
  const store = engine === 'postgres' ? await postgresStore(watch) : sqliteStore(folder)
  const origin = `https://localhost:${wires.https.port}`
  const { host } = lab.directory
  const controllers = [{ host, port: wires.ldaps.port, address: '127.0.0.1' }]
  if (spare) controllers.push({ host: spareOf(host), port: wires.spare.port, address: '127.0.0.1' })
  const preload = resolve(import.meta.dirname, 'backend-preload.ts')
  const backend = await startBackend({
    ...{ folder, port, certificate: lab.serverCertificate, caFile: lab.caFile, mail: lab.mail },
    directory: { ...backendDirectory(lab.directory), controllers },
    store: store.section,
    sections: {
      server: { origin },
      policy: { required: 1 },
      limits: { requestsFromAddress: 1_000_000, signInTries: 10 },
    },
    env: {
      NODE_OPTIONS: `--import=${preload}`,
      TEST_FAULTS_FOLDER: faults,
      // It is started again and again.
      NODE_COMPILE_CACHE: join(lab.folder, 'compile-cache'),
    },
  })
  let offset = 0
  let round = 0
  let killedAt: Point | null = null
  const write = (name: string, text: string) => writeFileSync(join(faults, name), text)
  const moveClock = (ms: number) => {
    offset += ms
    write('clock', String(offset))
  }
  return {
    ...{ lab, backend, watch, https: wires.https, ldaps: wires.ldaps },
    ...{ helperLdaps: wires.helperLdaps, spare: wires.spare },
    helperOptions: () => ({
      ...{ origin, httpsPort: wires.https.port, detours: { [host]: wires.helperLdaps.port } },
      ...{ caPem: lab.caPem, clockOffset: offset },
    }),
    hire: () => hire(lab, origin, () => Date.now() + offset),
    now: () => Date.now() + offset,
    async skip(ms) {
      moveClock(ms)
      process.kill(backend.pid(), 'SIGUSR2')
      await pause(50)
    },
    async restart(ms) {
      moveClock(ms)
      await backend.start()
    },
    armBackend(on, known) {
      round += 1
      killedAt = null
      if (on.includes(legs.store)) write('round', [String(round), ...known].join('\n'))
      const died = join(faults, `died-${round}`)
      const isNew = (point: Point) => on.includes(point.leg) && !known.has(keyOf(point))
      watch.arm(isNew, async (point) => {
        // What the helper says to a backend that is dead already.
        if (existsSync(died)) return true
        write('round', '')
        killedAt = point
        await backend.kill()
        // What the helper and the domain controller say to each other arrives all the same.
        return point.leg === legs.helperLdaps
      })
    },
    async disarm() {
      watch.disarm()
      write('round', '')
      const died = join(faults, `died-${round}`)
      if (killedAt === null && existsSync(died)) killedAt = JSON.parse(readFileSync(died, 'utf8'))
      if (killedAt !== null) while (backend.isRunning()) await pause(5)
      return killedAt
    },
    query: store.query,
    async stop() {
      await backend.stop()
      await wires.stop()
      await store.stop()
    },
  }
}

/** `dc2.corp.example.com` */
function spareOf(host: string): string {
  return host.replace(/^[^.]+/, 'dc2')
}

async function openWires(lab: TestLab, backendPort: number, watch: Watch) {
  const { host, address, port } = lab.directory
  const issue = (name: string) => lab.authority.issue({ commonName: name, names: [name] })
  const [certificate, another] = await Promise.all([issue(host), issue(spareOf(host))])
  const towardsTarget = { ca: lab.caPem, servername: host }
  const ldapWire = (leg: string, shown = certificate) =>
    startTcpProxy({
      target: { host: address, port },
      tls: { ...shown, towardsTarget },
      onPiece: watchWire(watch, leg, nameLdap),
    })
  const [https, ldaps, helperLdaps, spare] = await Promise.all([
    startTcpProxy({
      target: { host: '127.0.0.1', port: backendPort },
      tls: { ...lab.serverCertificate, towardsTarget: { ca: lab.caPem, servername: 'localhost' } },
      onPiece: watchWire(watch, legs.https, nameHttp),
    }),
    ldapWire(legs.backendLdaps),
    ldapWire(legs.helperLdaps),
    ldapWire('to the spare controller', another),
  ])
  const stop = () => Promise.all([https, ldaps, helperLdaps, spare].map((wire) => wire.stop()))
  return { https, ldaps, helperLdaps, spare, stop }
}

function sqliteStore(folder: string) {
  const file = join(folder, 'latchkey.sqlite')
  const query = async (sql: string) => {
    const database = new DatabaseSync(file, { readOnly: true, timeout: 2_000 })
    try {
      return database.prepare(sql).all() as Record<string, unknown>[]
    } finally {
      database.close()
    }
  }
  return { section: { engine: 'sqlite', file }, query, stop: async () => {} }
}

async function postgresStore(watch: Watch) {
  const { url, remove } = await createTestDatabase()
  const { hostname, port, pathname, username } = new URL(url)
  const wire = await startTcpProxy({
    target: { host: hostname, port: Number(port) },
    onPiece: watchWire(watch, legs.postgres, namePostgres),
  })
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  const target = { host: wire.host, port: wire.port }
  const named = { database: pathname.slice(1), user: username }
  return {
    section: { engine: 'postgres', ...target, ...named },
    query: async (sql: string) => (await client.query(sql)).rows as Record<string, unknown>[],
    async stop() {
      await client.end()
      await wire.stop()
      await remove()
    },
  }
}

async function hire(lab: TestLab, origin: string, now: () => number): Promise<Staff> {
  const name = uniqueName('emp')
  const made = await lab.directory.createUser({ name, mail: `${name}@corp.example.com` })
  const employee = await enrol(made, { origin }, lab.caPem, lab.mail)
  let last = Math.floor(now() / stepMs) - 1
  return {
    ...employee,
    async nextCode() {
      // A step early is accepted too, but each step only once.
      last = Math.max(last + 1, Math.floor(now() / stepMs))
      const early = last * stepMs - (now() + stepMs)
      if (early >= 0) await pause(early + 50)
      return employee.code(last * stepMs)
    },
  }
}
