import type { Proof } from '../../../contract/methods.ts'
import { verifyAuthenticator } from './authenticator.ts'
import { verifyRecoveryCode } from './recovery-code.ts'
import { verifySentCode } from './sent-code.ts'
import { verifyTemporaryPass } from './temporary-pass.ts'
import { verifyTotp } from './totp.ts'
import type { Evidence, Match, ShownKind, Verifier, VerifierParts } from './verifier.ts'

/** Who compares what. A kind that is not listed proves nothing. */
const verifiers: { readonly [Kind in ShownKind]?: Verifier<Kind> } = {
  passkey: verifyAuthenticator,
  securityKey: verifyAuthenticator,
  totp: verifyTotp,
  recoveryCode: verifyRecoveryCode,
  temporaryPass: verifyTemporaryPass,
  sms: verifySentCode,
  email: verifySentCode,
}

/** Compares a proof with what is on file for its kind. See `Verifier`. */
export function verifyProof(
  deps: VerifierParts,
  evidence: Evidence,
  proof: Proof,
  now: number,
): Promise<Match | null> {
  // TypeScript cannot tell that the verifier of a proof's kind takes that proof.
  const verifier = verifiers[proof.kind] as Verifier<ShownKind> | undefined
  return verifier?.(deps, evidence, proof, now) ?? Promise.resolve(null)
}
