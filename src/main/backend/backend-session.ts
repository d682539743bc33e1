import { type Session, session } from 'electron'
import { type CertificateRefusal, checkPinnedAuthority } from './pinned-authority.ts'

/** Chromium's own codes (net_error_list.h), so that a refusal looks the same whoever made it. */
const netErrors: Record<CertificateRefusal, number> = {
  untrusted: -202,
  wrong_name: -200,
  wrong_time: -201,
  weak: -208,
}
const accepted = 0

/** What Chromium may complain about and still be overruled: only that it does not know the authority. */
const overruled: readonly number[] = [accepted, netErrors.untrusted]

/**
 * The session through which main talks to the backend: in memory, with the system's proxy settings
 * and, when nothing is pinned, the system's trust store.
 *
 * @param pinnedCaPem - the only authorities to believe; null leaves it to Chromium and the system
 */
export function createBackendSession(pinnedCaPem: string | null): Session {
  const backendSession = session.fromPartition('latchkey-backend', { cache: false })
  backendSession.setPermissionRequestHandler((_contents, _permission, callback) => callback(false))
  backendSession.setPermissionCheckHandler(() => false)
  if (pinnedCaPem !== null) pin(backendSession, pinnedCaPem)
  return backendSession
}

// SECURITY: asked for every certificate, also one that Chromium trusts.
function pin(backendSession: Session, authoritiesPem: string): void {
  backendSession.setCertificateVerifyProc((request, callback) => {
    const { certificate, errorCode, hostname } = request
    if (!overruled.includes(errorCode)) return callback(errorCode)
    const chain = chainOf(certificate)
    const now = Date.now()
    const refusal = checkPinnedAuthority({ chain, authoritiesPem, host: hostname, now })
    callback(refusal === null ? accepted : netErrors[refusal])
  })
}

/** The chain as the server sent it; Electron links each certificate to the next. */
function chainOf(certificate: Electron.Certificate | undefined): string[] {
  const chain: string[] = []
  for (let one = certificate; one && chain.length < 10; one = one.issuerCert) chain.push(one.data)
  return chain
}
