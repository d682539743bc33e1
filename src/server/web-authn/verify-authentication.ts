import { verifyAuthenticationResponse } from '@simplewebauthn/server'
import { err, ok, type Result } from '../../contract/result.ts'
import type { AuthenticationResponse } from '../../contract/web-authn.ts'
import type { CredentialRecord, CredentialUse } from '../domain/ports/credentials.ts'
import type { WebAuthnFault } from '../domain/ports/web-authn.ts'
import { findFrame } from './client-data.ts'
import type { Decoy } from './decoy.ts'
import { faultOf } from './faults.ts'
import type { RelyingParty } from './options.ts'

/** What the response is compared with: of somebody, or of nobody at the same cost. */
type Expected = { readonly credential: CredentialRecord | null; readonly decoy: Decoy }

/** WebAuthn L3 §7.2. */
export async function verifyAuthentication(
  { origin, id }: RelyingParty,
  response: AuthenticationResponse,
  { credential, decoy }: Expected,
  isChallenge: (challenge: string) => boolean,
): Promise<Result<CredentialUse, WebAuthnFault>> {
  const framed = findFrame(response.response.clientDataJSON)
  if (framed !== null) return err(framed)
  const { credentialId, publicKey } = credential ?? decoy
  try {
    const { verified, authenticationInfo } = await verifyAuthenticationResponse({
      response,
      expectedChallenge: isChallenge,
      expectedOrigin: origin,
      expectedRPID: id,
      requireUserVerification: true,
      credential: {
        id: credentialId,
        publicKey: new Uint8Array(Buffer.from(publicKey, 'base64url')),
        // SECURITY: the library would compare counters before it has checked the signature, and
        // anybody could then make a method look copied. The store compares them, once all is right.
        counter: 0,
      },
    })
    if (credential === null) return err('credential')
    if (!verified) return err('signature')
    if (response.id !== credential.credentialId) return err('credential')
    const { newCounter, credentialDeviceType, credentialBackedUp } = authenticationInfo
    // Step 6. An authenticator may leave it out when it was told which credential to use.
    const { userHandle = credential.userHandle } = response.response
    if (userHandle !== credential.userHandle) return err('user_handle')
    // §6.1.3: what may be copied is said once and for all.
    const isEligible = credentialDeviceType === 'multiDevice'
    if (isEligible !== credential.backupEligible) return err('backup')
    return ok({ counter: newCounter, backedUp: credentialBackedUp })
  } catch (error) {
    return err(faultOf(error))
  }
}
