import { verifyRegistrationResponse } from '@simplewebauthn/server'
import { decodeAttestationObject } from '@simplewebauthn/server/helpers'
import { err, ok, type Result } from '../../contract/result.ts'
import type { RegistrationResponse } from '../../contract/web-authn.ts'
import type { NewCredential, WebAuthnFault } from '../domain/ports/web-authn.ts'
import { findFrame } from './client-data.ts'
import { faultOf } from './faults.ts'
import { algorithms, type RelyingParty } from './options.ts'

/**
 * SECURITY: for the other formats the library brings authorities, and would fetch lists of revoked
 * certificates from wherever a certificate that somebody has sent says.
 */
const formats: readonly string[] = ['none', 'packed', 'tpm']

/** WebAuthn L3 §7.1. */
export async function verifyRegistration(
  { origin, id }: RelyingParty,
  response: RegistrationResponse,
  isChallenge: (challenge: string) => boolean,
  allowedAaguids: readonly string[] | null,
): Promise<Result<NewCredential, WebAuthnFault>> {
  const framed = findFrame(response.response.clientDataJSON)
  if (framed !== null) return err(framed)
  try {
    const statement = readStatement(response)
    if (!formats.includes(statement.format)) return err('attestation_format')
    const { registrationInfo, verified } = await verifyRegistrationResponse({
      response: { ...response, response: { ...response.response, transports: [] } },
      expectedChallenge: isChallenge,
      expectedOrigin: origin,
      expectedRPID: id,
      requireUserPresence: true,
      requireUserVerification: true,
      supportedAlgorithmIDs: Object.values(algorithms),
    })
    if (!verified) return err('attestation')
    const { aaguid, credential, credentialBackedUp, credentialDeviceType } = registrationInfo
    if (response.id !== credential.id) return err('credential')
    if (allowedAaguids !== null) {
      // Steps 22-24: with a list, a model that is only claimed does not count.
      if (!statement.hasCertificate) return err('attestation')
      if (!allowedAaguids.includes(aaguid)) return err('model_not_allowed')
    }
    return ok({
      credentialId: credential.id,
      publicKey: Buffer.from(credential.publicKey).toString('base64url'),
      counter: credential.counter,
      aaguid,
      backupEligible: credentialDeviceType === 'multiDevice',
      backedUp: credentialBackedUp,
      transports: response.response.transports,
    })
  } catch (error) {
    return err(faultOf(error))
  }
}

/** What kind of statement an authenticator makes about itself, and whether its maker stands behind it. */
function readStatement({ response }: RegistrationResponse) {
  const bytes = new Uint8Array(Buffer.from(response.attestationObject, 'base64url'))
  const attestation = decodeAttestationObject(bytes)
  const format: string = attestation.get('fmt')
  return { format, hasCertificate: attestation.get('attStmt').get('x5c') !== undefined }
}
