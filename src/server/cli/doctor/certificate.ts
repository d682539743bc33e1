import { createPrivateKey, X509Certificate } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { isIP } from 'node:net'
import type { ConfigFile } from '../../config/schema.ts'
import { type Finding, failed, fine, warning } from './finding.ts'

const dayMs = 24 * 60 * 60_000
const renewBeforeMs = 30 * dayMs
const check = 'certificate'

/** Whether browsers and helpers will believe the server's own certificate. */
export function checkCertificate({ server }: ConfigFile, now: number): Finding[] {
  const { tls, origin, trustedProxies } = server
  if (tls === undefined) {
    return [fine(check, `the proxy speaks HTTPS (${trustedProxies.join(', ')})`)]
  }
  let certificate: X509Certificate
  try {
    certificate = new X509Certificate(readFileSync(tls.certFile))
    const key = createPrivateKey(readFileSync(tls.keyFile))
    if (!certificate.checkPrivateKey(key)) {
      return [failed(check, 'the key is not the one of the certificate', 'Give both of one pair.')]
    }
  } catch {
    const fix = 'Both must be PEM; the key must not be encrypted.'
    return [failed(check, `${tls.certFile} or ${tls.keyFile} cannot be read`, fix)]
  }
  const { hostname } = new URL(origin)
  const name = hostname.replace(/^\[|\]$/g, '')
  if (!carriesName(certificate, name)) {
    const names = certificate.subjectAltName ?? 'it has no subject alternative names'
    const fix = `Have it issued for ${name}, as in server.origin.`
    return [failed(check, `it is not for ${name} (${names})`, fix)]
  }
  return [checkDates(certificate, now)]
}

/** As helpers and browsers compare: the common name does not count. */
function carriesName(certificate: X509Certificate, name: string): boolean {
  if (isIP(name) !== 0) return certificate.checkIP(name) !== undefined
  return certificate.checkHost(name, { subject: 'never' }) !== undefined
}

function checkDates(certificate: X509Certificate, now: number): Finding {
  const from = Date.parse(certificate.validFrom)
  const until = Date.parse(certificate.validTo)
  const end = new Date(until).toISOString().slice(0, 10)
  if (now < from) return failed(check, 'it is not valid yet', 'Check the clock of this machine.')
  if (now >= until) return failed(check, `it expired on ${end}`, 'Renew it now.')
  if (until - now < renewBeforeMs) return warning(check, `it expires on ${end}`, 'Renew it soon.')
  return fine(check, `valid until ${end}`)
}
