import { readFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
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
    signIn: directory,
    stop: () => directory.stop(),
  }
}

/**
 * A test domain described in a file; see the demo's help for its form.
 *
 * @throws when the file cannot be read or lacks something
 */
export function describedDomain(file: string): DemoDomain {
  const { user, ...directory } = JSON.parse(readFileSync(file, 'utf8')) as BackendDirectory & {
    user: DemoUser
  }
  const [controller] = directory.controllers ?? []
  if (!controller || !user?.userPrincipalName || !directory.caFile) {
    throw new Error(`${file} must name controllers, caFile and user; see npm run demo -- --help`)
  }
  const caFile = resolve(dirname(file), directory.caFile)
  return {
    forBackend: { ...directory, caFile },
    user,
    signIn: {
      host: controller.host,
      port: controller.port,
      address: controller.address ?? controller.host,
      caPem: readFileSync(caFile, 'utf8'),
    },
    stop: async () => {},
  }
}
