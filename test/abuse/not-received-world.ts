import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { backendDirectory, type LabBackend, startBackend } from '../../scripts/lab/backend.ts'
import { type LaunchedApp, launchElectron } from '../../scripts/lab/electron.ts'
import { type Employee, enrol } from '../../scripts/lab/employee.ts'
import { freePort } from '../../scripts/lab/free-port.ts'
import { type MailSink, startMailSink } from '../../scripts/lab/mail-sink.ts'
import { startTcpProxy, type TcpProxy } from '../../scripts/lab/tcp-proxy.ts'
import { openLab, type TestLab, testDisplay, uniqueName } from '../helpers/lab.ts'
import { ownsPort } from './not-received-process.ts'

/** The real parts, with somebody on every line who writes down each byte in clear text. */
export interface RecordedWorld {
  lab: TestLab
  backend: LabBackend
  mail: MailSink
  /** Between helper (or browser) and backend. */
  https: TcpProxy
  smtp: TcpProxy
  /** What went to the domain controller and came from there, by who was asking. */
  ldaps(who: 'backend' | 'helper'): { sent: Buffer; received: Buffer }
  /** Lets the helper reach the domain controller, or not. */
  reach(isReachable: boolean): void
  hire(): Promise<Employee>
  launchHelper(): Promise<LaunchedApp & { folder: string }>
  /** Everything in the backend's folder: configuration, store, write-ahead log, log, checkpoints. */
  backendFiles(): Map<string, Buffer>
  stop(): Promise<void>
}

export async function openRecordedWorld(): Promise<RecordedWorld> {
  const lab = await openLab()
  const folder = join(lab.folder, uniqueName('recorded'))
  const mail = await startMailSink()
  const smtp = await startTcpProxy({ target: mail })
  const port = await freePort()
  const https = await startTcpProxy({
    target: { host: '127.0.0.1', port },
    tls: { ...lab.serverCertificate, towardsTarget: { ca: lab.caPem, servername: 'localhost' } },
  })
  const isBackends = new Map<number, boolean>()
  let isReachable = true
  let backendPid = 0
  const { host, address, port: ldapsPort } = lab.directory
  const ldaps = await startTcpProxy({
    target: { host: address, port: ldapsPort },
    tls: {
      ...(await lab.authority.issue({ commonName: host, names: [host] })),
      towardsTarget: { ca: lab.caPem, servername: host },
    },
    onPiece({ connection, clientPort }) {
      // While it starts, there is nobody else.
      const isBackend =
        isBackends.get(connection) ?? (backendPid === 0 || ownsPort(backendPid, clientPort))
      isBackends.set(connection, isBackend)
      return isBackend || isReachable
    },
  })
  const origin = `https://localhost:${https.port}`
  const controllers = [{ host, port: ldaps.port, address: ldaps.host }]
  const starting = startBackend({
    ...{ folder, port, certificate: lab.serverCertificate, caFile: lab.caFile, mail: smtp },
    directory: { ...backendDirectory(lab.directory), controllers },
    sections: { server: { origin }, mail: { security: 'none', caFile: undefined } },
  })
  const backend = await starting
  backendPid = backend.pid()

  return {
    ...{ lab, backend, mail, https, smtp },
    ldaps(who) {
      const own = ldaps
        .recordings()
        .filter((_, index) => isBackends.get(index + 1) === (who === 'backend'))
      return {
        sent: Buffer.concat(own.map(({ toTarget }) => toTarget)),
        received: Buffer.concat(own.map(({ toClient }) => toClient)),
      }
    },
    reach(next) {
      isReachable = next
    },
    async hire() {
      const name = uniqueName('emp')
      const created = await lab.directory.createUser({
        ...{ name, givenName: 'Jürgen', surname: 'Öztürk', displayName: 'Jürgen Öztürk' },
        mail: `${name}@corp.example.com`,
      })
      return enrol(created, { origin }, lab.caPem, mail)
    },
    launchHelper: () => launchHelper(join(lab.folder, uniqueName('workstation')), origin, lab),
    backendFiles() {
      const files = filesIn(folder)
      // Once more as rows: in the file, a long value is scattered over pages.
      return files.set('rows of the store', rowsIn(join(folder, 'latchkey.sqlite')))
    },
    async stop() {
      await backend.stop()
      await Promise.all([https.stop(), ldaps.stop(), smtp.stop()])
      await mail.stop()
    },
  }
}

async function launchHelper(folder: string, origin: string, { caFile }: TestLab) {
  const home = join(folder, 'home')
  mkdirSync(home, { recursive: true })
  const file = join(folder, 'latchkey.json')
  const configuration = { backendUrl: origin, caFile, organisation: 'Example', language: 'en' }
  writeFileSync(file, JSON.stringify(configuration))
  const launched = await launchElectron({
    appFolder: resolve(import.meta.dirname, '../..'),
    display: testDisplay(),
    args: [`--config=${file}`],
    userDataFolder: join(folder, 'data'),
    env: { HOME: home, XDG_CONFIG_HOME: undefined, LANG: 'C.UTF-8' },
  })
  return { ...launched, folder }
}

/** Every file below a folder, by its path in there. */
export function filesIn(folder: string): Map<string, Buffer> {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true })
  const files = entries.filter((entry) => entry.isFile())
  return new Map(
    files.map((entry) => {
      const path = join(entry.parentPath, entry.name)
      return [path.slice(folder.length + 1), readFileSync(path)]
    }),
  )
}

function rowsIn(file: string): Buffer {
  const database = new DatabaseSync(file, { readOnly: true })
  try {
    const tables = database.prepare("select name from sqlite_schema where type = 'table'").all()
    const rows = tables.flatMap(({ name }) => database.prepare(`select * from "${name}"`).all())
    return Buffer.from(rows.flatMap((row) => Object.values(row).map(String)).join('\n'))
  } finally {
    database.close()
  }
}
