import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { backendDirectory, type LabBackend, startBackend } from '../../scripts/lab/backend.ts'
import type { Lab } from '../../scripts/lab/lab.ts'

export const engines = ['sqlite', 'postgres'] as const
export type EngineName = (typeof engines)[number]

/** One proof is enough, and no limit of a single address stands in the way of a load. */
export const underLoad = {
  policy: { required: 1, methods: ['totp'] },
  limits: { requestsFromAddress: 1_000_000, codesFromAddress: 10_000 },
}

/** The product's backend as a process of its own, on real parts. */
export async function startBenchBackend(
  lab: Lab,
  options: { store?: Record<string, unknown>; sections?: Record<string, Record<string, unknown>> },
): Promise<LabBackend> {
  return startBackend({
    folder: join(lab.folder, `backend-${randomBytes(4).toString('hex')}`),
    certificate: lab.serverCertificate,
    caFile: lab.caFile,
    directory: backendDirectory(lab.directory),
    mail: lab.mail,
    ...options,
  })
}

/** An empty database: the address for a client, and the section of the backend's configuration. */
export async function createStore(lab: Lab, engine: EngineName) {
  if (engine === 'sqlite') return { address: '', section: undefined }
  const address = await lab.postgres.createDatabase(`bench_${randomBytes(5).toString('hex')}`)
  const { hostname, port, pathname, username } = new URL(address)
  const section = {
    ...{ engine, host: hostname, port: Number(port) },
    ...{ database: pathname.slice(1), user: username },
  }
  return { address, section }
}
