import type { WebAuthnFault } from '../domain/ports/web-authn.ts'

/**
 * What @simplewebauthn/server leaves to its caller: that no other site has framed the ceremony.
 * WebAuthn L3 §7.1 steps 10-11, §7.2 steps 14-15: Latchkey is in nobody's frame.
 */
export function findFrame(clientDataJSON: string): WebAuthnFault | null {
  let clientData: unknown
  try {
    clientData = JSON.parse(Buffer.from(clientDataJSON, 'base64url').toString('utf8'))
  } catch {
    return 'malformed'
  }
  if (typeof clientData !== 'object' || clientData === null) return 'malformed'
  const { crossOrigin = false, topOrigin } = clientData as Record<string, unknown>
  return crossOrigin !== false || topOrigin !== undefined ? 'cross_origin' : null
}
