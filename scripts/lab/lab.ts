import { join } from 'node:path'
import { type Certificate, createCertificateAuthority } from './certificates.ts'
import { type LabDomainController, startDomainController } from './domain-controller/index.ts'
import { type MailSink, startMailSink } from './mail-sink.ts'
import { type PostgresServer, startPostgres } from './postgres.ts'
import { temporaryFolder } from './temporary-folder.ts'

/** The name that the lab's backend certificate is for, beside localhost and 127.0.0.1. */
export const PORTAL_NAME = 'portal.corp.example.com'

export interface Lab {
  /** For certificates and other files; gone after `stop`. */
  folder: string
  caFile: string
  caPem: string
  /** For a backend on this machine: localhost, 127.0.0.1 and `PORTAL_NAME`. */
  serverCertificate: Certificate
  directory: LabDomainController
  postgres: PostgresServer
  mail: MailSink
  stop(): Promise<void>
}

/** Starts the real parts that tests share, all at once: about six seconds. */
export async function startLab(): Promise<Lab> {
  const { path: folder, remove } = temporaryFolder('lab')
  const authority = await createCertificateAuthority(join(folder, 'ca'))
  const serverCertificate = authority.issue({
    commonName: PORTAL_NAME,
    names: [PORTAL_NAME, 'localhost', '127.0.0.1'],
  })
  const started: { stop(): Promise<void> }[] = []
  const stop = async () => {
    await Promise.allSettled(started.map((part) => part.stop()))
    remove()
  }
  const keep = async <T extends { stop(): Promise<void> }>(starting: Promise<T>): Promise<T> => {
    const part = await starting
    started.push(part)
    return part
  }
  const parts = await Promise.allSettled([
    keep(startDomainController({ directory: join(folder, 'domain-controller'), authority })),
    keep(startPostgres()),
    keep(serverCertificate.then((certificate) => startMailSink({ certificate }))),
  ])
  const [directory, postgres, mail] = parts
  if (
    directory.status === 'rejected' ||
    postgres.status === 'rejected' ||
    mail.status === 'rejected'
  ) {
    await stop()
    throw parts.find((part) => part.status === 'rejected')?.reason
  }
  const { caFile, caPem } = authority
  return {
    ...{ folder, caFile, caPem, serverCertificate: await serverCertificate },
    ...{ directory: directory.value, postgres: postgres.value, mail: mail.value, stop },
  }
}
