import { join } from 'node:path'
import { backendDirectory, type LabBackend, startBackend } from '../../scripts/lab/backend.ts'
import type { NewUser } from '../../scripts/lab/domain-controller/accounts.ts'
import { type Employee, enrol } from '../../scripts/lab/employee.ts'
import { createTestDatabase, openLab, type TestLab, uniqueName } from './lab.ts'

export const storeEngines = ['sqlite', 'postgres'] as const
export type StoreEngine = (typeof storeEngines)[number]

/** A backend process of the test's own, on the shared domain controller and mail server. */
export interface Stack {
  lab: TestLab
  backend: LabBackend
  /** Creates an account and sets up both methods, as its owner would in the portal. */
  hire(user?: Partial<NewUser>): Promise<Employee>
  stop(): Promise<void>
}

export interface StackOptions {
  engine?: StoreEngine
  /** Laid over the backend's configuration, section by section. */
  sections?: Record<string, Record<string, unknown>>
  port?: number
}

/** Starts the product's backend as a process, configured by a file, and hires people for it. */
export async function openStack(options: StackOptions = {}): Promise<Stack> {
  const lab = await openLab()
  const folder = join(lab.folder, uniqueName('backend'))
  const store = options.engine === 'postgres' ? await postgresStore() : undefined
  const backend = await startBackend({
    folder,
    certificate: lab.serverCertificate,
    caFile: lab.caFile,
    directory: backendDirectory(lab.directory),
    mail: lab.mail,
    ...(store ? { store: store.section } : {}),
    ...(options.sections ? { sections: options.sections } : {}),
    ...(options.port ? { port: options.port } : {}),
  })
  return {
    lab,
    backend,
    async hire(user = {}) {
      const name = uniqueName('emp')
      const created = await lab.directory.createUser({
        ...{ name, givenName: 'Erika', surname: 'Example', displayName: 'Erika Example' },
        ...{ mail: `${name}@corp.example.com` },
        ...user,
      })
      return enrol(created, backend, lab.caPem, lab.mail)
    },
    async stop() {
      await backend.stop()
      await store?.remove()
    },
  }
}

async function postgresStore() {
  const { url, remove } = await createTestDatabase()
  const { hostname, port, pathname, username } = new URL(url)
  const section = {
    engine: 'postgres',
    host: hostname,
    port: Number(port),
    database: pathname.slice(1),
    user: username,
  }
  return { section, remove }
}
