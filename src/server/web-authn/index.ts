import { sha256Base64url } from '../../sealing/random.ts'
import type { WebAuthn } from '../domain/ports/web-authn.ts'
import { createDecoy } from './decoy.ts'
import { authenticationOptions, type RelyingParty, registrationOptions } from './options.ts'
import { verifyAuthentication } from './verify-authentication.ts'
import { verifyRegistration } from './verify-registration.ts'

/**
 * WebAuthn L3 for one relying party, by @simplewebauthn/server.
 *
 * @param origin - the only origin that a ceremony may have happened on; its host name is the RP ID
 * @param organisation - what authenticators show beside the account
 */
export function createWebAuthn(origin: string, organisation: string): WebAuthn {
  const party: RelyingParty = { origin, id: new URL(origin).hostname, name: organisation }
  const decoy = createDecoy()
  return {
    registrationOptions: (registering) => registrationOptions(party, registering),
    verifyRegistration: (response, challengeHash, allowedAaguids) =>
      verifyRegistration(party, response, isChallenge(challengeHash), allowedAaguids),
    authenticationOptions: (kind, challenge, allowed) =>
      authenticationOptions(party, kind, challenge, allowed),
    verifyAuthentication: (response, credential, challengeHash) =>
      verifyAuthentication(party, response, { credential, decoy }, isChallenge(challengeHash)),
  }
}

/** Only the hash of a challenge is kept. */
function isChallenge(challengeHash: string | null): (challenge: string) => boolean {
  return (challenge) => sha256Base64url(challenge) === challengeHash
}
