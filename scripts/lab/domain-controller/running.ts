import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Certificate, CertificateAuthority } from '../certificates.ts'
import { type Accounts, accounts } from './accounts.ts'
import { sambaConfiguration } from './configuration.ts'
import type { Layout } from './layout.ts'
import { type PasswordSettings, passwordSettings } from './password-policy.ts'
import { runCommand, type SambaTools, sambaTools } from './samba-tool.ts'
import { sambaProcess } from './server-process.ts'

/** What is known of a domain controller before it runs. */
export type Machine = {
  directory: string
  address: string
  hostName: string
  realm: string
  netbiosName: string
  administratorPassword: string
  authority: CertificateAuthority
}

/** A domain controller of the lab, up and answering, with everything a test needs to shape it. */
export type LabDomainController = Omit<Machine, 'hostName'> &
  Layout &
  Accounts &
  PasswordSettings &
  SambaTools & {
    /** The name its certificate is for. */
    host: string
    port: 636
    url: string
    caPem: string
    caFile: string
    pid: () => number | undefined
    /** Ends it in good order, and nothing else. */
    stop: () => Promise<void>
    /** Ends it as a power cut would. */
    kill: () => Promise<void>
    /** Starts it again on the same address, with another certificate if one is given. */
    restart: (certificate?: Certificate) => Promise<void>
    /** Replicates now, from the other controller of the domain to this one. Nothing else does. */
    pullFrom: (source: { address: string }) => Promise<void>
  }

/** Writes smb.conf and answers the tools for the database, which work before the server runs. */
export async function configure(machine: Machine): Promise<SambaTools> {
  const { authority, address } = machine
  const host = hostOf(machine)
  await writeConfiguration(
    machine,
    await authority.issue({ commonName: host, names: [host, 'localhost', address] }),
  )
  const database = join(machine.directory, 'private', 'sam.ldb')
  return sambaTools(database, configFileOf(machine))
}

/** Starts the server of a machine that was configured and laid out. */
export async function runMachine(
  machine: Machine,
  tools: SambaTools,
  layout: Layout,
): Promise<LabDomainController> {
  const { hostName: _, ...known } = machine
  const { directory, address, realm, authority } = machine
  const host = hostOf(machine)
  const server = sambaProcess(directory, address)
  await server.start()
  return {
    ...known,
    ...layout,
    ...tools,
    ...accounts(tools, realm, layout.usersOu),
    ...passwordSettings(tools),
    ...server,
    ...{ host, port: 636, url: `ldaps://${host}:636` },
    ...{ caPem: authority.caPem, caFile: authority.caFile },
    restart: async (certificate) => {
      await server.stop()
      if (certificate) {
        await writeConfiguration(machine, certificate)
      }
      await server.start()
    },
    pullFrom: async (source) => {
      const account = `${machine.netbiosName}\\Administrator%${machine.administratorPassword}`
      await runCommand('samba-tool', [
        ...['drs', 'replicate', '--local', machine.hostName.toUpperCase(), source.address],
        ...[layout.baseDn, '-U', account, '--use-kerberos=off'],
        `--configfile=${configFileOf(machine)}`,
      ])
    },
  }
}

function hostOf(machine: Machine): string {
  return `${machine.hostName}.${machine.realm.toLowerCase()}`
}

function configFileOf(machine: Machine): string {
  return join(machine.directory, 'etc', 'smb.conf')
}

async function writeConfiguration(machine: Machine, certificate: Certificate): Promise<void> {
  const { caFile } = machine.authority
  await writeFile(configFileOf(machine), sambaConfiguration({ ...machine, certificate, caFile }))
}
