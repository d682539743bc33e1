import { join } from 'node:path'
import { methodKinds } from '../../src/contract/method-kinds.ts'
import { type LabBackend, startBackend } from '../lab/backend.ts'
import { createCertificateAuthority } from '../lab/certificates.ts'
import { type Employee, enrol } from '../lab/employee.ts'
import { type MailSink, startMailSink } from '../lab/mail-sink.ts'
import { lockOut, trySignIn } from '../lab/sign-in.ts'
import { temporaryFolder } from '../lab/temporary-folder.ts'
import { type DemoDomain, ownDomain } from './domain.ts'
import type { Parts } from './parts.ts'
import type { Steps } from './steps.ts'

/** Everything that the demo shows, running on this machine alone. */
export interface DemoWorld {
  folder: string
  caFile: string
  domain: DemoDomain
  mail: MailSink
  backend: LabBackend
  employee: Employee
}

/**
 * Brings up domain, mail and backend, and an employee who has set up both methods and is locked out.
 *
 * @param described - a domain of the caller's; null for one of our own
 * @param parts - where everything is kept that has to be ended, also when this does not come to its end
 */
export async function startDemoWorld(
  steps: Steps,
  described: DemoDomain | null,
  { keep }: Parts,
): Promise<DemoWorld> {
  const { path: folder, remove } = temporaryFolder('demo')
  await keep(Promise.resolve({ stop: async () => remove() }))
  const authority = await createCertificateAuthority(join(folder, 'ca'))
  const names = ['localhost', '127.0.0.1']
  const certificate = await authority.issue({ commonName: 'localhost', names })
  const domain =
    described ??
    (await steps.run('Start an Active Directory domain controller', () =>
      keep(ownDomain(folder, authority)),
    ))
  if (described) {
    await steps.run('Ask the domain whether it knows the user', () => mustKnow(described))
  }
  const mail = await steps.run('Start a mail server', () => keep(startMailSink({ certificate })))
  const { caFile, caPem } = authority
  const backend = await steps.run('Start the backend', () =>
    keep(
      startBackend({
        ...{ folder: join(folder, 'backend'), certificate, caFile, mail },
        directory: domain.forBackend,
        // All that needs nobody else: text messages need a provider.
        sections: { policy: { methods: methodKinds.filter((kind) => kind !== 'sms') } },
      }),
    ),
  )
  const employee = await steps.run('Set up an authenticator app and a mail address', () =>
    enrol(domain.user, backend, caPem, {
      waitFor: (predicate, timeoutMs) => mail.waitFor(predicate, timeoutMs),
    }),
  )
  const isLocked = await steps.run(
    'Forget the password, until the directory locks the account',
    () => lockOut(employee.userPrincipalName, domain.signIn),
  )
  if (!isLocked)
    console.log('    (This domain locks no accounts; the password is forgotten all the same.)')
  return { folder, caFile, domain, mail, backend, employee }
}

/** What Active Directory adds to a refused bind (MS-ADTS 5.1.1.3, the Windows error codes). */
const bindRefusals: Readonly<Record<string, string>> = {
  '525': 'there is no such user',
  '52e': 'the password of the file is not the present one',
  '532': 'the password has expired',
  '533': 'the account is disabled',
  '773': 'the password must be changed first',
  '775': 'the account is locked already',
}

async function mustKnow({ user, signIn }: DemoDomain): Promise<void> {
  const refusal = await trySignIn(user.userPrincipalName, user.password, signIn)
  if (refusal === '') return
  const reason = bindRefusals[/data (\w+)/.exec(refusal)?.[1] ?? ''] ?? refusal
  throw new Error(
    `${signIn.host}:${signIn.port} did not let ${user.userPrincipalName} in: ${reason}.`,
  )
}
