import { EqualityFilter } from 'ldapts'
import { err, ok, type Result } from '../contract/result.ts'
import type { DirectoryConnection } from './connection.ts'
import { textOf, textsOf } from './entry.ts'
import { type DirectoryError, directoryError } from './errors.ts'

/** What a domain controller says of its domain. */
export type DomainFacts = {
  /** Distinguished name of the domain. */
  readonly baseDn: string
  /** `corp.example.com`. */
  readonly dnsName: string
  /** What stands before the backslash: `CORP`. */
  readonly netbiosName: string
  /** Suffixes of user principal names that the forest allows on top of its domains' DNS names. */
  readonly upnSuffixes: readonly string[]
  /** Host name of the PDC emulator, where password changes are known first. */
  readonly pdcHost: string | null
}

/** Reads the names of the domain that a controller serves ([MS-ADTS] 3.1.1.3.2 and 6.1.1.2.1.1). */
export async function readDomain(
  connection: DirectoryConnection,
): Promise<Result<DomainFacts, DirectoryError>> {
  const root = await connection.search({
    base: '',
    attributes: ['defaultNamingContext', 'configurationNamingContext'],
  })
  if (!root.ok) return root
  const baseDn = root.value[0] && textOf(root.value[0], 'defaultNamingContext')
  const configuration = root.value[0] && textOf(root.value[0], 'configurationNamingContext')
  if (!baseDn || !configuration) {
    return err(directoryError('protocol_error', 'not an Active Directory domain controller'))
  }
  const partitions = `CN=Partitions,${configuration}`
  const [crossRef, forest, pdcHost] = await Promise.all([
    connection.search({
      base: partitions,
      scope: 'one',
      filter: new EqualityFilter({ attribute: 'nCName', value: baseDn }),
      attributes: ['dnsRoot', 'nETBIOSName'],
    }),
    connection.search({ base: partitions, attributes: ['uPNSuffixes'] }),
    readPdcHost(connection, baseDn),
  ])
  if (!crossRef.ok) return crossRef
  const dnsName = crossRef.value[0] && textOf(crossRef.value[0], 'dnsRoot')
  const netbiosName = crossRef.value[0] && textOf(crossRef.value[0], 'nETBIOSName')
  if (!dnsName || !netbiosName) {
    return err(directoryError('insufficient_access', `the names of ${baseDn} cannot be read`))
  }
  const upnSuffixes = forest.ok && forest.value[0] ? textsOf(forest.value[0], 'uPNSuffixes') : []
  return ok({ baseDn, dnsName, netbiosName, upnSuffixes, pdcHost })
}

/** The host name of the PDC emulator, or null when it cannot be read: it is only a preference. */
export async function readPdcHost(
  connection: DirectoryConnection,
  baseDn?: string,
): Promise<string | null> {
  const domain = baseDn ?? (await readText(connection, '', 'defaultNamingContext'))
  const settings = domain && (await readText(connection, domain, 'fSMORoleOwner'))
  // fSMORoleOwner names the "NTDS Settings" below the server ([MS-ADTS] 6.1.1.2.2.1.2.1.1).
  const server = settings ? /^CN=NTDS Settings,(.+)$/i.exec(settings)?.[1] : undefined
  return (server && (await readText(connection, server, 'dNSHostName'))) || null
}

async function readText(
  connection: DirectoryConnection,
  dn: string,
  attribute: string,
): Promise<string | null> {
  const found = await connection.search({ base: dn, attributes: [attribute] })
  return (found.ok && found.value[0] && textOf(found.value[0], attribute)) || null
}
