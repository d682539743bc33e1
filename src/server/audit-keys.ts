import { type AuditVerifier, auditSigner, auditVerifier } from '../sealing/audit-signature.ts'
import type { ConfigSecrets } from './config/secrets.ts'

/** Verifies what was signed with any of the master keys that are configured. */
export function auditVerifiers({ masterKeys }: ConfigSecrets): AuditVerifier[] {
  const signers = Object.values(masterKeys.keys).map(auditSigner)
  return signers.map(({ publicKeyPem }) => auditVerifier(publicKeyPem))
}
