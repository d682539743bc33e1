import { join } from 'node:path'
import { type BackendDirectory, backendDirectory } from '../lab/backend.ts'
import type { CertificateAuthority } from '../lab/certificates.ts'
import { startDomainController } from '../lab/domain-controller/index.ts'
import type { SignInTarget } from '../lab/sign-in.ts'

export interface DemoUser {
  name: string
  dn: string
  userPrincipalName: string
  password: string
}

/** The domain of the demo: its own, or a test domain that the caller brings. */
export interface DemoDomain {
  forBackend: BackendDirectory
  user: DemoUser
  /** Thrown away in the end; otherwise the user's next password has to be told. */
  isOwn: boolean
  /** Where signing in is tried. */
  signIn: SignInTarget
  stop(): Promise<void>
}

const LOCKOUT_THRESHOLD = 5

/** A Samba domain controller of the demo's own, with Alice in it. */
export async function ownDomain(
  folder: string,
  authority: CertificateAuthority,
): Promise<DemoDomain> {
  const directory = await startDomainController({
    directory: join(folder, 'domain-controller'),
    authority,
    policy: { lockoutThreshold: LOCKOUT_THRESHOLD },
  })
  const user = await directory.createUser({
    name: 'alice',
    givenName: 'Alice',
    surname: 'Adams',
    displayName: 'Alice Adams',
    mail: 'alice@corp.example.com',
  })
  return {
    forBackend: backendDirectory(directory),
    user,
    isOwn: true,
    signIn: directory,
    stop: () => directory.stop(),
  }
}
