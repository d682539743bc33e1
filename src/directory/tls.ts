import { isIP } from 'node:net'
import { performance } from 'node:perf_hooks'
import { checkServerIdentity, connect, type TLSSocket } from 'node:tls'
import { err, ok, type Result } from '../contract/result.ts'
import { explainConnectFailure } from './error-meanings.ts'
import { type DirectoryError, directoryError } from './errors.ts'

/** A domain controller as it must be dialled and verified. */
export type DomainController = {
  /** The name that its certificate must carry. */
  readonly host: string
  /** 636, or 3269 for a global catalogue. */
  readonly port: number
  /** Connect here instead of resolving the name; the certificate is still verified against `host`. */
  readonly address?: string | undefined
}

export type TlsOptions = {
  /** The only authorities to trust, in PEM. Left out: those that Node.js brings along. */
  readonly caPem?: readonly string[] | undefined
  readonly timeoutMs: number
}

/** LDAP in clear text, and the global catalogue in clear text. */
const plaintextPorts = [389, 3268]

/**
 * Opens the encrypted connection that LDAPS runs in. There is no way to ask for one that is not
 * encrypted or not verified.
 */
export async function connectTls(
  controller: DomainController,
  options: TlsOptions,
): Promise<Result<TLSSocket, DirectoryError>> {
  const { host, port } = controller
  // SECURITY: StartTLS is not offered either: a man in the middle could strip it.
  if (plaintextPorts.includes(port)) {
    return err(directoryError('plaintext_refused', `port ${port} of ${host} speaks plain LDAP`))
  }
  return new Promise((resolve) => {
    const socket = connect({
      host: controller.address ?? host,
      port,
      // An address has no place in SNI (RFC 6066 §3).
      ...(isIP(host) === 0 ? { servername: host } : {}),
      ...(options.caPem ? { ca: [...options.caPem] } : {}),
      minVersion: 'TLSv1.2',
      // SECURITY: stated, so that no environment variable or default switches it off.
      rejectUnauthorized: true,
      // SECURITY: against the name we were told, whatever address was dialled.
      checkServerIdentity: (_, certificate) => checkServerIdentity(host, certificate),
    })
    const finish = (result: Result<TLSSocket, DirectoryError>) => {
      clearTimeout(timer)
      socket.removeAllListeners()
      if (!result.ok) {
        socket.on('error', () => {})
        socket.destroy()
      }
      resolve(result)
    }
    const timer = setTimeout(
      () => finish(err(directoryError('timeout', `no connection in ${options.timeoutMs} ms`))),
      options.timeoutMs,
    )
    socket.once('secureConnect', () => finish(ok(socket)))
    socket.once('error', (error) => finish(err(explainConnectFailure(error))))
    socket.once('close', () => finish(err(directoryError('unreachable', 'closed at once'))))
  })
}

/**
 * Whether a domain controller can be reached and shows the right certificate. Signs nobody in.
 *
 * @returns how long the connection took, in milliseconds
 */
export async function probeController(
  controller: DomainController,
  options: TlsOptions,
): Promise<Result<{ tlsMs: number }, DirectoryError>> {
  const startedAt = performance.now()
  const connected = await connectTls(controller, options)
  if (!connected.ok) return connected
  connected.value.on('error', () => {})
  connected.value.destroy()
  return ok({ tlsMs: performance.now() - startedAt })
}
