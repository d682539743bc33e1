import canonicalize from 'canonicalize'
import type { AuditSigner, AuditVerifier } from '../../sealing/audit-signature.ts'
import type { AuditHead } from './chain.ts'

/** Says, under a key that is not in the database, what the log's newest entry was at a time. */
export type Checkpoint = {
  readonly seq: number
  readonly hash: string
  /** Milliseconds since the epoch. */
  readonly at: number
  readonly keyId: string
  /** Ed25519 over the canonical JSON of the other members, base64url. */
  readonly signature: string
}

/** Signs the log's head. */
export function signCheckpoint(head: AuditHead, at: number, signer: AuditSigner): Checkpoint {
  const claims = { seq: head.seq, hash: head.hash, at, keyId: signer.keyId }
  return { ...claims, signature: signer.sign(signedText(claims)) }
}

/** Why a line is not a checkpoint that counts. */
export type CheckpointFault = 'malformed' | 'unknown_key' | 'bad_signature'

/** Checks a checkpoint's signature against the keys that the auditor trusts. */
export function checkSignature(
  checkpoint: Checkpoint,
  verifiers: readonly AuditVerifier[],
): CheckpointFault | null {
  const verifier = verifiers.find(({ keyId }) => keyId === checkpoint.keyId)
  if (verifier === undefined) return 'unknown_key'
  const { signature, ...claims } = checkpoint
  return verifier.verify(signedText(claims), signature) ? null : 'bad_signature'
}

/** One line of a checkpoint file, without the line end. */
export function formatCheckpoint(checkpoint: Checkpoint): string {
  return canonicalize(checkpoint) as string
}

/** @returns null when the line is not a checkpoint in its one canonical spelling */
export function parseCheckpoint(line: string): Checkpoint | null {
  let value: unknown
  try {
    value = JSON.parse(line)
  } catch {
    return null
  }
  if (!isCheckpoint(value)) return null
  const { seq, hash, at, keyId, signature } = value
  const checkpoint = { seq, hash, at, keyId, signature }
  return formatCheckpoint(checkpoint) === line ? checkpoint : null
}

function signedText(claims: Omit<Checkpoint, 'signature'>): string {
  return canonicalize(claims) as string
}

function isCheckpoint(value: unknown): value is Checkpoint {
  if (typeof value !== 'object' || value === null) return false
  const { seq, hash, at, keyId, signature } = value as Record<string, unknown>
  return (
    Number.isSafeInteger(seq) &&
    Number(seq) >= 0 &&
    typeof hash === 'string' &&
    /^[0-9a-f]{64}$/.test(hash) &&
    Number.isSafeInteger(at) &&
    typeof keyId === 'string' &&
    typeof signature === 'string'
  )
}
