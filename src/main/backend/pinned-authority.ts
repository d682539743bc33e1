import { X509Certificate } from 'node:crypto'
import { isIP } from 'node:net'
import { certificatesIn } from '../pem.ts'
import { readCertificateDetails } from './certificate-details.ts'

/** Why a server's certificate is refused; each is one of Chromium's own answers. */
export type CertificateRefusal = 'untrusted' | 'wrong_name' | 'wrong_time' | 'weak'

export type ServerCertificate = {
  /** What the server sent, its own certificate first, in PEM. */
  readonly chain: readonly string[]
  /** The pinned authorities. */
  readonly authoritiesPem: string
  /** The name that was dialled. */
  readonly host: string
  /** Milliseconds since the epoch. */
  readonly now: number
}

const maxAuthorities = 4
const serverAuthentication = '1.3.6.1.5.5.7.3.1'
const anyPurpose = '2.5.29.37.0'
const smallestRsaKey = 2048

/** SHA-256 and better: RSA PKCS #1, RSA-PSS, ECDSA, Ed25519. Everything else is refused. */
const strongSignatures = [
  ...['2a864886f70d01010b', '2a864886f70d01010c', '2a864886f70d01010d', '2a864886f70d01010a'],
  ...['2a8648ce3d040302', '2a8648ce3d040303', '2a8648ce3d040304', '2b6570'],
]

/**
 * SECURITY: checks a server's certificate against the authorities that IT has pinned, and only them.
 * What the machine trusts does not count: that is what a pin is for. All of RFC 5280 §6.1 that a
 * private authority can use is checked; a limit that is not understood is a refusal. Revocation is
 * not: Chromium does not ask for it with private authorities either.
 *
 * @returns null when the certificate is accepted
 */
export function checkPinnedAuthority(options: ServerCertificate): CertificateRefusal | null {
  try {
    return checkChain(options)
  } catch {
    // A certificate of which OpenSSL cannot read a part, for example its key.
    return 'untrusted'
  }
}

function checkChain(options: ServerCertificate): CertificateRefusal | null {
  const [server, ...sent] = readAll(options.chain)
  const pinned = readAll(certificatesIn(options.authoritiesPem))
  if (server === undefined || pinned.length === 0) return 'untrusted'
  const refusal = findPath(server, sent, pinned, options.now)
  if (refusal !== null) return refusal
  if (server.ca || !isForServers(server, true)) return 'untrusted'
  return carriesName(server, options.host) ? null : 'wrong_name'
}

/** Walks up from the server's certificate; the first path that ends at a pinned authority counts. */
function findPath(
  certificate: X509Certificate,
  sent: readonly X509Certificate[],
  pinned: readonly X509Certificate[],
  now: number,
  authoritiesBelow = 0,
): CertificateRefusal | null {
  const own = checkAlone(certificate, now) ?? checkSignature(certificate)
  if (own !== null) return own
  const mayIssue = (issuer: X509Certificate) => issues(issuer, certificate, authoritiesBelow)
  const anchors = pinned.filter(mayIssue)
  if (anchors.some((anchor) => checkAlone(anchor, now) === null)) return null
  const [anchor] = anchors
  if (anchor !== undefined) return checkAlone(anchor, now)
  if (authoritiesBelow >= maxAuthorities) return 'untrusted'
  const refusals: CertificateRefusal[] = []
  for (const issuer of sent.filter(mayIssue)) {
    const others = sent.filter((one) => one !== issuer)
    const refusal = findPath(issuer, others, pinned, now, authoritiesBelow + 1)
    if (refusal === null) return null
    refusals.push(refusal)
  }
  return refusals.find((refusal) => refusal !== 'untrusted') ?? 'untrusted'
}

function checkAlone(certificate: X509Certificate, now: number): CertificateRefusal | null {
  const details = readCertificateDetails(certificate)
  if (details === null || details.hasUnknownLimits) return 'untrusted'
  const { publicKey } = certificate
  const bits = publicKey.asymmetricKeyDetails?.modulusLength
  if (bits !== undefined && bits < smallestRsaKey) return 'weak'
  const begins = Date.parse(certificate.validFrom)
  const ends = Date.parse(certificate.validTo)
  return now >= begins && now <= ends ? null : 'wrong_time'
}

/** Not asked of a pinned authority: it is believed because it is pinned, not because it is signed. */
function checkSignature(certificate: X509Certificate): CertificateRefusal | null {
  const algorithm = readCertificateDetails(certificate)?.signatureAlgorithm ?? ''
  return strongSignatures.includes(algorithm) ? null : 'weak'
}

/** `checkIssued` compares names, key identifiers and key usage; `verify` the signature itself. */
function issues(issuer: X509Certificate, certificate: X509Certificate, below: number): boolean {
  if (!issuer.ca || !certificate.checkIssued(issuer) || !isForServers(issuer, false)) return false
  const limit = readCertificateDetails(issuer)?.pathLength ?? null
  return (limit === null || below <= limit) && certificate.verify(issuer.publicKey)
}

/** RFC 5280 §4.2.1.12. Servers must say so; authorities must only not say otherwise. */
function isForServers(certificate: X509Certificate, mustSay: boolean): boolean {
  // Node.js calls the extended key usage "keyUsage".
  const purposes: readonly string[] | undefined = certificate.keyUsage
  if (purposes === undefined) return !mustSay
  return purposes.includes(serverAuthentication) || (!mustSay && purposes.includes(anyPurpose))
}

function carriesName(certificate: X509Certificate, host: string): boolean {
  const bare = host.replace(/^\[|\]$/g, '')
  if (isIP(bare) !== 0) return certificate.checkIP(bare) !== undefined
  const options = { subject: 'never', partialWildcards: false, wildcards: true } as const
  return certificate.checkHost(bare, options) !== undefined
}

function readAll(pems: readonly string[]): X509Certificate[] {
  return pems.flatMap((pem) => {
    try {
      return [new X509Certificate(pem)]
    } catch {
      return []
    }
  })
}
