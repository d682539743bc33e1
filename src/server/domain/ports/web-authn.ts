import type { AuthenticatorKind } from '../../../contract/method-kinds.ts'
import type { Result } from '../../../contract/result.ts'
import type {
  AuthenticationOptions,
  AuthenticationResponse,
  RegistrationOptions,
  RegistrationResponse,
} from '../../../contract/web-authn.ts'
import type { CredentialRecord, CredentialUse } from './credentials.ts'

/** Which step of WebAuthn L3 §7.1 or §7.2 was not fulfilled. For the log, not for the caller. */
export const webAuthnFaults = [
  'malformed',
  'credential',
  'type',
  'challenge',
  'origin',
  'cross_origin',
  'rp_id',
  'user_presence',
  'user_verification',
  'backup',
  'user_handle',
  'algorithm',
  'signature',
  'attestation',
  'attestation_format',
  'model_not_allowed',
] as const
export type WebAuthnFault = (typeof webAuthnFaults)[number]

export type Registering = {
  readonly kind: AuthenticatorKind
  /** 256 bits, base64url. */
  readonly challenge: string
  readonly user: { readonly handle: string; readonly name: string; readonly displayName: string }
  /** What the account has already: no authenticator is registered twice. */
  readonly existing: readonly CredentialRecord[]
  /** The models that IT allows; null for any. Asks the authenticator to say and prove what it is. */
  readonly allowedAaguids: readonly string[] | null
}

/** What an authenticator has made of itself; whose it is, the caller knows. */
export type NewCredential = Omit<CredentialRecord, 'methodId' | 'accountId' | 'userHandle'>

/** The steps of WebAuthn L3 that need cryptography, for one relying party. */
export interface WebAuthn {
  registrationOptions(registering: Registering): RegistrationOptions
  /** §7.1. Whether the credential is new is for the store to say (step 26). */
  verifyRegistration(
    response: RegistrationResponse,
    /** SHA-256 of the challenge, base64url. */
    challengeHash: string,
    allowedAaguids: readonly string[] | null,
  ): Promise<Result<NewCredential, WebAuthnFault>>
  /**
   * @param challenge - 256 bits, base64url
   * @param allowed - what may answer; none means whatever the authenticator finds
   */
  authenticationOptions(
    kind: AuthenticatorKind,
    challenge: string,
    allowed: readonly CredentialRecord[],
  ): AuthenticationOptions
  /**
   * §7.2. Whether the counter has risen is for the store to say (step 22).
   *
   * @param credential - null for a stranger: the same work, and never right
   * @param challengeHash - SHA-256 of the challenge, base64url; null when none was given out
   */
  verifyAuthentication(
    response: AuthenticationResponse,
    credential: CredentialRecord | null,
    challengeHash: string | null,
  ): Promise<Result<CredentialUse, WebAuthnFault>>
}
