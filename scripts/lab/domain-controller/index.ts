import { mkdir, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { type CertificateAuthority, createCertificateAuthority } from '../certificates.ts'
import { type Accounts, accounts, randomPassword } from './accounts.ts'
import { findFreeAddress } from './address.ts'
import { sambaConfiguration } from './configuration.ts'
import { type Layout, layOut } from './layout.ts'
import { type PasswordPolicy, type PasswordSettings, passwordSettings } from './password-policy.ts'
import { runCommand, type SambaTools, sambaTools } from './samba-tool.ts'
import { sambaProcess } from './server-process.ts'

export type { LabUser, NewUser } from './accounts.ts'
export type { PasswordPolicy } from './password-policy.ts'

export type DomainControllerOptions = {
  /** Everything the domain controller keeps; must not exist or be empty. The caller removes it. */
  directory: string
  /** Signs its certificate; one of its own when left out. */
  authority?: CertificateAuthority
  realm?: string
  netbiosName?: string
  /** On top of Samba's defaults: history 24, minimum age 1 day, complexity, minimum length 7. */
  policy?: PasswordPolicy
}

export type LabDomainController = Layout &
  Accounts &
  PasswordSettings &
  SambaTools & {
    /** The name its certificate is for. */
    host: string
    port: 636
    /** Where it listens: a loopback address of its own. */
    address: string
    url: string
    caPem: string
    caFile: string
    authority: CertificateAuthority
    realm: string
    netbiosName: string
    directory: string
    administratorPassword: string
    pid: () => number | undefined
    stop: () => Promise<void>
    kill: () => Promise<void>
    /** Ends it, if it is up, and starts it again on the same address. */
    restart: () => Promise<void>
  }

/**
 * Starts a real Active Directory domain controller (Samba) for the demo and the tests, with the
 * layout that the product expects. Takes about four seconds; needs root, for ports below 1024.
 */
export async function startDomainController(
  options: DomainControllerOptions,
): Promise<LabDomainController> {
  const { realm = 'CORP.EXAMPLE.COM', netbiosName = 'CORP' } = options
  const directory = resolve(options.directory)
  await mkdir(directory, { recursive: true, mode: 0o700 })
  const authority =
    options.authority ?? (await createCertificateAuthority(join(directory, 'authority')))
  const address = await findFreeAddress()
  const host = `dc1.${realm.toLowerCase()}`
  const administratorPassword = randomPassword()

  const [certificate] = await Promise.all([
    authority.issue({ commonName: host, names: [host, 'localhost', address] }),
    provision({ directory, address, realm, netbiosName, administratorPassword }),
  ])
  const configFile = join(directory, 'etc', 'smb.conf')
  const { caFile, caPem } = authority
  await writeFile(
    configFile,
    sambaConfiguration({
      ...{ directory, address, hostName: 'dc1', realm, netbiosName, certificate, caFile },
    }),
  )

  const tools = sambaTools(join(directory, 'private', 'sam.ldb'), configFile)
  const layout = await layOut(tools, realm)
  const settings = passwordSettings(tools)
  if (options.policy) {
    await settings.setPolicy(options.policy)
  }
  const server = sambaProcess(directory, address)
  await server.start()
  return {
    ...layout,
    ...accounts(tools, realm, layout.usersOu),
    ...settings,
    ...tools,
    ...{ host, port: 636, address, url: `ldaps://${host}:636`, caPem, caFile, authority },
    ...{ realm, netbiosName, directory, administratorPassword },
    pid: server.pid,
    stop: server.stop,
    kill: server.kill,
    restart: async () => {
      await server.stop()
      await server.start()
    },
  }
}

type Provision = {
  directory: string
  address: string
  realm: string
  netbiosName: string
  administratorPassword: string
}

async function provision(options: Provision): Promise<void> {
  await runCommand('samba-tool', [
    ...['domain', 'provision', `--realm=${options.realm}`, `--domain=${options.netbiosName}`],
    ...['--server-role=dc', '--dns-backend=NONE', `--adminpass=${options.administratorPassword}`],
    ...[`--targetdir=${options.directory}`, '--host-name=dc1', `--host-ip=${options.address}`],
    ...[`--option=interfaces=${options.address}/8`, '--option=bind interfaces only=yes'],
  ])
}
