import type { WebAuthnFault } from '../domain/ports/web-authn.ts'

/** How @simplewebauthn/server words what is wrong. Whatever is not among these is malformed. */
const wordings: readonly (readonly [RegExp, WebAuthnFault])[] = [
  [/response type/, 'type'],
  [/challenge/, 'challenge'],
  [/response origin/, 'origin'],
  [/top origin/, 'cross_origin'],
  [/RP ID/, 'rp_id'],
  [/not present during|User presence/, 'user_presence'],
  [/could not be verified/, 'user_verification'],
  [/backed up/, 'backup'],
  [/public key alg/, 'algorithm'],
  [/attestation/i, 'attestation'],
]

/** Why the library refused, without a word of what it was given. */
export function faultOf(error: unknown): WebAuthnFault {
  const message = error instanceof Error ? error.message : ''
  return wordings.find(([pattern]) => pattern.test(message))?.[1] ?? 'malformed'
}
