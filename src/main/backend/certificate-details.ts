import type { X509Certificate } from 'node:crypto'
import { type DerElement, readDer } from './der.ts'

/** What a chain check needs and Node.js does not tell about a certificate. */
export type CertificateDetails = {
  /** Its object identifier as DER holds it, in hexadecimal: `2a864886f70d01010b` is sha256WithRSAEncryption. */
  readonly signatureAlgorithm: string
  /** How many authorities may follow below this one (RFC 5280 §4.2.1.9); null when not limited. */
  readonly pathLength: number | null
  /** True when it carries an extension that may limit it and that is not understood here. */
  readonly hasUnknownLimits: boolean
}

const tags = {
  boolean: 0x01,
  integer: 0x02,
  octets: 0x04,
  oid: 0x06,
  sequence: 0x30,
  explicit3: 0xa3,
}
const basicConstraints = '551d13'
const nameConstraints = '551d1e'

/** Critical extensions that this check, or `X509Certificate`, takes into account. */
const understood = [
  basicConstraints,
  '551d0f', // keyUsage
  '551d11', // subjectAltName
  '551d20', // certificatePolicies: no policy is asked for, so any will do
  '551d25', // extKeyUsage
]

/**
 * Reads the parts of a certificate that limit what may hang below it (RFC 5280 §4.1).
 *
 * @returns null when the certificate cannot be read
 */
export function readCertificateDetails(certificate: X509Certificate): CertificateDetails | null {
  const outer = childrenOf(readDer(certificate.raw)?.[0])
  const fields = childrenOf(outer?.[0])
  const algorithm = childrenOf(outer?.[1])?.[0]
  if (!fields || algorithm?.tag !== tags.oid) return null
  const wrapped = fields.find(({ tag }) => tag === tags.explicit3)
  const extensions = wrapped ? childrenOf(readDer(wrapped.content)?.[0]) : []
  if (!extensions) return null
  let pathLength: number | null = null
  let hasUnknownLimits = false
  for (const extension of extensions) {
    const parts = childrenOf(extension)
    const oid = hex(parts?.[0])
    const value = parts?.at(-1)
    if (!parts || !value || value.tag !== tags.octets) return null
    const critical = parts[1]?.tag === tags.boolean && parts[1].content[0] !== 0
    if (oid === nameConstraints || (critical && !understood.includes(oid))) hasUnknownLimits = true
    if (oid === basicConstraints) pathLength = readPathLength(value)
  }
  return { signatureAlgorithm: hex(algorithm), pathLength, hasUnknownLimits }
}

function readPathLength(value: DerElement): number | null {
  const members = childrenOf(readDer(value.content)?.[0]) ?? []
  const length = members.find(({ tag }) => tag === tags.integer)
  return length ? (length.content[0] ?? 0) : null
}

function childrenOf(element: DerElement | undefined): DerElement[] | null {
  return element?.tag === tags.sequence ? readDer(element.content) : null
}

function hex(element: DerElement | undefined): string {
  return Buffer.from(element?.content ?? []).toString('hex')
}
