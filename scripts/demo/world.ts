import { join } from 'node:path'
import { type LabBackend, startBackend } from '../lab/backend.ts'
import { createCertificateAuthority } from '../lab/certificates.ts'
import { type Employee, enrol } from '../lab/employee.ts'
import { type MailSink, startMailSink } from '../lab/mail-sink.ts'
import { lockOut } from '../lab/sign-in.ts'
import { temporaryFolder } from '../lab/temporary-folder.ts'
import type { DemoOptions } from './arguments.ts'
import { type DemoDomain, describedDomain, ownDomain } from './domain.ts'
import type { Steps } from './steps.ts'

/** Everything that the demo shows, running on this machine alone. */
export interface DemoWorld {
  folder: string
  caFile: string
  domain: DemoDomain
  mail: MailSink
  backend: LabBackend
  employee: Employee
  stop(): Promise<void>
}

/** Brings up domain, mail and backend, and an employee who has set up both methods and is locked out. */
export async function startDemoWorld(
  steps: Steps,
  { domainFile }: DemoOptions,
): Promise<DemoWorld> {
  const { path: folder, remove } = temporaryFolder('demo')
  const started: { stop(): Promise<void> }[] = []
  const keep = async <T extends { stop(): Promise<void> }>(starting: Promise<T>): Promise<T> => {
    const part = await starting
    started.unshift(part)
    return part
  }
  const stop = async () => {
    for (const part of started.splice(0)) await part.stop().catch(() => {})
    remove()
  }
  try {
    const authority = await createCertificateAuthority(join(folder, 'ca'))
    const names = ['localhost', '127.0.0.1']
    const certificate = await authority.issue({ commonName: 'localhost', names })
    const domain = domainFile
      ? describedDomain(domainFile)
      : await steps.run('Start an Active Directory domain controller', () =>
          keep(ownDomain(folder, authority)),
        )
    const mail = await steps.run('Start a mail server', () => keep(startMailSink({ certificate })))
    const { caFile, caPem } = authority
    const backend = await steps.run('Start the backend', () =>
      keep(
        startBackend({
          ...{ folder: join(folder, 'backend'), certificate, caFile, mail },
          directory: domain.forBackend,
        }),
      ),
    )
    const employee = await steps.run('Set up an authenticator app and a mail address', () =>
      enrol(domain.user, backend, caPem, {
        waitFor: (predicate, timeoutMs) => mail.waitFor(predicate, timeoutMs),
      }),
    )
    await steps.run('Forget the password, until the directory locks the account', () =>
      lockOut(employee.userPrincipalName, domain.signIn),
    )
    return { folder, caFile, domain, mail, backend, employee, stop }
  } catch (error) {
    await stop()
    throw error
  }
}
