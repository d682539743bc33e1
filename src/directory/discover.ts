import { promises as dns, type SrvRecord } from 'node:dns'
import { err, ok, type Result } from '../contract/result.ts'
import { type DirectoryError, directoryError } from './errors.ts'
import type { DomainController } from './tls.ts'

/** The part of Node's resolver that is needed here. */
export type SrvResolver = { resolveSrv: (name: string) => Promise<SrvRecord[]> }

const ldapsPort = 636
const domainName = /^(?=.{1,255}$)[a-z0-9_-]{1,63}(\.[a-z0-9_-]{1,63})+$/i

/**
 * Finds the domain controllers of a domain in DNS ([MS-ADTS] 6.3.2.3), the PDC emulator first, then
 * by priority and weight (RFC 2782).
 *
 * The records name the port of plain LDAP; only LDAPS is used, so 636 takes its place.
 *
 * SECURITY: DNS is not authenticated. What is found is only dialled, and must then show a trusted
 * certificate for its name; names outside the domain are left out.
 *
 * @param domain the DNS name of the domain
 */
export async function discoverControllers(
  domain: string,
  resolver: SrvResolver = dns,
): Promise<Result<DomainController[], DirectoryError>> {
  if (!domainName.test(domain)) return err(directoryError('not_found', 'not a DNS domain name'))
  const suffix = domain.toLowerCase()
  const [all, pdc] = await Promise.all([
    resolve(resolver, `_ldap._tcp.dc._msdcs.${suffix}`),
    resolve(resolver, `_ldap._tcp.pdc._msdcs.${suffix}`),
  ])
  if (!all.ok) return all
  const records = all.value.toSorted((a, b) => a.priority - b.priority || b.weight - a.weight)
  const first = pdc.ok ? pdc.value : []
  const hosts = [...first, ...records]
    .map(({ name }) => name.toLowerCase().replace(/\.$/, ''))
    .filter((host) => host.endsWith(`.${suffix}`))
  return ok([...new Set(hosts)].map((host) => ({ host, port: ldapsPort })))
}

async function resolve(
  resolver: SrvResolver,
  name: string,
): Promise<Result<SrvRecord[], DirectoryError>> {
  try {
    return ok(await resolver.resolveSrv(name))
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    if (code === 'ENOTFOUND' || code === 'ENODATA') return err(directoryError('not_found', message))
    // Samba's own DNS server compresses the names in SRV records, which RFC 2782 forbids and newer
    // versions of Node.js refuse: its domain controllers have to be named in the configuration.
    const refused = code === 'EBADRESP'
    return err(directoryError(refused ? 'protocol_error' : 'unreachable', message))
  }
}
