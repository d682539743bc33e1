import { type DirectoryConnection, readDomain } from '../../../directory/index.ts'
import { baseDnOf } from '../../active-directory/options.ts'
import type { ConfigFile } from '../../config/schema.ts'
import { type Finding, failed, fine } from './finding.ts'

type Names = Pick<ConfigFile['directory'], 'baseDn' | 'domain' | 'netbiosName'>

/** Whether the controller is one of the domain that the configuration names: a wrong name finds nobody. */
export async function checkDomain(
  connection: DirectoryConnection,
  controller: string,
  configured: Names,
): Promise<Finding> {
  const check = `${controller}: domain`
  const read = await readDomain(connection)
  if (!read.ok) return failed(check, read.error.message, 'Name a domain controller, not a proxy.')
  const { baseDn, dnsName, netbiosName } = read.value
  const wanted = { ...configured, baseDn: configured.baseDn ?? baseDnOf(configured.domain) }
  const actual = { domain: dnsName, netbiosName, baseDn }
  const wrong = (['domain', 'netbiosName', 'baseDn'] as const).filter(
    (name) => wanted[name].toLowerCase() !== actual[name].toLowerCase(),
  )
  if (wrong.length === 0) return fine(check, `${dnsName} (${netbiosName})`)
  const detail = wrong.map((name) => `${name} is ${actual[name]}, not ${wanted[name]}`).join('; ')
  return failed(check, detail, `Correct directory.${wrong.join(' and directory.')}.`)
}
