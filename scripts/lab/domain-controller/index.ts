import { mkdir } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { type CertificateAuthority, createCertificateAuthority } from '../certificates.ts'
import { randomPassword } from './accounts.ts'
import { findFreeAddress } from './address.ts'
import { layOut } from './layout.ts'
import { type PasswordPolicy, passwordSettings } from './password-policy.ts'
import { configure, type LabDomainController, type Machine, runMachine } from './running.ts'
import { runCommand } from './samba-tool.ts'

export type { LabUser, NewUser } from './accounts.ts'
export type { PasswordPolicy } from './password-policy.ts'
export type { LabDomainController } from './running.ts'

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

/**
 * Starts a real Active Directory domain controller (Samba) for the demo and the tests, with the
 * layout that the product expects. Takes about four seconds; needs root, for ports below 1024.
 */
export async function startDomainController(
  options: DomainControllerOptions,
): Promise<LabDomainController> {
  const directory = await prepare(options.directory)
  const machine: Machine = {
    directory,
    address: await findFreeAddress(),
    hostName: 'dc1',
    realm: options.realm ?? 'CORP.EXAMPLE.COM',
    netbiosName: options.netbiosName ?? 'CORP',
    administratorPassword: randomPassword(),
    authority: options.authority ?? (await createCertificateAuthority(join(directory, 'ca'))),
  }
  await runCommand('samba-tool', [
    ...['domain', 'provision', `--domain=${machine.netbiosName}`, '--server-role=dc'],
    ...[`--adminpass=${machine.administratorPassword}`, `--host-name=${machine.hostName}`],
    ...[`--host-ip=${machine.address}`, ...commonOptions(machine)],
  ])
  const tools = await configure(machine)
  const layout = await layOut(tools, machine.realm)
  if (options.policy) {
    await passwordSettings(tools).setPolicy(options.policy)
  }
  return runMachine(machine, tools, layout)
}

/**
 * Joins a second domain controller to the domain of a running one, for fail-over. Takes about three
 * seconds. Replication happens only when `pullFrom` asks for it, so a test decides when.
 */
export async function joinDomainController(
  first: LabDomainController,
  options: { directory: string; hostName?: string },
): Promise<LabDomainController> {
  const machine: Machine = {
    directory: await prepare(options.directory),
    address: await findFreeAddress(),
    hostName: options.hostName ?? 'dc2',
    realm: first.realm,
    netbiosName: first.netbiosName,
    administratorPassword: first.administratorPassword,
    authority: first.authority,
  }
  await runCommand('samba-tool', [
    ...['domain', 'join', machine.realm.toLowerCase(), 'DC', `--server=${first.address}`],
    ...['-U', `${machine.netbiosName}\\Administrator%${machine.administratorPassword}`],
    ...[`--option=netbios name=${machine.hostName}`, `--option=workgroup=${machine.netbiosName}`],
    ...['--use-kerberos=off', ...commonOptions(machine)],
  ])
  const { baseDn, usersOu, outsideOu, serviceAccount, agentAccount } = first
  const layout = { baseDn, usersOu, outsideOu, serviceAccount, agentAccount }
  return runMachine(machine, await configure(machine), layout)
}

async function prepare(directory: string): Promise<string> {
  const path = resolve(directory)
  await mkdir(path, { recursive: true, mode: 0o700 })
  return path
}

function commonOptions(machine: Machine): string[] {
  return [
    ...[`--realm=${machine.realm}`, '--dns-backend=NONE', `--targetdir=${machine.directory}`],
    ...[`--option=interfaces=${machine.address}/8`, '--option=bind interfaces only=yes'],
    // Extended attributes of files need CAP_SYS_ADMIN, which no container has by itself.
    '--option=vfs objects=dfs_samba4 acl_xattr xattr_tdb',
    `--option=xattr_tdb:file=${join(machine.directory, 'xattr.tdb')}`,
  ]
}
