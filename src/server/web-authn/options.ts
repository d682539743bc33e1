import type { AuthenticatorKind } from '../../contract/method-kinds.ts'
import {
  type AuthenticationOptions,
  attachmentOf,
  type CredentialDescriptor,
  type RegistrationOptions,
} from '../../contract/web-authn.ts'
import { webAuthnLifetimeMs } from '../domain/methods/web-authn-lifetime.ts'
import type { CredentialRecord } from '../domain/ports/credentials.ts'
import type { Registering } from '../domain/ports/web-authn.ts'

export type RelyingParty = { readonly origin: string; readonly id: string; readonly name: string }

/** COSE algorithms (RFC 9053 §2, RFC 8812 §2), the most wanted first. */
export const algorithms = { ES256: -7, EdDSA: -8, RS256: -257 } as const

/** For the browser's choice of a dialog. */
const hints = {
  passkey: 'client-device',
  securityKey: 'security-key',
} as const satisfies Record<AuthenticatorKind, unknown>

export function registrationOptions(
  { id, name }: RelyingParty,
  { kind, challenge, user, existing, allowedAaguids }: Registering,
): RegistrationOptions {
  return {
    rp: { id, name },
    user: { id: user.handle, name: user.name, displayName: user.displayName },
    challenge,
    pubKeyCredParams: Object.values(algorithms).map((alg) => ({ alg, type: 'public-key' })),
    timeout: webAuthnLifetimeMs,
    excludeCredentials: existing.map(describe),
    authenticatorSelection: {
      authenticatorAttachment: attachmentOf[kind],
      // Nobody is told which credentials an account has, so authenticators must find them themselves.
      residentKey: 'required',
      requireResidentKey: true,
      // SECURITY: a stolen key or laptop alone proves nothing.
      userVerification: 'required',
    },
    attestation: allowedAaguids === null ? 'none' : 'direct',
    hints: [hints[kind]],
  }
}

export function authenticationOptions(
  { id }: RelyingParty,
  kind: AuthenticatorKind,
  challenge: string,
  allowed: readonly CredentialRecord[],
): AuthenticationOptions {
  return {
    rpId: id,
    challenge,
    timeout: webAuthnLifetimeMs,
    userVerification: 'required',
    allowCredentials: allowed.map(describe),
    hints: [hints[kind]],
  }
}

function describe({ credentialId, transports }: CredentialRecord): CredentialDescriptor {
  return { id: credentialId, type: 'public-key', transports: [...transports] }
}
